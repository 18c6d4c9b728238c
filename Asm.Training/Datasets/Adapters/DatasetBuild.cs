using System.Globalization;
using System.IO.Enumeration;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Training.Configuration;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Makes a data set of scenes.</summary>
/// <param name="request">What is made.</param>
/// <param name="warn">Is told what is unusual.</param>
internal sealed class DatasetBuild(DatasetRequest request, Action<string> warn)
{
    private const int StepsAScene = 1000, PatchAlignment = 16;

    /// <summary>Makes the data set.</summary>
    /// <param name="scenes">The scenes, one or more.</param>
    /// <param name="track">Shows the progress of a stage.</param>
    /// <param name="run">Threads, servers and cancellation; nothing is left of a run that was cancelled.</param>
    /// <exception cref="AsmException">
    /// A scene cannot be read, has no label where it needs some, a class is empty, or nothing can be drawn.
    /// </exception>
    public DatasetManifest Run(IReadOnlyList<SceneInput> scenes,
        Func<string, Func<IProgress<RunProgress>, DatasetManifest>, DatasetManifest> track, RunOptions run)
    {
        DatasetOptions options = request.Options with { Given = Given(scenes) };
        options.Validate();
        RequireZerosKnown(scenes, run);
        DatasetWriter? writer = null;
        try
        {
            long[] counts = new long[request.Scheme.Classes.Length];
            int largest = 0;
            track("read", progress =>
            {
                for (int i = 0; i < scenes.Count; i++)
                {
                    run.Cancellation.ThrowIfCancellationRequested();
                    int at = i;
                    var rows = new Scaled(p => progress.Report(new RunProgress("read",
                        (long)at * StepsAScene + StepsAScene * p.Done / p.Total, (long)scenes.Count * StepsAScene)));
                    using OpenScene open = scenes[i].Open(run);
                    writer ??= new DatasetWriter(request.Output,
                        [.. open.Stack.Info.Bands.Select(b => b.Name)], request.Scheme.Classes, request.Overwrite);
                    RequirePatchInBlock(options, open.Stack.Info.Grid, scenes[i]);
                    Add(writer, scenes[i], open, counts, run with { Progress = rows });
                    if (!scenes[i].Points) largest = Math.Max(largest, Math.Max(open.Stack.Info.Grid.Width, open.Stack.Info.Grid.Height));
                }

                return null!;
            });
            RequireClasses(counts, scenes.Any(s => s.LabelRaster is not null));
            if (request.FitPatches && largest > 0)
                options = options with
                {
                    PatchPixels = Math.Min(options.PatchPixels, (largest + PatchAlignment - 1) / PatchAlignment * PatchAlignment)
                };
            return track("share out and draw", progress => Tell(writer!.Complete(options, run with { Progress = progress })));
        }
        finally
        {
            writer?.Dispose();
        }
    }

    private void Add(DatasetWriter writer, SceneInput scene, OpenScene open, long[] counts, RunOptions run)
    {
        IRasterSource labels = open.Labels;
        string? raster = null;
        if (open.Made)
        {
            raster = writer.LabelRaster(scene.Name);
            using IRasterSink sink = run.Create(raster, labels.Info);
            RasterCopy.Run(labels, sink, run with { Progress = null });
        }

        using IRasterSource? made = raster is null ? null : run.Open(raster);
        long[] found = writer.Add(scene.Name, scene.Source, open.Stack, made ?? labels, scene.Points, run, scene.Ground);
        (open.Stack as StackSource)?.TellNoData(run with { Notice = warn });
        long overlapping = open.Overlapping?.Invoke() ?? 0;
        if (overlapping > 0 && found.Sum() == 0)
            throw new AsmException(labels.Name,
                $"not one labelled pixel of {scene.Name}, as polygons of different classes cover each other on {overlapping} pixels",
                "ground that one class alone claims", "draw the polygons so that they do not overlap");
        if (overlapping > 0)
            warn($"{labels.Name}: {overlapping} pixels of {open.Stack.Name} lie in polygons of different classes; they carry no label");
        if (scene.NeedsLabels && found.Sum() == 0)
            throw new AsmException(labels.Name, $"not one labelled pixel of {scene.Name}",
                $"labels inside of its data, which lie at {Places.Describe(open.Stack.Info.Grid)}",
                "give the labels of this place, or leave the stack out");
        for (int c = 0; c < counts.Length; c++) counts[c] += found[c];
    }

    // Before anything is read: codes from 0 would be taken for codes from 1, each for the class before its own.
    private void RequireZerosKnown(IReadOnlyList<SceneInput> scenes, RunOptions run)
    {
        if (request.Scheme.Mapped) return;
        foreach (string path in scenes.Select(s => s.LabelRaster).OfType<string>().Distinct())
        {
            using IRasterSource labels = run.Open(path);
            if (LabelZero.IsUnknown(labels, run.Cancellation)) throw request.Scheme.ZeroUnknown(labels);
        }
    }

    // A scene that is named belongs to one split as a whole.
    private Dictionary<string, Split> Given(IReadOnlyList<SceneInput> scenes)
    {
        var given = new Dictionary<string, Split>();
        foreach ((Split split, IReadOnlyList<string> patterns) in new[]
        {
            (Split.Validation, request.ValidationScenes), (Split.Test, request.TestScenes)
        })
            foreach (string pattern in patterns)
            {
                string[] names = [.. scenes.Select(s => s.Name)
                    .Where(n => FileSystemName.MatchesSimpleExpression(pattern, n, ignoreCase: false))];
                if (names.Length == 0)
                    throw new AsmException(split == Split.Test ? "--test-scenes" : "--validation-scenes",
                        $"'{pattern}' is the name of no scene",
                        $"one of {string.Join(", ", scenes.Take(20).Select(s => s.Name))}{(scenes.Count > 20 ? ", ..." : "")}, "
                        + "or a pattern with '*'", "correct the name");
                foreach (string name in names)
                    if (!given.TryAdd(name, split) && given[name] != split)
                        throw new AsmException("--test-scenes", $"'{name}' is for validation too",
                            "each scene in one split", "name it once");
            }

        return given;
    }

    private void RequirePatchInBlock(DatasetOptions options, GeoGrid grid, SceneInput scene)
    {
        if (options.BlockMetres is not { } block || scene.Points || grid.Crs is not { MetresPerUnit: { } metres }) return;
        double side =
            Math.Min(options.PatchPixels, Math.Min(grid.Width, grid.Height)) * Math.Max(grid.PixelWidth, grid.PixelHeight) * metres;
        if (side > block)
            throw new AsmException("--block",
                string.Create(CultureInfo.InvariantCulture,
                    $"{block:0.##} m, and a patch of {request.Options.PatchPixels} pixels is {side:0.##} m wide"),
                "blocks that hold a patch, better several", "give a larger --block, a smaller --patch, or --split scenes");
    }

    private void RequireClasses(long[] counts, bool haveNumbers)
    {
        string[] empty = [.. request.Scheme.Classes.Where((_, c) => counts[c] == 0).Select(c => c.Name)];
        if (empty.Length == 0) return;
        if (!request.AllowEmpty || empty.Length == counts.Length)
            throw new AsmException("labels", $"no pixel of {string.Join(", ", empty)}", "some pixels of every class",
                empty.Length == counts.Length
                    ? "say which value is which class: --map VALUE=CLASS,..., or --rest CLASS for all values"
                    : haveNumbers && !request.Scheme.Mapped && empty.SequenceEqual([request.Scheme.Classes[^1].Name])
                    ? $"where the numbers of the labels count from 0, say so: --map {request.Scheme.MapFromZero}; else "
                        + $"label some, leave the class out with {Without(empty)}, or give --allow-empty where other data sets have it"
                    : $"label some, leave the class out with {Without(empty)}, or give --allow-empty where other data sets have it");
        warn($"no pixel of {string.Join(", ", empty)}");
    }

    // Numbers are codes of --classes, and would mean other classes in the shorter list.
    private string Without(string[] empty)
    {
        ClassConfig[] all = request.Scheme.Classes, kept = [.. all.Where(c => !empty.Contains(c.Name))];
        string classes = $"--classes {string.Join(',', kept.Select(c => c.Name))}";
        return request.Scheme.Mapped || kept.SequenceEqual(all.Take(kept.Length))
            ? classes
            : $"{classes} --map {string.Join(',', kept.Select(c => $"{Array.IndexOf(all, c) + 1}={c.Name}"))}";
    }

    private DatasetManifest Tell(DatasetManifest manifest)
    {
        foreach ((string split, long[] pixels) in manifest.LabelledPixels)
        {
            ClassConfig[] missing = [.. manifest.Classes.Where((_, c) =>
                pixels[c] == 0 && manifest.LabelledPixels.Values.Any(p => p[c] > 0))];
            if (pixels.Sum() == 0) warn($"the split {split} has no labelled pixel");
            else if (missing.Length > 0)
                warn($"the split {split} has no pixel of {string.Join(", ", missing.Select(c => c.Name))}: "
                    + "give another --seed, smaller blocks or more labels");
            if (pixels.Sum() > 0 && manifest.Patches.GetValueOrDefault(split) == 0 && !Array.TrueForAll(manifest.Scenes, s => s.Points))
                warn($"the split {split} has labels but no patch: its blocks are too small, or too few pixels carry labels");
        }

        if (manifest.Patches.Count == 0) return manifest;
        using Dataset dataset = Dataset.Open(request.Output, manifest);
        foreach ((Split split, int[] missing) in PatchClasses.Missing(dataset))
            if (missing.Where(c => manifest.LabelledPixels[DatasetWriter.Key(split)][c] > 0)
                .Select(c => manifest.Classes[c].Name).ToArray() is { Length: > 0 } names)
                warn($"the {DatasetWriter.Key(split)} patches hold no pixel of {string.Join(", ", names)}, "
                    + "though the split has some: make blocks larger (--block), patches smaller (--patch) or more (--patches)");
        return manifest;
    }

    private sealed class Scaled(Action<RunProgress> tell) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tell(value);
    }
}
