using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Windows;
using Microsoft.Win32.SafeHandles;

namespace Asm.Inference.Preparation.Products;

/// <summary>Opens band files by their kind.</summary>
/// <param name="Run">Threads, servers and cancellation.</param>
/// <param name="CacheBytes">Memory for decoded blocks of a GeoTIFF.</param>
/// <param name="Scheduler">Bounds the threads of all bands together; null where each has its own.</param>
internal sealed record BandOpener(RunOptions Run, long CacheBytes, TaskScheduler? Scheduler)
{
    private static readonly string[] FineBands = ["B02", "B03", "B04", "B08"];

    /// <summary>Opens a path in place of the files themselves, for tests.</summary>
    public Func<string, IRasterSource>? Replacement { get; init; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">
    /// A GeoTIFF or a JPEG 2000 file; what it holds tells which, because both come under both names. Of a URL the name does.
    /// </param>
    /// <param name="grids">Grids that a JPEG 2000 file may have where it does not tell its place itself.</param>
    public IRasterSource Open(string path, IReadOnlyList<GeoGrid> grids)
    {
        if (Replacement is not null) return Replacement(path);
        bool isJpeg2000 = BandFileFinder.IsJpeg2000(path) && (RemoteFile.IsUrl(path) || !StartsAsTiff(path));
        return isJpeg2000
            ? Jpeg2000Source.Open(path, JpegOptions(path, grids), Run)
            : GeoTiffSource.Open(path, new() { CacheBytes = CacheBytes, KeepsWholeBlocks = !IsFine(path) }, Run);
    }

    /// <summary>False for bands that are brought to 10 m, of which overlapping strips are read.</summary>
    private static bool IsFine(string path) => FineBands.Contains(BandFileFinder.BandOf(path));

    private static bool StartsAsTiff(string path)
    {
        InputPath.Require(path);
        Span<byte> start = stackalloc byte[4];
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            return RandomAccess.Read(file, start, 0) == 4
                && start is [(byte)'I', (byte)'I', 42 or 43, 0] or [(byte)'M', (byte)'M', 0, 42 or 43];
        }
        // What cannot be read is told by whoever opens it.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    /// <summary>How a JPEG 2000 band is read.</summary>
    public Jpeg2000Options JpegOptions(string path, IReadOnlyList<GeoGrid> grids) => new()
    {
        Grids = grids,
        KeptTileRows = IsFine(path) ? 1 : 2,
        Scheduler = Scheduler,
    };
}
