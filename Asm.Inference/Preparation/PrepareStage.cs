using Asm.Maps.Bands;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// Brings the ten bands of one scene to 10 m and writes them as one Cloud Optimized GeoTIFF: uint16 reflectance x 10,000 clamped to
/// 1..65535, 0 for no data, bands named as in <see cref="StackBands.Names"/>, with overviews and provenance: <c>asm prepare</c>.
/// </summary>
/// <remarks>Memory grows with the width of the scene, not with its height. The same sources and settings give the same bytes.</remarks>
public sealed record PrepareStage : Stage<PrepareStage, RasterInfo>
{
    /// <summary>Decoding JPEG 2000 is most of it.</summary>
    private const double SecondsPerMegapixel = 0.5;

    /// <summary>Bytes on disk of a pixel of all ten bands, about.</summary>
    private const double StackBytes = 15;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<PrepareStage>> List { get; } =
    [
        .. RadiometrySettings.Of<PrepareStage>(s => s.Radiometry, (s, v) => s with { Radiometry = v }),
        Setting.Of<PrepareStage>(
            "bounds", "WEST,SOUTH,EAST,NORTH in units of the CRS, widened to whole pixels: cut this rectangle out",
            "WEST,SOUTH,EAST,NORTH with west below east and south below north",
            s => s.Bounds is { } b ? StackExtent.Text(b) : null,
            (s, text) => MapBounds.TryParse(text, out MapBounds bounds) ? s with { Bounds = bounds } : null),
    ];

    /// <summary>
    /// A Sentinel-2 product, a folder of band files, band files, or one GeoTIFF with all ten bands: see <see cref="StackSource.Open"/>.
    /// </summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The stack to write, in a folder that exists.</summary>
    public required string OutputPath { get; init; }

    /// <summary>How samples become reflectance. The default takes what the product's metadata and the files say.</summary>
    public StackRadiometry Radiometry { get; init; } = new();

    /// <summary>The rectangle to cut out, in the CRS of the stack: every pixel that it meets. Null: all of the scene.</summary>
    public MapBounds? Bounds { get; init; }

    /// <summary>
    /// Polygons to cut out: the stack is their box, and pixels whose centres lie in none of them are no data. Null: all of the scene.
    /// </summary>
    public PolygonMask? Area { get; init; }

    /// <summary>Is told, before the work starts, what a person has to know: see <see cref="StackSource.Notices"/>. May be null.</summary>
    public Action<string>? Notice { get; init; }

    /// <inheritdoc/>
    public override string Verb => "prepare";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [.. Sources, .. AreaFiles.SelectMany(VectorFile.FilesOf), .. MaskFiles];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => [OutputPath];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<PrepareStage>> All => List;

    private IEnumerable<string> AreaFiles => new[] { Area?.Path }.OfType<string>();

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(
            StageNeed.StripBytes(ground.Grid, 2 * StackBands.Names.Count * sizeof(ushort)),
            ground.Megapixels * SecondsPerMegapixel,
            (long)(ground.Megapixels * 1e6 * StackBytes));
    }

    /// <inheritdoc/>
    protected override RasterInfo Work(RunOptions run)
    {
        using StackSource stack = StackSource.Open(Sources, Radiometry, run);
        if (stack.Files.Any(file => !RemoteFile.IsUrl(file) && Path.GetFullPath(file) == Path.GetFullPath(OutputPath)))
            throw new AsmException(OutputPath, "is one of the inputs", "an output of its own",
                "give another path with `output`", AsmErrorCode.OutputIsInput);
        foreach (string notice in stack.Notices) Notice?.Invoke(notice);
        stack.Verify(run.Cancellation);
        IRasterSource cut = StackExtent.Cut(stack, Bounds, Area);
        var found = new Dictionary<string, string?>();
        if (Area is not null) found["area"] = Area.ToString();
        RasterInfo info = cut.Info with
        {
            Metadata = new Dictionary<string, string>([.. stack.Info.Metadata,
                .. ProvenanceOf([.. stack.Files, .. AreaFiles], run, found)]),
        };
        using var outputs = new OutputSet(Writes, Overwrite, run);
        IRasterSink sink = outputs.Raster(OutputPath, info, OverviewMode.Average);
        var check = new FloorCheck(MaskedSource.Wrap(cut, Masks, burn: true));
        RasterCopy.Run(check, sink, run, Verb);
        check.Require();
        stack.TellNoData(run);
        outputs.Complete();
        return info;
    }
}
