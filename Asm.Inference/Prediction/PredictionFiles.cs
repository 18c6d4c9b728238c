using System.Globalization;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Predicts a stack into Cloud Optimized GeoTIFFs with provenance: what the verb `asm predict` does for each input.</summary>
public sealed record PredictionFiles
{
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

    /// <summary>Replace outputs that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How the stack was made of the inputs where it was not prepared before; goes into the provenance.</summary>
    public StackRadiometry Radiometry { get; init; } = new();

    /// <summary>Ground that is left out, as if the stack had no data there: the outputs have none either.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>Tiling and cloud rule.</summary>
    public PredictionOptions Options { get; init; } = new();

    /// <summary>Path of an output of <paramref name="kind"/>: "classes", "confidence" or "probabilities".</summary>
    public string PathOf(string kind) => Path.Combine(Directory, $"{Name}.{kind}.tif");

    /// <summary>Path of a picture: "scene", "classes" or "probabilities".</summary>
    public string PictureOf(string kind) => Path.Combine(PictureDirectory ?? Directory, $"{Name}.{kind}.png");

    /// <summary>Runs the model on the stack and writes the outputs, all of them or none; then the pictures.</summary>
    /// <param name="stack">Reflectance.</param>
    /// <param name="inputs">The files that the stack comes from, for the provenance.</param>
    /// <param name="model">The network.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    /// <exception cref="AsmException">Stack and model do not fit, an output exists or cannot be written, or the memory limit is too low.</exception>
    public PredictionSummary Run(IRasterSource stack, IReadOnlyList<string> inputs, SegmentationModel model, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(run);
        if (stack.Info.Grid.Crs is null)
            throw new AsmException(stack.Name, "has no coordinate reference system, so its map would lie nowhere", "a georeferenced raster", "assign the system with gdal_edit.py -a_srs EPSG:...");
        (stack as StackSource)?.Verify(run.Cancellation);
        if (PictureDirectory is not null && !Overwrite) PredictionPictures.RequireFree(this);
        (GeoGrid grid, ModelDescription description) = (stack.Info.Grid, model.Description);
        IReadOnlyDictionary<string, string> metadata = ProductMetadataJson.AddTo(Metadata(inputs, description, run), stack.Info.Metadata);
        IRasterSource masked = MaskedSource.Wrap(stack, Masks);
        bool made = !System.IO.Directory.Exists(Directory);
        var open = new List<IRasterSink>();
        try
        {
            MakeDirectory();
            IRasterSink? Sink(PredictionOutputs output, string kind, Func<RasterInfo> info, OverviewMode overviews)
            {
                if (!Outputs.HasFlag(output)) return null;
                open.Add(CogSink.Create(PathOf(kind), info(), new CogOptions { Overviews = overviews, Overwrite = Overwrite }, run));
                return open[^1];
            }
            var sinks = new PredictionSinks
            {
                Classes = Sink(PredictionOutputs.Classes, "classes", () => PredictionProducts.Classes(grid, description, metadata), OverviewMode.Mode),
                Confidence = Sink(PredictionOutputs.Confidence, "confidence", () => PredictionProducts.Confidence(grid, metadata), OverviewMode.Average),
                Probabilities = Sink(PredictionOutputs.Probabilities, "probabilities", () => PredictionProducts.Probabilities(grid, description, ProbabilityType, metadata), OverviewMode.Average),
            };
            PredictionSummary summary = Predictor.Run(masked, model, sinks, Options, run);
            if (PictureDirectory is not null) PredictionPictures.Write(stack, this, description, run);
            return summary;
        }
        catch
        {
            foreach (IRasterSink sink in open) sink.Dispose();
            open.Clear();
            if (made && System.IO.Directory.Exists(Directory) && !System.IO.Directory.EnumerateFileSystemEntries(Directory).Any()) System.IO.Directory.Delete(Directory);
            throw;
        }
        finally
        {
            foreach (IRasterSink sink in open) sink.Dispose();
        }
    }

    private void MakeDirectory()
    {
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{Directory}: the folder cannot be made: {e.Message}\n  expected: a place where you may write\n  fix: give another folder with -o", e);
        }
    }

    private IReadOnlyDictionary<string, string> Metadata(IReadOnlyList<string> inputs, ModelDescription model, RunOptions run) => new Provenance
    {
        Stage = "predict",
        Inputs = FileHash.Identify([.. inputs, .. MaskProvenance.Files(Masks)], run),
        Model = new(model.Name, model.Sha256),
        Options = CloudProvenance.Describe(Options, new Dictionary<string, string>(MaskProvenance.Describe(Masks, Radiometry.Describe()))
        {
            ["probability-type"] = ProbabilityType.ToString().ToLowerInvariant(),
            ["tiling"] = Options.Tiling.ToString().ToLowerInvariant(),
            ["window"] = Options.WindowPixels == 0 ? "auto" : Options.WindowPixels.ToString(CultureInfo.InvariantCulture),
            ["overlap"] = Options.OverlapPixels.ToString(CultureInfo.InvariantCulture),
            ["cloud-threshold"] = Options.CloudReflectance?.ToString("0.####", CultureInfo.InvariantCulture) ?? "off",
        }),
    }.ToMetadata();
}
