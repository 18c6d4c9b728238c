using Asm.Raster.Bytes;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Windows;

namespace Asm.Raster.Files;

/// <summary>
/// The door of rasters: every file is opened and written here, with the threads, the servers' rules and the cancellation of
/// the run that asks for it.
/// </summary>
public static class RasterFiles
{
    private static readonly string[] s_jpeg2000Endings = [".jp2", ".j2k", ".j2c", ".jpx"];

    /// <summary>Opens a raster of any format that is read: GeoTIFF, or JPEG 2000 by its name.</summary>
    /// <param name="run">
    /// Threads, servers and cancellation: a read stops within a moment of the cancellation, waiting for a server included.
    /// </param>
    /// <param name="path">The file, or its URL on a server that serves ranges.</param>
    /// <param name="cacheBytes">Memory for decoded blocks that a window used only in part; null for the format's default.</param>
    /// <exception cref="RasterFormatException">The file is damaged, or uses what is not supported.</exception>
    /// <exception cref="AsmException">The file is not there or cannot be opened, or the server fails.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static IRasterSource Open(this RunOptions run, string path, long? cacheBytes = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(path);
        run.Cancellation.ThrowIfCancellationRequested();
        if (IsJpeg2000(path)) return Jpeg2000Source.Open(path, null, run);
        GeoTiffOptions options = new();
        return GeoTiffSource.Open(path, cacheBytes is { } bytes ? options with { CacheBytes = bytes } : options, run);
    }

    /// <summary>The files that a raster is read from: itself, and the mask beside it where there is one.</summary>
    internal static IReadOnlyList<string> FilesOf(string path) =>
        File.Exists(path + GeoTiffSource.MaskEnding) ? [path, path + GeoTiffSource.MaskEnding] : [path];

    /// <summary>Starts a Cloud Optimized GeoTIFF. Nothing is to be seen under its name before it is complete.</summary>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="info">What is written.</param>
    /// <param name="options">How it is written; null for the defaults.</param>
    /// <exception cref="AsmException">The name is taken, or the folder cannot be written.</exception>
    public static IRasterSink Create(this RunOptions run, string path, RasterInfo info, CogOptions? options = null) =>
        CogSink.Create(path, info, options, run);

    /// <summary>True where the name of a file or URL is that of a JPEG 2000 file.</summary>
    public static bool IsJpeg2000(string path) =>
        s_jpeg2000Endings.Contains(Path.GetExtension(RemoteFile.Shown(path)), StringComparer.OrdinalIgnoreCase);
}
