using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Training.Evaluation;

/// <summary>
/// An image with labels that models are compared on. Rasters are opened when they are needed, so that thousands of tiles take no files.
/// </summary>
internal sealed record LabelledTile
{
    /// <summary>What reports call it; unique in an evaluation.</summary>
    public required string Name { get; init; }

    /// <summary>The group of tiles that it belongs to; empty where it belongs to none.</summary>
    public string Group { get; init; } = "";

    /// <summary>True where neighbouring pixels are unrelated, so that only a model that looks at single pixels can be run.</summary>
    public bool Points { get; init; }

    /// <summary>Opens the samples, a stack.</summary>
    public required Func<IRasterSource> OpenStack { get; init; }

    /// <summary>Opens the labels: one band of integers, 0 or no data where there is no label.</summary>
    public required Func<IRasterSource> OpenLabels { get; init; }

    /// <summary>Names of the labels' values; position 0 does not count.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Colours of the labels' values; empty where they have none.</summary>
    public IReadOnlyList<Rgb> Colors { get; init; } = [];

    /// <summary>The files that it comes from, for the provenance.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The scenes of a data set, with the labels of one split.</summary>
    /// <param name="dataset">The data set; it must stay open.</param>
    /// <param name="split">Which labels count.</param>
    /// <param name="group">The group of the scenes. Their names begin with it, if it is not empty.</param>
    public static IEnumerable<LabelledTile> Of(Dataset dataset, Split split, string group) =>
        dataset.Manifest.Scenes.Select(scene => new LabelledTile
        {
            Name = group.Length == 0 ? scene.Name : $"{group}/{scene.Name}",
            Group = group,
            Points = scene.Points,
            OpenStack = () => dataset.Stack(scene),
            OpenLabels = () => dataset.Labels(scene, split),
            ClassNames = ["", .. dataset.Manifest.Classes.Select(c => c.Name)],
            Colors = [new Rgb(0, 0, 0), .. dataset.Manifest.Classes.Select(c => Rgb.Parse(c.Color))],
            // The samples may be many gigabytes; the description holds their statistics and sources.
            Files = [.. new[] { DatasetFiles.Manifest, DatasetFiles.Labels, DatasetFiles.Splits }.Select(f =>
                Path.Combine(dataset.Folder, f))],
        });

    /// <summary>A stack and its labels in two files.</summary>
    /// <param name="stack">The stack, a GeoTIFF.</param>
    /// <param name="labels">The labels, a GeoTIFF on the same grid.</param>
    /// <param name="classes">Names of the values from 1; empty: those that the labels' file states.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <exception cref="AsmException">A file cannot be read, or the labels are no class map.</exception>
    public static LabelledTile Of(NamedPath stack, string labels, IReadOnlyList<string> classes, RunOptions run)
    {
        VectorLabels.RequireRaster(labels, " --test-scenes '*'");
        using IRasterSource file = run.Open(labels);
        if (file.Info.Bands.Count != 1 || file.Info.SampleType is SampleType.Float32 or SampleType.Float64)
            throw new AsmException(labels, $"has {file.Info.Bands.Count} bands of {file.Info.SampleType}",
                "one band of integers, a class at each pixel", "give a class map");
        IReadOnlyList<string> names = classes.Count > 0 ? ["", .. classes] : file.Info.ClassNames;
        if (names.Count < 2)
            throw new AsmException(labels, "does not name its classes", "class names in the file",
                "name the values from 1 on with --classes, such as --classes mines,built,vegetation");
        return new LabelledTile
        {
            Name = stack.Name,
            OpenStack = () => run.Open(stack.File),
            OpenLabels = () => run.Open(labels),
            ClassNames = names,
            Colors = file.Info.Colors,
            Files = [stack.File, labels],
        };
    }
}
