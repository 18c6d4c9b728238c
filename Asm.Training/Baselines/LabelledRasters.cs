using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;
using Asm.Training.Configuration;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Training.Baselines;

/// <summary>Stacks and their labels, open to read: the training split of a data set, or pairs of GeoTIFF files.</summary>
internal sealed class LabelledRasters : IDisposable
{
    private readonly List<IDisposable> _open = [];

    /// <summary>The pairs.</summary>
    public List<LabelledRaster> Rasters { get; } = [];

    /// <summary>What it is, in a few words, for the metadata of models.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The bands to learn from; every stack must have them.</summary>
    public string[] BandNames { get; private set; } = [];

    /// <summary>The classes by code from 1.</summary>
    public ClassConfig[] Classes { get; private set; } = [];

    /// <summary>Opens the training split of a data set; pixels of its other splits have no label here.</summary>
    /// <exception cref="AsmException">It is no data set.</exception>
    public static LabelledRasters Open(string folder)
    {
        Dataset dataset = Dataset.Open(folder);
        var opened = new LabelledRasters
        {
            BandNames = dataset.Manifest.Bands,
            Classes = dataset.Manifest.Classes,
            Description = dataset.Manifest.Description
        };
        opened._open.Add(dataset);
        foreach (DatasetScene scene in dataset.Manifest.Scenes)
            opened.Rasters.Add(new(dataset.Stack(scene), dataset.Labels(scene, Split.Train)));
        return opened;
    }

    /// <summary>Opens files; their bands are those of the first stack.</summary>
    /// <param name="stacks">The stacks.</param>
    /// <param name="labels">As many rasters of labels.</param>
    /// <param name="classNames">Names of classes 1, 2, ...; none: those that the first labels name, else the paper's three.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <exception cref="AsmException">A file cannot be read, or the counts differ.</exception>
    public static LabelledRasters Open(string[] stacks, string[] labels, string[] classNames, RunOptions run)
    {
        if (stacks.Length != labels.Length)
            throw new AsmException("--labels", $"{labels.Length} for {stacks.Length} stacks",
                "one for each --stack, in the same order", "give as many of both");
        foreach (string path in labels) VectorLabels.RequireRaster(path);
        var files = new LabelledRasters { Description = string.Join(", ", stacks.Select(Path.GetFileName)) };
        try
        {
            for (int i = 0; i < stacks.Length; i++) files.Rasters.Add(new(files.Opened(stacks[i], run), files.Opened(labels[i], run)));
            RasterInfo first = files.Rasters[0].Stack.Info;
            string[] told = [.. first.Bands.Select(b => b.Name)];
            files.BandNames = [.. told.Zip(Asm.Maps.Bands.BandNames.Read(told), (name, band) => band ?? name)];
            if (told.Any(n => n.Length == 0) || Asm.Maps.Bands.BandNames.AreSilent(told))
                throw new AsmException(stacks[0], "has bands without a name",
                    "a name for every band, so that a model can find them", "make the stack with asm prepare");
            files.Classes = NamedClasses(files.Rasters[0].Labels.Info, classNames);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable open in _open) open.Dispose();
    }

    private IRasterSource Opened(string path, RunOptions run)
    {
        IRasterSource source = run.Open(path);
        _open.Add(source);
        return source;
    }

    private static ClassConfig[] NamedClasses(RasterInfo labels, string[] names)
    {
        ClassConfig[] usual = new FitConfig().Classes;
        if (names.Length == 0) names = [.. labels.ClassNames.Skip(1)];
        if (names.Length == 0) return usual;
        return [.. names.Select((name, i) => new ClassConfig
        {
            Name = name,
            Color = i + 1 < labels.Colors.Count
                ? labels.Colors[i + 1].ToString()
                : usual.FirstOrDefault(c => c.Name == name)?.Color ?? usual[i % usual.Length].Color,
        })];
    }
}
