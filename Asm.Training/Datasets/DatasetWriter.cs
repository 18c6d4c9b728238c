using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Training.Configuration;

namespace Asm.Training.Datasets;

/// <summary>
/// Writes a data set into a folder aside, which gets its name when all is done: there is a whole data set or none.
/// Memory: some rows of one scene.
/// </summary>
internal sealed class DatasetWriter : IDisposable
{
    private readonly DatasetFolder _folder;
    private readonly string[] _bands;
    private readonly ClassConfig[] _classes;
    private readonly List<DatasetScene> _scenes = [];
    private readonly HashSet<string> _names = [];
    private readonly FileStream _samples;
    private readonly FileStream _labels;
    private long _pixels;

    /// <summary>Starts a data set.</summary>
    /// <param name="folder">Its folder; must not be there, unless <paramref name="overwrite"/>.</param>
    /// <param name="bands">Names of the bands of every scene.</param>
    /// <param name="classes">The classes by code from 1.</param>
    /// <param name="overwrite">True replaces an earlier data set, and nothing else.</param>
    /// <exception cref="AsmException">The folder is there, or cannot be made.</exception>
    public DatasetWriter(string folder, IReadOnlyList<string> bands, IReadOnlyList<ClassConfig> classes, bool overwrite)
    {
        (_folder, _bands, _classes) = (new DatasetFolder(folder, overwrite), [.. bands], [.. classes]);
        FileStream? samples = null, labels = null;
        try
        {
            _folder.Try(() => (samples, labels) =
                (File.Create(PathOf(DatasetFiles.Samples), 1 << 20), File.Create(PathOf(DatasetFiles.Labels), 1 << 20)));
        }
        catch
        {
            _folder.Dispose();
            throw;
        }

        (_samples, _labels) = (samples!, labels!);
    }

    /// <summary>Adds an image.</summary>
    /// <param name="name">Its name, unique.</param>
    /// <param name="source">What it was made from.</param>
    /// <param name="stack">
    /// The samples: uint16 reflectance x 10,000, the data set's bands by name; pixels without data in any band count as without data.
    /// </param>
    /// <param name="labels">The labels on the same grid: class codes from 1, 0 or no data where there is none.</param>
    /// <param name="points">True where neighbouring pixels are unrelated.</param>
    /// <param name="run">Threads and cancellation; its progress is told of rows.</param>
    /// <param name="ground">Scenes that give the same name are of one place, whether they are georeferenced or not.</param>
    /// <returns>Labelled pixels by class position.</returns>
    /// <exception cref="AsmException">
    /// A label is no class, the grids differ, the name is taken, or a file cannot be read or written.
    /// </exception>
    public long[] Add(string name, string source, IRasterSource stack, IRasterSource labels, bool points, RunOptions run,
        string? ground = null)
    {
        GeoGrid grid = stack.Info.Grid;
        grid.RequireSame(labels.Info.Grid, stack.Name, labels.Name);
        if (!_names.Add(name))
            throw new AsmException(source, $"its name {name} is taken by {_scenes.Find(s => s.Name == name)!.Source}",
                "names that differ", "rename one of the files");
        int[] bands = stack.Info.BandIndices(_bands, stack.Name);
        long[] counts = new long[_classes.Length];
        var samples = new WindowInput<ushort>(stack, bands);
        var codes = new WindowInput<byte>(labels, [0]);
        var toSamples = new WindowOutput<ushort>(new BilSink(stack.Info with { Bands = [.. bands.Select(b => stack.Info.Bands[b])] },
            bytes => Put(_samples, bytes)));
        var toLabels = new WindowOutput<byte>(new BilSink(labels.Info with { Bands = [labels.Info.Bands[0]] },
            bytes => Put(_labels, bytes)));
        WindowRunner.Run($"read {name}", [samples, codes], [toSamples, toLabels], (in WindowFrame frame) =>
        {
            ReadOnlySpan<byte> valid = frame.Valid(samples);
            for (int band = 0; band < bands.Length; band++)
            {
                ReadOnlySpan<ushort> from = frame.Samples(samples, band);
                Span<ushort> to = frame.Samples(toSamples, band);
                for (int i = 0; i < to.Length; i++) to[i] = valid[i] == 0 ? (ushort)0 : from[i];
            }

            Span<long> found = stackalloc long[byte.MaxValue + 1];
            found.Clear();
            ReadOnlySpan<byte> code = frame.Samples(codes), known = frame.Valid(codes);
            Span<byte> kept = frame.Samples(toLabels);
            for (int i = 0; i < kept.Length; i++) found[kept[i] = valid[i] == 0 || known[i] == 0 ? (byte)0 : code[i]]++;
            Count(found, counts, labels.Name);
        }, run);
        _scenes.Add(new DatasetScene
        {
            Name = name,
            Source = source,
            Width = grid.Width,
            Height = grid.Height,
            FirstPixel = _pixels,
            OriginX = grid.Origin.X,
            OriginY = grid.Origin.Y,
            PixelWidth = grid.PixelWidth,
            PixelHeight = grid.PixelHeight,
            Crs = points ? null : grid.Crs?.ToText(),
            Ground = ground,
            Points = points,
        });
        _pixels += grid.FullWindow.PixelCount;
        return counts;
    }

    /// <summary>A path for a scene's class map beside the data set, to be written before <see cref="Complete"/>.</summary>
    public string LabelRaster(string name)
    {
        string folder = PathOf(DatasetFiles.LabelRasters);
        _folder.Try(() => Directory.CreateDirectory(folder));
        return Path.Combine(folder, $"{name}.tif");
    }

    /// <summary>Shares the places out, draws the patches, and gives the folder its name.</summary>
    /// <param name="options">Splits and patches.</param>
    /// <param name="run">Cancellation; its progress is told of the steps.</param>
    /// <exception cref="AsmException">No patch can be drawn, or a file cannot be written.</exception>
    public DatasetManifest Complete(DatasetOptions options, RunOptions run)
    {
        options.Validate();
        int step = 0;
        void Done() => run.Progress?.Report(new RunProgress("share out and draw", ++step, 6));
        Finish(_samples);
        Finish(_labels);
        var splitting = new PlaceSplit(options, [.. _scenes], _classes.Length);
        var manifest = new DatasetManifest
        {
            ToolVersion = Provenance.ToolVersion,
            Description = options.Description,
            Bands = _bands,
            Classes = _classes,
            Scenes = [.. _scenes],
            SplitRule = splitting.Description,
            PatchPixels = options.PatchPixels,
            Seed = options.Seed,
            LabelledPixels = [],
            Patches = [],
            BandMean = [],
            BandDeviation = [],
        };
        WriteSplits(manifest, splitting, run.Cancellation);
        Done();
        using (var dataset = Dataset.Open(_folder.Aside, manifest))
        {
            manifest = DatasetStatistics.AddTo(manifest, dataset, run.Cancellation);
            Done();
            List<PatchPlace> patches = Patches(dataset, manifest, options, Done, run.Cancellation);
            // Where all scenes are given to splits by name, a set without training is meant so.
            bool trains = !_scenes.TrueForAll(s => options.Given.ContainsKey(s.Name));
            if (!patches.Exists(p => !trains || p.Split == Split.Train) && !_scenes.TrueForAll(s => s.Points))
                throw new AsmException(_folder.Name, $"no place for a single {(trains ? "training " : "")}patch was found",
                    $"{options.PatchPixels} x {options.PatchPixels} pixels of one split with labels on {options.LabelledShare:P0} of them",
                    "make blocks larger (--block), patches smaller (--patch), "
                    + "ask for fewer labels (--labelled), or share out otherwise (--seed)");
            manifest = manifest with { Patches = patches.GroupBy(p => p.Split).ToDictionary(g => Key(g.Key), g => g.Count()) };
            _folder.Try(() =>
            {
                PatchTable.Write(_folder.Aside, patches);
                if (patches.Count > 0) PatchSheet.Write(PathOf(DatasetFiles.Preview), dataset, patches);
            });
        }

        run.Cancellation.ThrowIfCancellationRequested();
        _folder.Try(() => DatasetFiles.WriteManifest(_folder.Aside, manifest));
        run.Inputs?.RequireUnchanged();
        _folder.Complete();
        Done();
        return manifest;
    }

    /// <summary>Discards what was written, unless it is complete.</summary>
    public void Dispose()
    {
        foreach (FileStream file in new[] { _samples, _labels })
        {
            // Closing writes what is buffered, which fails on a full disk; the file goes anyway.
            try { file.Dispose(); }
            catch (Exception e) when (DatasetFolder.IsRefusal(e)) { }
        }

        _folder.Dispose();
    }

    /// <summary>A split's key in the description.</summary>
    internal static string Key(Split split) => split.ToString().ToLowerInvariant();

    // Validation and test get patches in the ratio of their shares; where scenes were given by name, as many as a fifth.
    private static List<PatchPlace> Patches(Dataset dataset, DatasetManifest manifest,
        DatasetOptions options, Action done, CancellationToken cancellation)
    {
        var patches = new List<PatchPlace>();
        double train = 1 - options.ValidationShare - options.TestShare;
        foreach ((Split split, double share) in new[]
        {
            (Split.Train, train), (Split.Validation, options.ValidationShare), (Split.Test, options.TestShare)
        })
        {
            int count = split == Split.Train
                ? options.Patches
                : Math.Max(1, (int)Math.Round(options.Patches * (share > 0 ? share / train : 0.2)));
            if (manifest.LabelledPixels[Key(split)].Sum() > 0)
                patches.AddRange(PatchDraw.Draw(dataset, split, count, options, cancellation));
            done();
        }

        return patches;
    }

    private void Count(ReadOnlySpan<long> found, long[] counts, string name)
    {
        int other = found[(counts.Length + 1)..].IndexOfAnyExcept(0);
        if (other >= 0)
            throw new AsmException(name, $"the label {counts.Length + 1 + other}",
                $"0 or 1 to {counts.Length}: {string.Join(", ", _classes.Select(c => c.Name))}",
                "map the values to classes, or name more classes");
        lock (counts)
            for (int c = 0; c < counts.Length; c++) counts[c] += found[c + 1];
    }

    private void WriteSplits(DatasetManifest manifest, PlaceSplit splitting, CancellationToken cancellation)
    {
        using (var labels = new MappedFile(PathOf(DatasetFiles.Labels), _pixels))
            ForEachRow(manifest,
                (scene, row, s) => splitting.Count(scene, row, labels.Span<byte>(s.FirstPixel + (long)row * s.Width, s.Width)),
                cancellation);
        splitting.Choose();
        using FileStream file = File.Create(PathOf(DatasetFiles.Splits), 1 << 20);
        byte[] line = [];
        ForEachRow(manifest, (scene, row, s) =>
        {
            if (line.Length != s.Width) line = new byte[s.Width];
            splitting.Fill(scene, row, line);
            Put(file, line);
        }, cancellation);
        Finish(file);
    }

    private static void ForEachRow(DatasetManifest manifest, Action<int, int, DatasetScene> action, CancellationToken cancellation)
    {
        for (int scene = 0; scene < manifest.Scenes.Length; scene++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < manifest.Scenes[scene].Height; row++) action(scene, row, manifest.Scenes[scene]);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.Aside, name);

    // Without a closure, as rows are many; the room is worth telling, as a data set takes more than its compressed sources.
    private void Put(FileStream file, ReadOnlySpan<byte> bytes)
    {
        try { file.Write(bytes); }
        catch (Exception e) when (DatasetFolder.IsRefusal(e))
        {
            throw _folder.Explain(e, $" ({_bands.Length * 2 + 2} bytes a pixel are needed)");
        }
    }

    private void Finish(FileStream file) => _folder.Try(() =>
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
    });
}
