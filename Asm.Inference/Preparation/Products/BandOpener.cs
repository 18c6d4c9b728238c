using Asm.Raster;

namespace Asm.Inference.Preparation;

/// <summary>Opens band files by their kind.</summary>
/// <param name="GeoTiff">How GeoTIFFs are read.</param>
/// <param name="Scheduler">Bounds the threads of all bands together; null where each has its own.</param>
internal sealed record BandOpener(GeoTiffOptions GeoTiff, TaskScheduler? Scheduler)
{
    private static readonly string[] FineBands = ["B02", "B03", "B04", "B08"];

    /// <summary>Opens a path in place of the files themselves, for tests.</summary>
    public Func<string, IRasterSource>? Replacement { get; init; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">A GeoTIFF, or a JPEG 2000 file by its extension.</param>
    /// <param name="grids">Grids that a JPEG 2000 file may have where it does not tell its place itself.</param>
    public IRasterSource Open(string path, IReadOnlyList<GeoGrid> grids) =>
        Replacement is not null ? Replacement(path) : BandFileFinder.IsJpeg2000(path) ? Jpeg2000Source.Open(path, JpegOptions(path, grids)) : GeoTiffSource.Open(path, GeoTiff);

    /// <summary>How a JPEG 2000 band is read: bands that are brought to 10 m are read in strips that overlap.</summary>
    public Jpeg2000Options JpegOptions(string path, IReadOnlyList<GeoGrid> grids) => new()
    {
        Threads = GeoTiff.Threads,
        Grids = grids,
        KeptTileRows = FineBands.Contains(StackBands.FindIn(Path.GetFileNameWithoutExtension(path))) ? 1 : 2,
        Scheduler = Scheduler,
    };
}
