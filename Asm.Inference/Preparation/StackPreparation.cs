using Asm.Maps.Bands;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>Writes ten-band stacks: the call behind <c>asm prepare</c>.</summary>
public static class StackPreparation
{
    /// <summary>
    /// Brings the ten bands of one scene to 10 m and writes them as one Cloud Optimized GeoTIFF: uint16 reflectance x 10,000 clamped to 1..65535, 0 for no
    /// data, bands named as in <see cref="StackBands.Names"/>, with overviews and provenance.
    /// </summary>
    /// <param name="options">Sources and output.</param>
    /// <param name="run">Threads, memory, progress, cancellation; null for the defaults.</param>
    /// <returns>What was written.</returns>
    /// <remarks>Memory grows with the width of the scene, not with its height. The same sources and options give the same bytes.</remarks>
    /// <exception cref="AsmException">The sources do not make a stack, or the output cannot be written; nothing is left behind.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public static RasterInfo Run(StackPreparationOptions options, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        run ??= new RunOptions();
        using StackSource stack = StackSource.Open(options.Sources, options.Radiometry, run);
        if (stack.Files.Any(file => !RemoteFile.IsUrl(file) && Path.GetFullPath(file) == Path.GetFullPath(options.OutputPath)))
            throw new AsmException(options.OutputPath, "is one of the inputs", "an output of its own", "give another path with -o");
        foreach (string notice in stack.Notices) options.Notice?.Invoke(notice);
        stack.Verify(run.Cancellation);
        IRasterSource cut = StackExtent.Cut(stack, options.Bounds, options.Area);
        var provenance = new Provenance
        {
            Stage = "prepare",
            Inputs = FileHash.Identify([.. stack.Files, .. MaskProvenance.Files(options.Area is { } area ? [area, .. options.Masks] : options.Masks)], run),
            Options = MaskProvenance.Describe(options.Masks, StackExtent.Describe(options)),
        };
        RasterInfo info = cut.Info with { Metadata = new Dictionary<string, string>([.. stack.Info.Metadata, .. provenance.ToMetadata()]) };
        IRasterSource masked = MaskedSource.Wrap(cut, options.Masks, burn: true);
        using var sink = CogSink.Create(options.OutputPath, info, new CogOptions { Overwrite = options.Overwrite }, run);
        RasterCopy.Run(masked, sink, run, "prepare");
        return info;
    }
}
