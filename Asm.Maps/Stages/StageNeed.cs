using Asm.Raster.Grids;

namespace Asm.Maps.Stages;

/// <summary>What is known of the maps of a stage before they are there.</summary>
/// <param name="Grid">Their grid.</param>
/// <param name="Classes">Their classes.</param>
public sealed record StageGround(GeoGrid Grid, int Classes)
{
    /// <summary>Pixels in millions.</summary>
    public double Megapixels => (double)Grid.Width * Grid.Height / 1e6;
}

/// <summary>What a stage takes.</summary>
/// <param name="MemoryBytes">Memory that it needs at least, beside the program itself.</param>
/// <param name="CpuSeconds">
/// The work in seconds of one thread. The rates were measured with the verbs on simulated maps of 10,980 x 10,980 pixels on two cores of a
/// server of 2024 (Asm.Benchmarks/results); on another machine all of them are another factor off.
/// </param>
/// <param name="DiskBytes">The size of its outputs, about.</param>
public sealed record StageNeed(long MemoryBytes, double CpuSeconds, long DiskBytes)
{
    /// <summary>Bytes on disk of a pixel of a class map or change map, about, as measured.</summary>
    public const double ClassMapBytes = 0.1;

    /// <summary>Bytes on disk of a pixel of a probability map for each class, about, as measured.</summary>
    public const double ProbabilityBytes = 0.75;

    /// <summary>
    /// Memory of strips of 64 rows, the lowest that stages go down to, and of what files and sinks hold: three rows of tiles each way.
    /// </summary>
    /// <param name="grid">The maps' grid.</param>
    /// <param name="pixelBytes">Bytes that a pixel takes in all strips together.</param>
    public static long StripBytes(GeoGrid grid, int pixelBytes) =>
        (64L << 20) + 3L * 512 * grid.Width * 3 + 3L * 64 * grid.Width * pixelBytes;
}
