using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Training.Fitting;

namespace Asm.Training.Datasets;

/// <summary>Writes a data set into a folder aside, which gets its name when all is done: there is a whole data set or none. Memory: some rows of one scene.</summary>
internal sealed class DatasetWriter : IDisposable
{
    private const int RowsAtATime = 64;
    private readonly string _folder;
    private readonly string _aside;
    private readonly bool _overwrite;
    private readonly string[] _bands;
    private readonly ClassConfig[] _classes;
    private readonly List<DatasetScene> _scenes = [];
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
        (_folder, _overwrite, _bands, _classes) = (Path.GetFullPath(folder), overwrite, [.. bands], [.. classes]);
        if (File.Exists(_folder) || (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any() && !(overwrite && File.Exists(Path.Combine(_folder, DatasetFiles.Manifest)))))
            throw new AsmException(folder, overwrite ? "it is there and is not a data set" : "it is there", "a new folder", overwrite ? "give another name" : "give another name, or --overwrite to replace a data set");
        _aside = _folder + ".partial";
        if (Directory.Exists(_aside)) Directory.Delete(_aside, recursive: true);
        Directory.CreateDirectory(_aside);
        _samples = File.Create(Path.Combine(_aside, DatasetFiles.Samples), 1 << 20);
        _labels = File.Create(Path.Combine(_aside, DatasetFiles.Labels), 1 << 20);
    }

    /// <summary>Adds an image.</summary>
    /// <param name="name">Its name, unique.</param>
    /// <param name="source">What it was made from.</param>
    /// <param name="stack">The samples: uint16 reflectance x 10,000, the data set's bands by name; pixels without data in any band count as without data.</param>
    /// <param name="labels">The labels on the same grid: class codes from 1, 0 where there is none.</param>
    /// <param name="points">True where neighbouring pixels are unrelated.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Labelled pixels by class position.</returns>
    /// <exception cref="AsmException">A label is no class, the grids differ, the name is taken, or a file cannot be read or written.</exception>
    public long[] Add(string name, string source, IRasterSource stack, IRasterSource labels, bool points, CancellationToken cancellation)
    {
        GeoGrid grid = stack.Info.Grid;
        grid.RequireSame(labels.Info.Grid, stack.Name, labels.Name);
        if (_scenes.Exists(s => s.Name == name)) throw new AsmException(source, $"its name {name} is taken by {_scenes.Find(s => s.Name == name)!.Source}", "names that differ", "rename one of the files");
        int[] bands = stack.Info.BandIndices(_bands, stack.Name);
        long[] counts = new long[_classes.Length];
        ushort[] samples = new ushort[RowsAtATime * grid.Width * bands.Length], line = new ushort[grid.Width * bands.Length];
        byte[] codes = new byte[RowsAtATime * grid.Width], valid = new byte[codes.Length];
        for (int row = 0; row < grid.Height; row += RowsAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = new PixelWindow(0, row, grid.Width, Math.Min(RowsAtATime, grid.Height - row));
            int count = (int)window.PixelCount;
            stack.ReadWithValidity(window, bands, samples.AsSpan(0, count * bands.Length), valid.AsSpan(0, count));
            labels.Read(window, [0], codes.AsSpan(0, count));
            for (int r = 0; r < window.Height; r++)
            {
                Span<byte> rowCodes = codes.AsSpan(r * grid.Width, grid.Width);
                Clean(samples, valid, rowCodes, line, window.Height, r, grid.Width, bands.Length);
                foreach (byte code in rowCodes)
                {
                    if (code > _classes.Length) throw new AsmException(labels.Name, $"the label {code}", $"0 or 1 to {_classes.Length}: {string.Join(", ", _classes.Select(c => c.Name))}", "map the values to classes, or name more classes");
                    if (code > 0) counts[code - 1]++;
                }

                Put(_samples, MemoryMarshal.AsBytes(line.AsSpan()));
                Put(_labels, rowCodes);
            }
        }

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
            Crs = points || grid.Crs is null ? null : grid.Crs.Epsg is { } epsg ? $"EPSG:{epsg}" : grid.Crs.Wkt,
            Points = points,
        });
        _pixels += grid.FullWindow.PixelCount;
        return counts;
    }

    /// <summary>Shares the places out, draws the patches, and gives the folder its name.</summary>
    /// <exception cref="AsmException">No patch can be drawn, or a file cannot be written.</exception>
    public DatasetManifest Complete(DatasetOptions options, CancellationToken cancellation)
    {
        Finish(_samples);
        Finish(_labels);
        var splitting = new PlaceSplit(options, [.. _scenes], _classes.Length);
        var manifest = new DatasetManifest
        {
            ToolVersion = ToolVersion.Current,
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
        WriteSplits(manifest, splitting, cancellation);
        using (var dataset = Dataset.Open(_aside, manifest))
        {
            manifest = DatasetStatistics.AddTo(manifest, dataset, cancellation);
            List<PatchPlace> patches = Patches(dataset, manifest, options, cancellation);
            if (patches.Count == 0 && !_scenes.TrueForAll(s => s.Points))
                throw new AsmException(_folder, "no place for a single patch was found", $"{options.PatchPixels} x {options.PatchPixels} pixels of one split with labels on {options.LabelledShare:P0} of them",
                    "make blocks larger (--block), patches smaller (--patch), or ask for fewer labels (--labelled)");
            PatchTable.Write(_aside, patches);
            manifest = manifest with { Patches = patches.GroupBy(p => p.Split).ToDictionary(g => Key(g.Key), g => g.Count()) };
            if (patches.Count > 0) PatchSheet.Write(Path.Combine(_aside, DatasetFiles.Preview), dataset, patches);
        }

        DatasetFiles.WriteManifest(_aside, manifest);
        if (_overwrite && Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        else if (Directory.Exists(_folder)) Directory.Delete(_folder);
        Directory.Move(_aside, _folder);
        return manifest;
    }

    /// <summary>Discards what was written, unless it is complete.</summary>
    public void Dispose()
    {
        _samples.Dispose();
        _labels.Dispose();
        if (Directory.Exists(_aside)) Directory.Delete(_aside, recursive: true);
    }

    /// <summary>A split's key in the description.</summary>
    internal static string Key(Split split) => split.ToString().ToLowerInvariant();

    // Validation and test get patches in the ratio of their shares; where scenes were given by name, as many as a fifth.
    private static List<PatchPlace> Patches(Dataset dataset, DatasetManifest manifest, DatasetOptions options, CancellationToken cancellation)
    {
        var patches = new List<PatchPlace>();
        double train = 1 - options.ValidationShare - options.TestShare;
        foreach ((Split split, double share) in new[] { (Split.Train, train), (Split.Validation, options.ValidationShare), (Split.Test, options.TestShare) })
        {
            if (manifest.LabelledPixels[Key(split)].Sum() == 0) continue;
            int count = split == Split.Train ? options.Patches : Math.Max(1, (int)Math.Round(options.Patches * (share > 0 && train > 0 ? share / train : 0.2)));
            patches.AddRange(PatchDraw.Draw(dataset, split, count, options, cancellation));
        }

        return patches;
    }

    // BIL needs the bands of a row side by side. A pixel without data has no label, and 0 in every band.
    private static void Clean(ushort[] samples, byte[] valid, Span<byte> codes, ushort[] line, int height, int row, int width, int bands)
    {
        ReadOnlySpan<byte> rowValid = valid.AsSpan(row * width, width);
        for (int i = 0; i < width; i++)
            if (rowValid[i] == 0) codes[i] = 0;
        for (int band = 0; band < bands; band++)
        {
            ReadOnlySpan<ushort> from = samples.AsSpan((band * height + row) * width, width);
            Span<ushort> to = line.AsSpan(band * width, width);
            for (int i = 0; i < width; i++) to[i] = rowValid[i] == 0 ? (ushort)0 : from[i];
        }
    }

    private void WriteSplits(DatasetManifest manifest, PlaceSplit splitting, CancellationToken cancellation)
    {
        using (var labels = new MappedFile(Path.Combine(_aside, DatasetFiles.Labels), _pixels))
            ForEachRow(manifest, (scene, row, s) => splitting.Count(scene, row, labels.Span<byte>(s.FirstPixel + (long)row * s.Width, s.Width)), cancellation);
        splitting.Choose();
        using FileStream file = File.Create(Path.Combine(_aside, DatasetFiles.Splits), 1 << 20);
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

    private void Put(FileStream file, ReadOnlySpan<byte> bytes) => Try(file, bytes, static (f, b) => f.Write(b));

    private void Finish(FileStream file)
    {
        Try(file, default, static (f, _) => f.Flush(flushToDisk: true));
        file.Dispose();
    }

    private void Try(FileStream file, ReadOnlySpan<byte> bytes, WriteAction action)
    {
        try { action(file, bytes); }
        catch (IOException e)
        {
            throw new AsmException($"{_folder}: cannot be written ({e.Message})\n  expected: room for {_bands.Length * 2 + 2} bytes a pixel\n  fix: free disk space, or give another folder", e);
        }
    }

    private delegate void WriteAction(FileStream file, ReadOnlySpan<byte> bytes);
}
