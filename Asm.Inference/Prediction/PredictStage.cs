using Asm.Inference.Clouds;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Predicts a scene into Cloud Optimized GeoTIFFs with provenance: what <c>asm predict</c> does for each input.</summary>
public sealed record PredictStage : Stage<PredictStage, PredictResult>
{
    /// <summary>As <see cref="ClassificationPath"/>: the classification that the product holds.</summary>
    public const string OfProduct = "product";

    /// <summary>Reading a stack, and what the network leaves to the rest of prediction.</summary>
    private const double SecondsPerMegapixelBeside = 0.070;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<PredictStage>> List { get; } =
    [
        MapSettings.ProbabilityType<PredictStage>(s => s.ProbabilityType, (s, v) => s with { ProbabilityType = v }),
        Setting.Choice<PredictStage, Tiling>(
            "tiling",
            "blend: windows of the training size, weighted so that no seam shows; exact: equal to one run over the whole scene",
            s => s.Options.Tiling, (s, v) => s with { Options = s.Options with { Tiling = v } },
            ("blend", Tiling.Blend), ("exact", Tiling.Exact)),
        Setting.Whole<PredictStage>(
            "window",
            "Side of the windows in pixels; auto: for blend the training size, 256 at least, for exact the largest that the memory allows",
            16, 16_384, s => s.Options.WindowPixels == 0 ? null : s.Options.WindowPixels,
            (s, v) => s with { Options = s.Options with { WindowPixels = v ?? 0 } }, none: "auto"),
        Setting.Whole<PredictStage>(
            "overlap", "Pixels that neighbouring windows share at least, for blend", 0, 8192,
            s => s.Options.OverlapPixels, (s, v) => s with { Options = s.Options with { OverlapPixels = v!.Value } }),
        Setting.Number<PredictStage>(
            "cloud-threshold",
            "A pixel whose B02, B03 and B04 are all above this reflectance is cloud, and no data in the outputs; off: no such rule",
            1e-3, 2,
            s => s.Options.CloudReflectance, (s, v) => s with { Options = s.Options with { CloudReflectance = v } }, none: "off"),
        Setting.Of<PredictStage>(
            "scl-classes",
            "Classes of the scene classification that are no data: 3 cloud shadow, 8 and 9 clouds, 10 cirrus; any of 0 to 11 "
            + $"[default: {string.Join(',', SceneClassification.CloudClasses)}]",
            "a list of classes 0 to 11, such as 3,8,9,10",
            s => s.ClassificationPath is null ? null : string.Join(',', s.Options.SceneClasses),
            (s, text) => SceneClassification.ParseClasses(text) is { } classes
                ? s with { Options = s.Options with { SceneClasses = classes } }
                : null),
        .. RadiometrySettings.Of<PredictStage>(s => s.Radiometry, (s, v) => s with { Radiometry = v }),
    ];

    /// <summary>
    /// A GeoTIFF with the model's bands, a product, a folder of band files, or a URL: see <see cref="Preparation.Scene.Open"/>.
    /// </summary>
    public required string Scene { get; init; }

    /// <summary>The scene, where it is open already; it is not disposed. Null: <see cref="Scene"/> is opened.</summary>
    public IRasterSource? Stack { get; init; }

    /// <summary>The files that <see cref="Stack"/> comes from, for the provenance.</summary>
    public IReadOnlyList<string> StackFiles { get; init; } = [];

    /// <summary>The ONNX model.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The network, where it is loaded already; it is not disposed. Null: <see cref="ModelPath"/> is loaded.</summary>
    public SegmentationModel? Network { get; init; }

    /// <summary>What the model says of itself, where it is known already, for <see cref="Need"/>; null: it is asked.</summary>
    public ModelDescription? Description { get; init; }

    /// <summary>How fast the network runs here, for <see cref="Need"/>; null: its time is not told.</summary>
    public NetworkSpeed? Speed { get; init; }

    /// <summary>The folder of the outputs; made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>The outputs are NAME.classes.tif, NAME.confidence.tif and NAME.probabilities.tif.</summary>
    public required string Name { get; init; }

    /// <summary>Which rasters to write.</summary>
    public PredictionOutputs Outputs { get; init; } = PredictionOutputs.All;

    /// <summary>UInt8 (1..255 = 0..1) or Float32.</summary>
    public SampleType ProbabilityType { get; init; } = SampleType.UInt8;

    /// <summary>Where pictures of the scene and of the outputs go, NAME.scene.png and so on; null: none are drawn.</summary>
    public string? PictureDirectory { get; init; }

    /// <summary>How samples become reflectance where the scene was not prepared before.</summary>
    public StackRadiometry Radiometry { get; init; } = new();

    /// <summary>The scene classification (SCL): a GeoTIFF, or <see cref="OfProduct"/>; null: none is used.</summary>
    public string? ClassificationPath { get; init; }

    /// <summary>Tiling and cloud rule.</summary>
    public PredictionOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public override string Verb => "predict";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads =>
    [
        .. (Network?.Description ?? Description)?.Files ?? [ModelPath],
        .. Stack is null ? [Scene] : StackFiles, .. ClassificationFiles, .. MaskFiles,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes =>
    [
        .. Outputs.HasFlag(PredictionOutputs.Classes) ? OutputFiles.ClassMap(PathOf("classes")) : [],
        .. Outputs.HasFlag(PredictionOutputs.Confidence) ? [PathOf("confidence")] : Array.Empty<string>(),
        .. Outputs.HasFlag(PredictionOutputs.Probabilities) ? [PathOf("probabilities")] : Array.Empty<string>(),
        .. PictureDirectory is null ? Array.Empty<string>() : [PictureOf("scene")],
        .. PictureDirectory is not null && Outputs.HasFlag(PredictionOutputs.Classes) ? [PictureOf("classes")] : Array.Empty<string>(),
        .. PictureDirectory is not null && Outputs.HasFlag(PredictionOutputs.Probabilities)
            ? [PictureOf("probabilities")] : Array.Empty<string>(),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<PredictStage>> All => List;

    private IEnumerable<string> ClassificationFiles => ClassificationPath is null or OfProduct ? [] : [ClassificationPath];

    /// <summary>Path of an output of <paramref name="kind"/>: "classes", "confidence" or "probabilities".</summary>
    public string PathOf(string kind) => Path.Combine(Directory, $"{Name}.{kind}.tif");

    /// <summary>Path of a picture: "scene", "classes" or "probabilities".</summary>
    public string PictureOf(string kind) => Path.Combine(PictureDirectory ?? Directory, $"{Name}.{kind}.png");

    /// <summary>
    /// What the prediction takes, the program itself included. The scene or the network are opened for it where they are not yet.
    /// </summary>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ModelDescription model = Network?.Description ?? Description ?? ModelFile.Describe(ModelPath);
        PredictionPlan plan = PredictionPlan.Lay(
            ground.Grid, model, Options, Stack?.Info.SampleType.ByteCount() ?? sizeof(ushort), Stack?.BufferBytes ?? 0, long.MaxValue);
        return new(
            plan.MemoryBytes,
            (Speed?.Seconds(plan) ?? 0) + ground.Megapixels * SecondsPerMegapixelBeside,
            (long)(ground.Megapixels * 1e6 * StageNeed.ProbabilityBytes * model.Classes.Count));
    }

    /// <inheritdoc/>
    protected override PredictResult Work(RunOptions run)
    {
        using SegmentationModel? loaded = Network is null ? SegmentationModel.Load(ModelPath, run) : null;
        SegmentationModel network = Network ?? loaded!;
        using Scene? opened = Stack is null ? Preparation.Scene.Open(Scene, network.Description, Radiometry, run) : null;
        IRasterSource stack = Stack ?? opened!.Stack;
        Ground.RequireCrs(stack.Info.Grid, stack.Name);
        (stack as StackSource)?.Verify(run.Cancellation);
        (IRasterSource? Source, IReadOnlyList<string> Files) classification = OpenClassification(stack, run);
        using IRasterSource? source = classification.Source;
        IReadOnlyList<string> files = [.. (opened?.Files ?? StackFiles).Union(classification.Files)];
        PredictionOptions options = source is null ? Options : Options with { SceneClassification = source };
        PredictionSummary summary = Predict(stack, files, network, options, run);
        return new(stack.Info.Grid, opened?.Notices ?? [], summary);
    }

    private PredictionSummary Predict(
        IRasterSource stack, IReadOnlyList<string> files, SegmentationModel network, PredictionOptions options, RunOptions run)
    {
        (GeoGrid grid, ModelDescription model) = (stack.Info.Grid, network.Description);
        var found = new Dictionary<string, string?>
        {
            ["scl"] = options.SceneClassification is { } scl ? Path.GetFileName(scl.Name) : null,
            ["scl-classes"] = options.SceneClassification is null ? null : string.Join(',', options.SceneClasses),
        };
        IReadOnlyDictionary<string, string> metadata = ProductMetadataJson.AddTo(
            ProvenanceOf(files, run, found, new(model.Name, model.Sha256)), stack.Info.Metadata);
        using var outputs = new OutputSet(Writes, Overwrite, run);
        outputs.MakeFolder(Directory);
        outputs.MakeFolder(PictureDirectory);
        IRasterSink? Sink(PredictionOutputs output, string kind, Func<RasterInfo> info, OverviewMode overviews) =>
            Outputs.HasFlag(output) ? outputs.Raster(PathOf(kind), info(), overviews) : null;
        var sinks = new PredictionSinks
        {
            Classes = Sink(PredictionOutputs.Classes, "classes",
                () => PredictionProducts.Classes(grid, model, metadata), OverviewMode.Mode),
            Confidence = Sink(
                PredictionOutputs.Confidence, "confidence", () => PredictionProducts.Confidence(grid, metadata), OverviewMode.Average),
            Probabilities = Sink(
                PredictionOutputs.Probabilities, "probabilities",
                () => PredictionProducts.Probabilities(grid, model, ProbabilityType, metadata), OverviewMode.Average),
        };
        PredictionSummary summary = Predictor.Run(MaskedSource.Wrap(stack, Masks), network, sinks, options, run);
        (stack as StackSource)?.TellNoData(run);
        outputs.Appear();
        if (PictureDirectory is not null) PredictionPictures.Write(stack, this, model, outputs, run);
        outputs.Complete();
        return summary;
    }

    private (IRasterSource? Source, IReadOnlyList<string> Files) OpenClassification(IRasterSource stack, RunOptions run)
    {
        if (ClassificationPath is null) return (null, []);
        if (ClassificationPath != OfProduct) return (run.Open(ClassificationPath), [ClassificationPath]);
        if (stack is not StackSource { ClassificationFiles.Count: > 0 } product)
            throw new SettingException(
                "scl", $"is '{OfProduct}', but {Name} holds no scene classification", "an L2A product with its SCL file",
                "give the SCL file with `scl`, or leave `scl` out");
        return (product.OpenClassification(), product.ClassificationFiles);
    }
}
