using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Asm.Raster.Grids;

namespace Asm.Analysis.Zones;

/// <summary>
/// Pixels and ground area of every code, summed row by row and from left to right, so that the sums do not depend on
/// how the work is shared out.
/// </summary>
internal sealed class ClassTally
{
    private long[] _whole = [];
    private double[] _parts = [];
    private double[] _ground = [];

    /// <summary>Codes are below this.</summary>
    public int CodeEnd => _whole.Length;

    /// <summary>Pixels of a code, fractions included.</summary>
    public double Pixels(int code) => code < CodeEnd ? _whole[code] + _parts[code] : 0;

    /// <summary>Square metres of a code on the ground.</summary>
    public double GroundSquareMetres(int code) => code < CodeEnd ? _ground[code] : 0;

    /// <summary>Adds what another one has.</summary>
    public void Add(ClassTally other)
    {
        Reach(other.CodeEnd - 1);
        for (int code = 0; code < other.CodeEnd; code++)
        {
            _whole[code] += other._whole[code];
            _parts[code] += other._parts[code];
            _ground[code] += other._ground[code];
        }
    }

    /// <summary>Takes away what another one has. Where nothing is left but rounding, nothing is left.</summary>
    public void Subtract(ClassTally other)
    {
        Reach(other.CodeEnd - 1);
        for (int code = 0; code < other.CodeEnd; code++)
        {
            double before = Pixels(code);
            _whole[code] -= other._whole[code];
            _parts[code] -= other._parts[code];
            _ground[code] -= other._ground[code];
            if (Pixels(code) <= 1e-9 + 1e-12 * before) (_whole[code], _parts[code], _ground[code]) = (0, 0, 0);
        }
    }

    /// <summary>Adds a share of a pixel.</summary>
    public void AddPart(int code, double share, double groundSquareMetres)
    {
        Reach(code);
        _parts[code] += share;
        _ground[code] += share * groundSquareMetres;
    }

    /// <summary>Adds whole pixels of a row.</summary>
    /// <param name="codes">The codes; 63 more bytes can be read after them.</param>
    /// <param name="count">How many pixels.</param>
    /// <param name="row">Their row.</param>
    /// <param name="column">The column of the first one.</param>
    /// <param name="ground">The areas of the grid's pixels.</param>
    /// <remarks>Optimised at once: a run of the program is over before the runtime would find out that it pays.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRun(ref byte codes, int count, int row, int column, GroundArea ground)
    {
        for (int at = 0; at < count;)
        {
            int length = Math.Min(Math.Min(count - at, 64), ground.NodePixels - (column + at) % ground.NodePixels);
            (double first, double perColumn) = ground.Along(row, column + at);
            AddUpTo64(ref Unsafe.Add(ref codes, at), length, first, perColumn);
            at += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUpTo64(ref byte codes, int count, double first, double perColumn)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref codes), high = Vector256.LoadUnsafe(ref codes, 32);
        ulong left = ulong.MaxValue >> (64 - count);
        while (left != 0)
        {
            byte code = Unsafe.Add(ref codes, BitOperations.TrailingZeroCount(left));
            Vector256<byte> wanted = Vector256.Create(code);
            ulong equal = (Vector256.Equals(low, wanted).ExtractMostSignificantBits()
                | (ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32) & left;
            left &= ~equal;
            int pixelsOfCode = BitOperations.PopCount(equal);
            Reach(code);
            _whole[code] += pixelsOfCode;
            _ground[code] += first * pixelsOfCode + perColumn * SumOfPositions(equal);
        }
    }

    /// <summary>The sum of the positions of the bits that are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SumOfPositions(ulong bits) =>
        BitOperations.PopCount(bits & 0xAAAA_AAAA_AAAA_AAAA) + 2 * BitOperations.PopCount(bits & 0xCCCC_CCCC_CCCC_CCCC)
        + 4 * BitOperations.PopCount(bits & 0xF0F0_F0F0_F0F0_F0F0) + 8 * BitOperations.PopCount(bits & 0xFF00_FF00_FF00_FF00)
        + 16 * BitOperations.PopCount(bits & 0xFFFF_0000_FFFF_0000) + 32 * BitOperations.PopCount(bits & 0xFFFF_FFFF_0000_0000);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reach(int code)
    {
        if (code >= CodeEnd) Grow(code);
    }

    private void Grow(int code)
    {
        Array.Resize(ref _whole, code + 1);
        Array.Resize(ref _parts, code + 1);
        Array.Resize(ref _ground, code + 1);
    }
}
