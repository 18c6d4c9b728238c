using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Evaluation;

namespace Asm.Tests.Training.Evaluation;

public sealed class ModelEvaluationTests : IDisposable
{
    private static readonly string[] Names = ["mines", "built", "vegetation"];
    private readonly TempFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tile_counted_by_hand_gives_these_figures()
    {
        // map     1 1 2 3     labels  1 2 2 3
        //         3 0 2 1             1 1 0 1
        LabelledTile tile = Tile("t", BrightestBand.Stack(4, 1, 1, 2, 3, 3, 0, 2, 1), BrightestBand.Labels(4, Names, 1, 2, 2, 3, 1, 1, 0, 1));
        TileResult result = Evaluate([tile]).Result[0, 0]!;
        Assert.Equal(6, result.Matrix.Total);
        Assert.Equal(1, result.LeftOut); // labelled mines where the stack has no data
        Assert.Equal([2.0 / 3, 1.0 / 2, 1], result.Figures.ClassAccuracy);
        Assert.Equal([2.0 / 4, 1.0 / 2, 1.0 / 2], result.Figures.IntersectionOverUnion);
        Assert.Equal((2.0 / 3 + 0.5 + 1) / 3, result.Figures.MeanClassAccuracy, 12);
        Assert.Equal(0.5, result.Figures.MeanIntersectionOverUnion, 12);
        Assert.Equal(4.0 / 6, result.Figures.OverallAccuracy, 12);
    }

    [Fact]
    public void Classes_are_matched_by_name_whatever_their_codes_and_case()
    {
        LabelledTile tile = Tile("t", BrightestBand.Stack(4, 1, 2, 3, 3), BrightestBand.Labels(4, ["Vegetation", "Mines", "Built"], 2, 3, 1, 1));
        EvaluationResult result = Evaluate([tile]).Result;
        Assert.Equal(["Vegetation", "Mines", "Built"], result.Classes.Names);
        Assert.Equal(1, result[0, 0]!.Figures.OverallAccuracy);
        Assert.Equal([2L, 1, 1], result.Labelled[0]);
        Assert.Equal(2, result.Target);
    }

    [Fact]
    public void A_class_on_neither_side_is_no_number_and_out_of_the_means()
    {
        Figures figures = Evaluate([Tile("t", BrightestBand.Stack(4, 1, 1, 3, 3), BrightestBand.Labels(4, Names, 1, 3, 3, 3))]).Result[0, 0]!.Figures;
        Assert.Equal([1, double.NaN, 2.0 / 3], figures.ClassAccuracy);
        Assert.Equal([0.5, double.NaN, 2.0 / 3], figures.IntersectionOverUnion);
        Assert.Equal(5.0 / 6, figures.MeanClassAccuracy, 12);
        Assert.Equal(7.0 / 12, figures.MeanIntersectionOverUnion, 12);
    }

    [Fact]
    public void Clouds_are_left_out_and_told_unless_the_rule_is_off()
    {
        MemoryRaster<ushort> stack = BrightestBand.Stack(4, 1, 2, 3, 3);
        for (int band = 0; band < 3; band++) stack.Samples[band * 4] += 4000;
        LabelledTile tile = Tile("t", stack, BrightestBand.Labels(4, Names, 1, 2, 3, 3));
        Assert.Equal(1, Evaluate([tile]).Result[0, 0]!.LeftOut);
        Assert.Equal(0, Evaluate([tile], o => o with { Output = _folder.File("clear"), Prediction = o.Prediction with { CloudReflectance = null } }).Result[0, 0]!.LeftOut);
    }

    [Fact]
    public void The_average_of_a_group_is_that_of_its_tiles_and_all_pixels_are_pooled()
    {
        IReadOnlyList<LabelledTile> tiles = TileGroup.Assign(
        [
            Tile("a-1", BrightestBand.Stack(2, 1, 1), BrightestBand.Labels(2, Names, 1, 1)),
            Tile("a-2", BrightestBand.Stack(4, 1, 2, 2, 3), BrightestBand.Labels(4, Names, 1, 1, 1, 1)),
            Tile("b", BrightestBand.Stack(1, 2), BrightestBand.Labels(1, Names, 2)),
        ], ["same=a-*"]);
        EvaluationResult result = Evaluate(tiles).Result;
        Assert.Equal(["same", "other tiles"], result.Groups.Select(g => g.Name));
        Assert.Equal((1 + 0.25) / 2, result.Groups[0].Average(result, 0).ClassAccuracy[0], 12);
        Assert.Equal(3.0 / 6, Figures.Of(result.Groups[0].Pooled(result, 0)).ClassAccuracy[0], 12);
    }

    [Fact]
    public void A_chip_is_what_most_of_its_pixels_are()
    {
        EvaluationResult result = Evaluate(
        [
            Tile("right", BrightestBand.Stack(5, 1, 2, 2, 2, 3), BrightestBand.Labels(5, Names, 2, 2, 2, 2, 2)),
            Tile("wrong", BrightestBand.Stack(5, 1, 1, 1, 2, 2), BrightestBand.Labels(5, Names, 2, 2, 2, 2, 2)),
            Tile("no data", BrightestBand.Stack(2, 0, 0), BrightestBand.Labels(2, Names, 2, 2)),
        ]).Result;
        Assert.Equal(2, result.Groups[0].Chips(result, 0).Total);
        Assert.Equal(0.5, Figures.Of(result.Groups[0].Chips(result, 0)).ClassAccuracy[1]);
    }

    [Fact]
    public void Points_are_for_models_that_look_at_single_pixels()
    {
        LabelledTile points = Tile("spectra", BrightestBand.Stack(3, 1, 2, 3), BrightestBand.Labels(3, Names, 1, 2, 2)) with { Points = true };
        LabelledTile image = Tile("image", BrightestBand.Stack(3, 1, 2, 3), BrightestBand.Labels(3, Names, 1, 2, 2));
        EvaluationResult result = Evaluate([points, image], o => o with { Models = [Model, new("blurred", BrightestBand.SaveBlurred(_folder.File("blurred.onnx")))] }).Result;
        Assert.NotNull(result[0, 0]);
        Assert.Null(result[0, 1]);
        Assert.NotNull(result[1, 1]);
        Assert.Equal(["spectra holds single points: blurred cannot be run on it, for they look at neighbouring pixels"], _notes);
    }

    [Fact]
    public void Tiles_without_a_label_are_left_out_by_name()
    {
        EvaluationResult result = Evaluate([Tile("bare", BrightestBand.Stack(2, 1, 2), BrightestBand.Labels(2, Names, 0, 0)), Tile("t", BrightestBand.Stack(2, 1, 2), BrightestBand.Labels(2, Names, 1, 2))]).Result;
        Assert.Equal(["t"], result.Tiles.Select(t => t.Name));
        Assert.Equal(["left out, for they have no labelled pixel: bare"], _notes);
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_any_model_runs()
    {
        MemoryRaster<ushort> stack = BrightestBand.Stack(2, 1, 2);
        MemoryRaster<byte> labels = BrightestBand.Labels(2, Names, 1, 2);
        Refused("there is no such file", [Tile("t", stack, labels)], o => o with { Models = [new("x", _folder.File("nowhere.onnx"))] });
        Refused("has no band named B11", [Tile("t", stack, labels)], o => o with { Models = [new("x", BrightestBand.Save(_folder.File("other.onnx"), ["B02", "B03", "B11"]))] });
        Refused("the name band stands for 2 of them", [Tile("t", stack, labels)], o => o with { Models = [Model, Model with { Name = "BAND" }] });
        Refused("the name t stands for 2 of them", [Tile("t", stack, labels), Tile("t", stack, labels)]);
        Refused("labels: holds the value 7, in row 0, column 1", [Tile("t", stack, BrightestBand.Labels(2, Names, 1, 7))]);
        Refused("none has a labelled pixel", [Tile("t", stack, BrightestBand.Labels(2, Names, 0, 0))]);
        Refused("none has a labelled pixel", []);
        Refused("3 x 1 px", [Tile("t", stack, BrightestBand.Labels(3, Names, 1, 2, 3))]);
        Refused("there is no class roads", [Tile("t", stack, labels)], o => o with { Target = "roads" });
        Refused("MB allowed", [Tile("t", stack, labels)], o => o with { Run = o.Run with { MaxMemoryBytes = 1000 } });
        Assert.Equal(["band.onnx", "other.onnx"], _folder.Names);
    }

    [Fact]
    public void Nothing_is_left_where_an_evaluation_does_not_end()
    {
        using (var evaluation = new ModelEvaluation(Options([Tile("t", BrightestBand.Stack(2, 1, 2), BrightestBand.Labels(2, Names, 1, 2))]), _notes.Add))
            evaluation.Run(0, new Progress<RunProgress>());
        Assert.Equal(["band.onnx"], _folder.Names);
    }

    private NamedPath Model => new("band", File.Exists(_folder.File("band.onnx")) ? _folder.File("band.onnx") : BrightestBand.Save(_folder.File("band.onnx")));

    private static LabelledTile Tile(string name, MemoryRaster<ushort> stack, MemoryRaster<byte> labels) => new()
    {
        Name = name,
        OpenStack = () => stack,
        OpenLabels = () => labels,
        ClassNames = labels.Info.ClassNames,
        Files = [],
    };

    private EvaluationOptions Options(IReadOnlyList<LabelledTile> tiles) => new()
    {
        Models = [Model],
        Tiles = tiles,
        Output = _folder.File("out"),
        Run = new RunOptions { Threads = 1, Cancellation = TestContext.Current.CancellationToken },
    };

    private ModelEvaluation Evaluate(IReadOnlyList<LabelledTile> tiles, Func<EvaluationOptions, EvaluationOptions>? change = null)
    {
        EvaluationOptions options = Options(tiles);
        using var evaluation = new ModelEvaluation(change?.Invoke(options) ?? options, _notes.Add);
        for (int i = 0; i < evaluation.Result.Models.Count; i++) evaluation.Run(i, new Progress<RunProgress>());
        evaluation.Write();
        return evaluation;
    }

    private void Refused(string expected, LabelledTile[] tiles, Func<EvaluationOptions, EvaluationOptions>? change = null)
    {
        EvaluationOptions options = Options(tiles);
        string message = Assert.ThrowsAny<AsmException>(() => new ModelEvaluation(change?.Invoke(options) ?? options, _notes.Add).Dispose()).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
