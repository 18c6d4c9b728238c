using System.Buffers.Binary;

namespace Asm.Raster.Vectors.GeoPackage;

/// <summary>
/// Looks at well-known binary (OGC 06-103r4, section 8) before it is parsed: the parser calls itself for collections in
/// collections, without a limit.
/// </summary>
internal static class WkbNesting
{
    /// <summary>Collections in collections; real files need two.</summary>
    public const int MaxDepth = 32;

    /// <summary>
    /// True where the shape starts with collections nested deeper than <see cref="MaxDepth"/>. A shape that is cut
    /// short is left to the parser.
    /// </summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> wkb)
    {
        int at = 0;
        return !Skip(wkb, ref at, MaxDepth);
    }

    /// <summary>
    /// The length of the header of a GeoPackage geometry (OGC 12-128r18, 2.1.3): 8 bytes and an envelope of 0 to 8 numbers.
    /// </summary>
    public static int HeaderLength(ReadOnlySpan<byte> blob) =>
        blob.Length < 8 ? blob.Length : Math.Min(blob.Length, 8 + ((blob[3] >> 1) & 7) switch { 0 => 0, 1 => 32, 2 or 3 => 48, _ => 64 });

    private static bool Skip(ReadOnlySpan<byte> wkb, ref int at, int depthLeft)
    {
        if (depthLeft == 0) return false;
        if (at + 9 > wkb.Length) return End(wkb, ref at);
        bool isLittle = wkb[at] == 1;
        uint code = ReadInteger(wkb[(at + 1)..], isLittle);

        // ISO adds 1000, 2000, 3000 for Z, M, ZM; the older form sets the two highest bits, and a third for an SRID.
        uint kind = (code & 0xFFFF) % 1000, iso = (code & 0xFFFF) / 1000;
        int ordinates = 2 + (iso is 1 or 3 || (code & 0x80000000) != 0 ? 1 : 0) + (iso is 2 or 3 || (code & 0x40000000) != 0 ? 1 : 0);
        at += (code & 0x20000000) != 0 ? 9 : 5;
        if (kind == 1) return Advance(wkb, ref at, 8 * ordinates);
        if (at + 4 > wkb.Length) return End(wkb, ref at);
        uint count = ReadInteger(wkb[at..], isLittle);
        at += 4;
        if (kind == 2) return Advance(wkb, ref at, 8L * ordinates * count);
        for (uint i = 0; i < count && at < wkb.Length; i++)
        {
            if (kind == 3)
            {
                if (at + 4 > wkb.Length) return End(wkb, ref at);
                long points = ReadInteger(wkb[at..], isLittle);
                Advance(wkb, ref at, 4 + 8 * ordinates * points);
            }
            else if (!Skip(wkb, ref at, depthLeft - 1)) return false;
        }
        return true;
    }

    private static bool Advance(ReadOnlySpan<byte> wkb, ref int at, long bytes)
    {
        at = (int)Math.Min(wkb.Length, at + bytes);
        return true;
    }

    private static bool End(ReadOnlySpan<byte> wkb, ref int at)
    {
        at = wkb.Length;
        return true;
    }

    private static uint ReadInteger(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
