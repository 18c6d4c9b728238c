using Asm.Inference.Preparation;
using Asm.Maps.Bands;
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

    /// <summary>True for a file that is to be looked at before it is predicted; scenes of data sets were looked at before.</summary>
    public bool IsScene { get; init; }

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
    /// <param name="radiometry">How the stack's samples become reflectance.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <exception cref="AsmException">A file cannot be read, or the labels are no class map.</exception>
    public static LabelledTile Of(
        NamedPath stack, string labels, IReadOnlyList<string> classes, StackRadiometry radiometry, RunOptions run)
    {
        VectorLabels.RequireRaster(labels, " --test-scenes '*'");
        using IRasterSource file = run.Open(labels);
        if (file.Info.Bands.Count != 1 || file.Info.SampleType is SampleType.Float32 or SampleType.Float64)
            throw new AsmException(labels, $"has {file.Info.Bands.Count} bands of {file.Info.SampleType}",
                "one band of integers, a class at each pixel", "give a class map");
        RequireCodesFromOne(file, classes, run);
        IReadOnlyList<string> names = classes.Count > 0 ? ["", .. classes] : file.Info.ClassNames;
        if (names.Count < 2)
            throw new AsmException(labels, "does not name its classes", "class names in the file",
                "name the values from 1 on with --classes, such as --classes mines,built,vegetation");
        return new LabelledTile
        {
            Name = stack.Name,
            IsScene = true,
            OpenStack = () => Open(stack.File, radiometry, run),
            OpenLabels = () => run.Open(labels),
            ClassNames = names,
            Colors = file.Info.Colors,
            Files = [stack.File, labels],
        };
    }

    // As asm predict opens its scenes: what is given changes the file's own scale.
    private static IRasterSource Open(string path, StackRadiometry radiometry, RunOptions run)
    {
        if (radiometry with { Bands = null } != new StackRadiometry()) return StackSource.Open([path], radiometry, run);
        IRasterSource file = run.Open(path);
        if (radiometry.Bands is null) return file;
        try { return NamedBands.Given(file, BandList.Require(radiometry.Bands)); }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Codes from 0 would be taken for codes from 1, each for the class before its own.
    private static void RequireCodesFromOne(IRasterSource labels, IReadOnlyList<string> classes, RunOptions run)
    {
        string[] asked = [.. classes.Count > 0 ? classes : Maps.Classes.ClassMap.DefaultClasses.Select(c => c.Name)];
        IReadOnlyList<string> own = labels.Info.ClassNames;
        bool isNamed = labels.Info.Bands[0].NoData != 0 && own.Count > 0 && asked.Contains(own[0], StringComparer.OrdinalIgnoreCase);
        if (!isNamed && !LabelZero.IsUnknown(labels, run.Cancellation)) return;
        IEnumerable<string> names = isNamed ? own.Select((name, code) => name.Length > 0 ? name : $"value {code + 1}") : asked;
        string file = CommandText.Quote(labels.Name);
        throw new AsmException(labels.Name,
            isNamed ? $"counts its codes from 0 ({own[0]})" : LabelZero.Finding(labels.Info),
            "codes from 1, and 0 where there is no label",
            $"where they count from 0, make it so: gdal_calc.py -A {file} --calc=A+1 --NoDataValue=0 --outfile=OUT.tif, "
            + $"and give OUT.tif with --classes {CommandText.Quote(string.Join(',', names))}; "
            + $"where 0 means no label: gdal_calc.py -A {file} --calc=A --NoDataValue=0 --outfile=OUT.tif");
    }
}
