using Asm.Raster;

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
        using StackSource stack = StackSource.Open(options.Sources, options.Radiometry, new GeoTiffOptions { Threads = run.Threads, CacheBytes = StackSource.FileCacheBytes });
        var provenance = new Provenance
        {
            Stage = "prepare",
            Inputs = FileHash.Identify(stack.Files, run.Cancellation),
            Options = Describe(options.Radiometry),
        };
        RasterInfo info = stack.Info with { Metadata = provenance.ToMetadata() };
        using var sink = CogSink.Create(options.OutputPath, info, new CogOptions { Threads = run.Threads, Overwrite = options.Overwrite, Cancellation = run.Cancellation });
        RasterCopy.Run(stack, sink, run, "prepare");
        return info;
    }

    /// <summary>The options that were given; what is left to the files is in the files.</summary>
    private static Dictionary<string, string> Describe(StackRadiometry radiometry)
    {
        var given = new Dictionary<string, string>();
        if (radiometry.Offset is { } offset) given["offset"] = $"{offset:R}";
        if (radiometry.Quantification is { } quantification) given["quantification"] = $"{quantification:R}";
        if (radiometry.NoData is { } noData) given["nodata"] = $"{noData:R}";
        return given;
    }
}
