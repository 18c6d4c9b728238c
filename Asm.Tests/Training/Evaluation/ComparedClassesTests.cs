using Asm.Inference.Model;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Training.Evaluation;

namespace Asm.Tests.Training.Evaluation;

public sealed class ComparedClassesTests
{
    [Fact]
    public void Codes_follow_the_labels_and_names_may_be_changed_on_both_sides()
    {
        ComparedClasses classes = Of(["mine", "other"], [0, 5, 5], Model("mines", "built", "vegetation"), ("mine", "mines"), ("built", "rest"), ("vegetation", "rest"), ("other", "rest"));
        Assert.Equal(["mines", "rest"], classes.Names);
        Assert.Equal([0, 1, 2], classes.CodesOf(Tile("mine", "other")));
        Assert.Equal([0, 1, 2, 2], classes.CodesOf(Model("mines", "built", "vegetation")));
    }

    [Fact]
    public void A_class_that_only_the_model_has_is_refused_unless_it_is_said_to_stay()
    {
        var error = Assert.Throws<AsmException>(() => Of(["built", "vegetation"], [0, 5, 5], Model("mines", "built", "vegetation")));
        Assert.Equal("model.onnx: its class mines is not one of the labels: built, vegetation\n  expected: classes of the same names\n"
            + "  fix: --map mines=CLASS to count it as another, or --map mines=mines to count its pixels as wrong", error.Message);
        Assert.Equal(["built", "vegetation", "mines"], Of(["built", "vegetation"], [0, 5, 5], Model("mines", "built", "vegetation"), ("mines", "mines")).Names);
    }

    [Fact]
    public void A_labelled_class_that_a_model_cannot_find_is_refused_unless_it_is_said_to_stay()
    {
        var error = Assert.Throws<AsmException>(() => Of(["built", "water"], [0, 5, 5], Model("built")));
        Assert.Contains("it cannot find the class water of tile", error.Message, StringComparison.Ordinal);
        Assert.Equal(["built", "water"], Of(["built", "water"], [0, 5, 5], Model("built"), ("water", "water")).Names);
        Assert.Equal(["built", "water"], Of(["built", "water"], [0, 5, 0], Model("built")).Names); // no pixel of it
    }

    [Fact]
    public void A_misspelt_name_is_refused_on_either_side()
    {
        Assert.Contains("its class built (as biult) is not one of the labels", Assert.Throws<AsmException>(() => Of(["urban"], [0, 5], Model("built"), ("built", "biult"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("--map: no model and no label has a class biult", Assert.Throws<AsmException>(() => Of(["urban"], [0, 5], Model("built"), ("biult", "urban"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_would_look_alike_get_other_colours()
    {
        ComparedClasses classes = Of(["built", "vegetation"], [0, 1, 1], Model("built", "vegetation"));
        Assert.Equal(["#000000", "#d55e00", "#56b4e9"], classes.Colors.Select(c => c.ToString()));
    }

    [Fact]
    public void A_joined_class_keeps_its_own_colour()
    {
        LabelledTile tile = Tile("mines", "vegetation") with { Colors = [new(0, 0, 0), new(9, 9, 9), new(0, 128, 0)] };
        var classes = new ComparedClasses([(tile, [0, 5, 5])], [Model("vegetation")], new Dictionary<string, string> { ["mines"] = "vegetation" });
        Assert.Equal(["#000000", "#008000"], classes.Colors.Select(c => c.ToString()));
    }

    private static ComparedClasses Of(string[] labels, long[] counts, EvaluatedModel model, params (string From, string To)[] map) =>
        new([(Tile(labels), counts)], [model], map.ToDictionary(m => m.From, m => m.To));

    private static LabelledTile Tile(params string[] names) => new()
    {
        Name = "tile",
        ClassNames = ["", .. names],
        OpenStack = () => throw new NotSupportedException(),
        OpenLabels = () => throw new NotSupportedException(),
        Files = [],
    };

    private static EvaluatedModel Model(params string[] classes) => new("model", "model.onnx", new ModelDescription
    {
        Name = "model.onnx",
        Sha256 = "",
        Bands = ["B02"],
        Classes = [.. classes.Select((c, i) => new MapClass(i + 1, c, new Rgb(1, 2, 3)))],
        WindowPixels = 256,
        BandMean = [0],
        BandStandardDeviation = [1],
        ReceptiveField = null,
        Unbounded = null,
        PeakActivationBytesPerPixel = 1,
        FileBytes = 1,
        Metadata = new Dictionary<string, string>(),
    });
}
