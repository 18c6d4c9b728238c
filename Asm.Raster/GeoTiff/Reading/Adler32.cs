using System.Runtime.Intrinsics;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>The checksum of zlib streams (RFC 1950, section 8).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    /// <summary>Bytes whose sums fit in 32 bits before the modulus is taken; a multiple of 16.</summary>
    private const int Chunk = 5536;

    /// <summary>a = 1 + sum of the bytes; b = sum of all a; the result is b and a, 16 bits each.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint a = 1, b = 0;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = bytes[..Math.Min(Chunk, bytes.Length)];
            bytes = bytes[chunk.Length..];
            int at = 0;
            if (Vector128.IsHardwareAccelerated)
            {
                // Over 16 bytes b grows by 16 a + 16 x0 + 15 x1 + ... + x15. Sums of a before each 16 bytes are gathered
                // first and multiplied once.
                Vector128<uint> sums = Vector128<uint>.Zero, earlier = Vector128<uint>.Zero, weighted = Vector128<uint>.Zero;
                Vector128<ushort> lowWeights = Vector128.Create((ushort)16, 15, 14, 13, 12, 11, 10, 9),
                    highWeights = Vector128.Create((ushort)8, 7, 6, 5, 4, 3, 2, 1);
                for (; at <= chunk.Length - 16; at += 16)
                {
                    (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(chunk[at..]));
                    earlier += sums;
                    Vector128<ushort> plain = low + high, weights = low * lowWeights + high * highWeights;
                    sums += Vector128.WidenLower(plain) + Vector128.WidenUpper(plain);
                    weighted += Vector128.WidenLower(weights) + Vector128.WidenUpper(weights);
                }
                b += a * (uint)at + 16 * Vector128.Sum(earlier) + Vector128.Sum(weighted);
                a += Vector128.Sum(sums);
            }
            for (; at < chunk.Length; at++)
            {
                a += chunk[at];
                b += a;
            }
            a %= Modulus;
            b %= Modulus;
        }
        return b << 16 | a;
    }
}
