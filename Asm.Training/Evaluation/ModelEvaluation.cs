using Asm.Analysis.Accuracy;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Training.Evaluation;

/// <summary>
/// Compares models with labels, one model after the other, so that one network is in memory at a time. What is wrong with the input is
/// found in the constructor, before the first of them runs.
/// </summary>
internal sealed class ModelEvaluation : IDisposable
{
    private readonly EvaluationOptions _options;
    private readonly EvaluationFolder _folder;
    private readonly byte[][] _labelCodes;

    /// <summary>Checks everything: models, classes, bands, grids, labels, memory.</summary>
    /// <param name="options">What is compared.</param>
    /// <param name="note">Is told what is left out, and why.</param>
    /// <exception cref="AsmException">Something does not fit.</exception>
    public ModelEvaluation(EvaluationOptions options, Action<string> note)
    {
        _options = options;
        EvaluationFolder.RequireFree(options.Output, options.Overwrite);
        NamedPath.RequireDistinct(options.Models.Select(m => m.Name), "--model", "name them: --model NAME=PATH");
        NamedPath.RequireDistinct(options.Tiles.Select(t => t.Name), "the tiles", "name them: --tile NAME=PATH");
        EvaluatedModel[] models = [.. options.Models.Select(m => new EvaluatedModel(m.Name, m.File, ModelFile.Describe(m.File)))];
        (LabelledTile Tile, long[] Counts)[] tiles = Labelled(models, note);
        var classes = new ComparedClasses(tiles, models, options.Map);
        _labelCodes = [.. tiles.Select(t => classes.CodesOf(t.Tile))];
        foreach ((LabelledTile tile, _) in tiles)
            using (IRasterSource stack = tile.OpenStack())
                foreach (EvaluatedModel model in models.Where(m => m.Runs(tile))) Windows(stack, model);
        Result = new EvaluationResult(models, [.. tiles.Select(t => t.Tile)], classes)
        {
            Target = options.Target is { } target ? classes.Find(target, "--target") : classes.DefaultTarget,
            PerChip = options.PerChip,
            Labelled = [.. tiles.Select((t, i) => ByClass(t.Counts, _labelCodes[i], classes.Names.Count))],
            Inputs = FileHash.Identify([.. tiles.SelectMany(t => t.Tile.Files).Distinct()], options.Run),
            Options = Describe(options),
        };
        _folder = new EvaluationFolder(options.Output, options.Overwrite);
    }

    /// <summary>The counts.</summary>
    public EvaluationResult Result { get; }

    /// <summary>Runs a model on all tiles.</summary>
    /// <param name="model">Its position.</param>
    /// <param name="progress">Is told of the windows that were run.</param>
    public void Run(int model, IProgress<RunProgress> progress)
    {
        EvaluatedModel evaluated = Result.Models[model];
        int[] tiles = [.. Enumerable.Range(0, Result.Tiles.Count).Where(t => evaluated.Runs(Result.Tiles[t]))];
        var windows = new WindowProgress(progress, tiles.Sum(t => Windows(Result.Tiles[t], evaluated)));
        byte[] codes = Result.Classes.CodesOf(evaluated);
        using SegmentationModel network = SegmentationModel.Load(evaluated.File, _options.Run, _options.Device);
        foreach (int tile in tiles)
        {
            _options.Run.Cancellation.ThrowIfCancellationRequested();
            using IRasterSource stack = Result.Tiles[tile].OpenStack();
            using IRasterSource labels = new RecodedSource(Result.Tiles[tile].OpenLabels(), _labelCodes[tile]);
            RunOptions run = _options.Run with { Progress = windows };
            using IRasterSource map = new RecodedSource(
                ClassMap.Predict(stack, network, Path.Combine(_folder.Work, "map.tif"), _options.Prediction, run), codes);
            var matrix = ConfusionMatrix.Of(map, labels, Result.Classes.Names.Count);
            Result[tile, model] = new TileResult(matrix, Result.Labelled[tile].Sum() - matrix.Total);
            if (HasPicture(tile)) ComparisonPicture.DrawClasses(map, PanelFile(tile, model), Result.Classes.Colors, _options.Run);
            windows.NextTile();
        }
    }

    /// <summary>Writes the figures and pictures.</summary>
    public void Write()
    {
        IReadOnlyList<ReportTable> tables = EvaluationTables.Of(Result);
        File.WriteAllText(_folder.Place("evaluation.md"), string.Join("\n", tables.Select(t => t.ToMarkdown())));
        EvaluationJson.Write(_folder.Place(EvaluationFolder.Json), Result);
        EvaluationCsv.Write(_folder.Place("evaluation.csv"), Result);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int tile = 0; tile < Result.Tiles.Count; tile++)
        {
            _options.Run.Cancellation.ThrowIfCancellationRequested();
            if (HasPicture(tile)) Draw(tile, PictureName(Result.Tiles[tile].Name, names));
        }

        _folder.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void Draw(int tile, string name)
    {
        using IRasterSource stack = Result.Tiles[tile].OpenStack();
        using IRasterSource labels = new RecodedSource(Result.Tiles[tile].OpenLabels(), _labelCodes[tile]);
        ComparisonPicture.Write(_folder.Place(Path.Combine("pictures", $"{name}.png")), Result,
            tile, stack, labels, _folder.Work, m => PanelFile(tile, m), _options.Run);
    }

    private bool HasPicture(int tile) =>
        _options.Pictures && !Result.Tiles[tile].Points && Result.Groups.Any(g => g.Listed && g.Tiles.Contains(tile));

    private string PanelFile(int tile, int model) => Path.Combine(_folder.Work, $"{tile}-{model}.png");

    private static string PictureName(string tile, HashSet<string> taken)
    {
        string name = string.Concat(tile.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')), free = name;
        for (int i = 2; !taken.Add(free); i++) free = $"{name}-{i}";
        return free;
    }

    private (LabelledTile Tile, long[] Counts)[] Labelled(EvaluatedModel[] models, Action<string> note)
    {
        var kept = new List<(LabelledTile, long[])>();
        var empty = new List<string>();
        foreach (LabelledTile tile in _options.Tiles)
        {
            if (!models.Any(m => m.Runs(tile)))
            {
                note($"{tile.Name} is left out: it holds single points, and every model looks at neighbouring pixels");
                continue;
            }

            using IRasterSource stack = tile.OpenStack(), labels = tile.OpenLabels();
            stack.Info.Grid.RequireSame(labels.Info.Grid, stack.Name, labels.Name);
            long[] counts = LabelCount.Of(labels, tile.ClassNames, _options.Run.Cancellation);
            if (counts.Skip(1).Sum() == 0) empty.Add(tile.Name);
            else kept.Add((tile, counts));
            if (tile.Points && models.FirstOrDefault(m => !m.Runs(tile)) is not null)
                note($"{tile.Name} holds single points: {string.Join(", ", models.Where(m => !m.Runs(tile)).Select(m => m.Name))} cannot "
                    + "be run on it, for they look at neighbouring pixels");
        }

        if (kept.Count == 0)
            throw new AsmException("the tiles", "none has a labelled pixel that a model could be compared with",
                "labels of one class or more",
                _options.Tiles.All(t => !models.Any(m => m.Runs(t))) ? "compare models of single pixels, which asm-train baseline makes"
                : _options.Split is null ? "label some pixels"
                : "count other labels: --split train, or --split validation, or --split test");
        if (empty.Count > 0)
            note("left out, for they have no labelled pixel: "
                + $"{string.Join(", ", empty.Take(20))}{(empty.Count > 20 ? $" and {empty.Count - 20} more" : "")}");
        return [.. kept];
    }

    private static long[] ByClass(long[] counts, byte[] codes, int classes)
    {
        var sums = new long[classes];
        for (int value = 1; value < counts.Length; value++)
            if (codes[value] > 0) sums[codes[value] - 1] += counts[value];
        return sums;
    }

    private long Windows(LabelledTile tile, EvaluatedModel model)
    {
        using IRasterSource stack = tile.OpenStack();
        return Windows(stack, model);
    }

    // The plan that the run will make; it finds missing bands, too little memory and tilings that the model cannot have.
    private long Windows(IRasterSource stack, EvaluatedModel model)
    {
        ModelBands.Match(stack, model.Description);
        int sampleBytes = stack.Info.SampleType is SampleType.UInt8 or SampleType.UInt16 ? sizeof(ushort) : sizeof(float);
        PredictionPlan plan = PredictionPlan.Lay(stack.Info.Grid, model.Description,
            _options.Prediction, sampleBytes, stack.BufferBytes, _options.Run.MaxMemoryBytes);
        return (long)plan.Rows.Starts.Length * plan.Columns.Starts.Length;
    }

    private static Dictionary<string, string> Describe(EvaluationOptions options)
    {
        var described = new Dictionary<string, string>
        {
            ["tiling"] = options.Prediction.Tiling.ToString().ToLowerInvariant(),
            ["window"] = options.Prediction.WindowPixels == 0 ? "auto" : $"{options.Prediction.WindowPixels}",
            ["overlap"] = $"{options.Prediction.OverlapPixels}",
            ["cloud-threshold"] = options.Prediction.CloudReflectance is { } cloud ? $"{cloud:0.####}" : "off",
        };
        foreach (Setting<StackRadiometry> setting in RadiometrySettings.Of<StackRadiometry>(r => r, (_, given) => given))
            if (setting.TextOf(options.Radiometry) is { Length: > 0 } text) described[setting.Name] = text;
        if (options.Split is { } split) described["split"] = split;
        if (options.Map.Count > 0)
            described["map"] = string.Join(' ', options.Map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}"));
        return described;
    }

    /// <summary>Turns the progress of one tile into that of all.</summary>
    private sealed class WindowProgress(IProgress<RunProgress> outer, long total) : IProgress<RunProgress>
    {
        private long _before;
        private long _ofTile;

        public void Report(RunProgress value)
        {
            _ofTile = value.Total;
            outer.Report(value with { Done = _before + value.Done, Total = total });
        }

        public void NextTile() => (_before, _ofTile) = (_before + _ofTile, 0);
    }
}
