using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>
/// The numbers in the middle of a raster, by which copies are found that were compressed anew or lost their metadata. The middle is little
/// to read, and two dates never have the same numbers there.
/// </summary>
internal sealed class MiddlePixels
{
    /// <summary>The side of the window in pixels.</summary>
    private const int Side = 256;

    /// <summary>A band of fewer numbers, such as no data and one, may be the same on two dates.</summary>
    private const int FewestNumbers = 3;

    private readonly GeoGrid _grid;
    private readonly string _hash;

    private MiddlePixels(GeoGrid grid, string hash) => (_grid, _hash) = (grid, hash);

    /// <summary>Reads the middle of a raster; null where all its bands are all but one number there, which tells nothing.</summary>
    public static MiddlePixels? Of(IRasterSource raster)
    {
        GeoGrid grid = raster.Info.Grid;
        int width = Math.Min(Side, grid.Width), height = Math.Min(Side, grid.Height), pixels = width * height;
        float[] numbers = new float[pixels * raster.Info.Bands.Count];
        raster.Read<float>(new((grid.Width - width) / 2, (grid.Height - height) / 2, width, height),
            [.. Enumerable.Range(0, raster.Info.Bands.Count)], numbers);
        for (int i = 0; i < numbers.Length; i++)
            // NaN and 0 have several patterns of bits each.
            numbers[i] = float.IsNaN(numbers[i]) ? float.NaN : numbers[i] + 0f;
        return numbers.Chunk(pixels).Any(band => band.Distinct().Take(FewestNumbers).Count() == FewestNumbers)
            ? new(grid, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(numbers))))
            : null;
    }

    /// <summary>True where both have the same pixels with the same numbers.</summary>
    public bool IsSameAs(MiddlePixels other) => _hash == other._hash && _grid.IsSameAs(other._grid);
}
