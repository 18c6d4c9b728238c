using Asm.Tests.Support;
using Asm.Tests.Training.Evaluation;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of asm-train evaluate.</summary>
public sealed class TrainingEvaluationFixTests : TrainingTrial
{
    private static readonly string[] Three = ["mines", "built", "vegetation"];

    [Fact]
    [Fix("give a folder that asm-train dataset made, or --tile STACK.tif --labels LABELS.tif")]
    public void There_is_something_to_evaluate_on()
    {
        Tile("s", Three, 1, 2, 3);
        SmallDataset("set", "B02", "B03", "B04");
        TrainFails(Evaluate("out"));
        TrainWorks(Evaluate("out", "set", "--split", "validation"));
        TrainWorks(Evaluate("tile", "--tile", "s.tif", "--labels", "s-labels.tif"));
    }

    [Fact]
    [Fix("--map {}=CLASS to count it as another, or --map {}={} to count its pixels as wrong")]
    [Fix("--map {}=CLASS to count it as another, or --map {}={} to count it as never found")]
    [Fix("for example: --map urban=built")]
    public void Classes_of_one_side_only_are_mapped()
    {
        Tile("two", ["mines", "built"], 1, 2);
        Tile("four", [.. Three, "urban"], 1, 2, 3, 4);
        string[] two = ["--tile", "two.tif", "--labels", "two-labels.tif"], four = ["--tile", "four.tif", "--labels", "four-labels.tif"];
        TrainFails(Evaluate("out", two));
        TrainWorks(Evaluate("out", [.. two, "--map", "vegetation=built"]));
        TrainWorks(Evaluate("wrong", [.. two, "--map", "vegetation=vegetation"]));
        TrainFails(Evaluate("four", four));
        TrainFails(Evaluate("four", [.. four, "--map", "urban"]));
        TrainWorks(Evaluate("four", [.. four, "--map", "urban=built"]));
        TrainWorks(Evaluate("never", [.. four, "--map", "urban=urban"]));
    }

    [Fact]
    [Fix("name the values from 1 on with --classes, such as --classes mines,built,vegetation")]
    [Fix("name the class of every value with --classes, or correct the labels")]
    public void Values_have_names()
    {
        Tile("s", [], 1, 2, 3);
        string[] tile = ["--tile", "s.tif", "--labels", "s-labels.tif"];
        TrainFails(Evaluate("out", tile));
        TrainFails(Evaluate("out", [.. tile, "--classes", "mines,built"]));
        TrainWorks(Evaluate("out", [.. tile, "--classes", "mines,built,vegetation"]));
    }

    [Fact]
    [Fix("where they count from 0, make it so: gdal_calc.py -A {} --calc=A+1 --NoDataValue=0 --outfile=OUT.tif, and give OUT.tif with --classes {}; where 0 means no label: gdal_calc.py -A {} --calc=A --NoDataValue=0 --outfile=OUT.tif")]
    public void Codes_from_0_are_made_codes_from_1()
    {
        BrightestBand.SaveRaster(BrightestBand.Stack(4, 1, 2, 3, 1), PathOf("s.tif"));
        void Label(string name, string[]? names, params byte[] codes) =>
            Asm.Tests.Training.Datasets.Adapters.SceneBuild.WriteRaster(PathOf(name), Stacks.Grid(4, 1), codes, 255, names);
        string[] Line(string labels, params string[] more) => ["--tile", "s.tif", "--labels", labels, .. more];
        void Recode(string calculation, string from) =>
            Run("gdal_calc.py", "-A", PathOf(from), $"--calc={calculation}", "--NoDataValue=0", $"--outfile={PathOf("OUT.tif")}", "--overwrite");
        string[] classes = ["--classes", "mines,built,vegetation"];

        Label("zero.tif", null, 0, 1, 2, 255);
        string said = TrainFails(Evaluate("out", Line("zero.tif")));
        Assert.Contains("zero.tif: holds 0, declares 255 for no data and names no classes", said, StringComparison.Ordinal);
        Assert.Contains("gdal_calc.py -A zero.tif --calc=A+1 --NoDataValue=0 --outfile=OUT.tif, and give OUT.tif with --classes mines,built,vegetation;", said, StringComparison.Ordinal);
        TrainFails(Evaluate("out", Line("zero.tif", classes)));
        Recode("A+1", "zero.tif");
        TrainWorks(Evaluate("out", Line("OUT.tif", classes)));
        Assert.Equal([1, 1, 1], Right("out"));

        Label("none.tif", null, 0, 2, 3, 255);
        Assert.Contains("--calc=A --NoDataValue=0", TrainFails(Evaluate("none", Line("none.tif", classes))), StringComparison.Ordinal);
        Recode("A", "none.tif");
        TrainWorks(Evaluate("none", Line("OUT.tif", classes)));
        Assert.Equal([0, 1, 1], Right("none"));

        Label("named.tif", Three, 0, 1, 2, 255);
        Assert.Contains("counts its codes from 0 (mines)", TrainFails(Evaluate("named", Line("named.tif", classes))), StringComparison.Ordinal);
        Recode("A+1", "named.tif");
        TrainWorks(Evaluate("named", Line("OUT.tif", classes)));
        Assert.Equal([1, 1, 1], Right("named"));
    }

    // Labelled pixels of each class that were mapped as it.
    private long[] Right(string output) =>
        [.. File.ReadAllLines(PathOf($"{output}/evaluation.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[1] == "tile" && Three.Contains(cells[4]))
            .Select(cells => long.Parse(cells[7], System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    [Fix("join classes: --map FROM=TO,...")]
    public void Too_many_classes_are_joined()
    {
        Tile("s", [.. Enumerable.Range(1, 255).Select(i => $"c{i}")], 1, 2, 3);
        string[] tile = ["--tile", "s.tif", "--labels", "s-labels.tif"], kept = [.. Three.Concat(["c1", "c2", "c3"]).Select(c => $"{c}={c}")];
        TrainFails(Evaluate("out", [.. tile, "--map", string.Join(',', kept)]));
        TrainWorks(Evaluate("out", [.. tile, "--map", "mines=c1,built=c2,vegetation=c3"]));
    }

    [Fact]
    [Fix("for example: --group \"same radiometry\"=ghana-1,ghana-2")]
    [Fix("name them: --tile NAME=PATH")]
    [Fix("name them: --model NAME=PATH")]
    public void Tiles_and_models_have_names_of_their_own()
    {
        Directory.CreateDirectory(PathOf("a"));
        Directory.CreateDirectory(PathOf("b"));
        Tile("a/s", Three, 1, 2, 3);
        Tile("b/s", Three, 1, 2, 3);
        BrightestBand.Save(PathOf("a/m.onnx"));
        string[] labels = ["--labels", "a/s-labels.tif", "--labels", "b/s-labels.tif"];
        string[] Named(string first, string second) => ["--tile", $"{first}a/s.tif", "--tile", $"{second}b/s.tif", .. labels];
        TrainFails(Evaluate("out", Named("", "")));
        TrainFails(Evaluate("out", [.. Named("ghana-1=", "ghana-2="), "--group", "ghana-1,ghana-2"]));
        TrainWorks(Evaluate("out", [.. Named("ghana-1=", "ghana-2="), "--group", "same radiometry=ghana-1,ghana-2"]));
        TrainFails(Evaluate("models", [.. Named("x=", "y="), "--model", "a/m.onnx"]));
        TrainWorks(Evaluate("models", [.. Named("x=", "y="), "--model", "second=a/m.onnx"]));
    }

    [Fact]
    [Fix("rename one of the folders")]
    public void Data_sets_have_names_of_their_own()
    {
        foreach (string folder in new[] { "a/set", "b/set" }) SmallDataset(folder, "B02", "B03", "B04");
        TrainFails(Evaluate("out", "a/set", "b/set", "--split", "validation"));
        Directory.Move(PathOf("b/set"), PathOf("b/other"));
        TrainWorks(Evaluate("out", "a/set", "b/other", "--split", "validation"));
    }

    [Fact]
    [Fix("give another name, or --overwrite to replace an evaluation")]
    [Fix("give another name")]
    [Fix("give another folder with -o")]
    public void An_evaluation_is_replaced_when_asked_for_and_nothing_else_is()
    {
        Tile("s", Three, 1, 2, 3);
        string[] tile = ["--tile", "s.tif", "--labels", "s-labels.tif"];
        TrainWorks(Evaluate("out", tile));
        TrainFails(Evaluate("out", tile));
        TrainWorks(Evaluate("out", [.. tile, "--overwrite"]));
        Directory.CreateDirectory(PathOf("own"));
        File.WriteAllText(PathOf("own/letter.txt"), "mine");
        Assert.DoesNotContain("--overwrite", TrainFails(Evaluate("own", tile)), StringComparison.Ordinal);
        TrainWorks(Evaluate("another", tile));
        File.WriteAllText(PathOf("another/letter.txt"), "mine");
        TrainFails(Evaluate("another", [.. tile, "--overwrite"]));
        Assert.Equal("mine", File.ReadAllText(PathOf("another/letter.txt")));
        TrainFails(Evaluate("own/letter.txt/out", tile));
        TrainWorks(Evaluate("own/out", tile));
    }

    [Fact]
    [Fix("count other labels: --split train, or --split validation, or --split test")]
    [Fix("compare models of single pixels, which asm-train baseline makes")]
    public void Labels_of_the_split_are_compared()
    {
        SmallDataset("set", "B02", "B03", "B04");
        TrainFails(Evaluate("out", "set"));
        TrainWorks(Evaluate("out", "set", "--split", "train"));
        File.WriteAllText(PathOf("p.csv"), "id,B02,B03,B04,class\na,100,200,300,1\na,300,200,100,2\n");
        TrainWorks("dataset", "p.csv", "--layout", "points", "--classes", "mines,built", "--bands", "B02,B03,B04", "--group-field", "id", "-o", "points");
        BrightestBand.SaveBlurred(PathOf("blurred.onnx"));
        TrainFails("evaluate", "points", "--split", "train", "-m", "blurred.onnx", "-o", "single");
        TrainWorks("baseline", "sam", "points", "-o", "sam.onnx");
        TrainWorks("evaluate", "points", "--split", "train", "-m", "sam.onnx", "-o", "single");
    }

    [Fact]
    [Fix("make a data set of stack and polygons, and give that: asm-train dataset STACK.tif --labels {}{} -o DIR")]
    public void Polygons_become_a_data_set()
    {
        Stack("s.tif");
        Polygons("p.geojson", "mines", "built", "vegetation");
        Assert.Contains("--labels p.geojson --test-scenes '*' -o DIR", TrainFails(Evaluate("out", "--tile", "s.tif", "--labels", "p.geojson")), StringComparison.Ordinal);
        TrainWorks("dataset", "s.tif", "--labels", "p.geojson", "--no-preflight", "--test-scenes", "*", "-o", "set");
        TrainWorks(Evaluate("out", "set"));
        TrainFails("baseline", "sam", "--stack", "s.tif", "--labels", "p.geojson", "-o", "sam.onnx");
        TrainWorks("dataset", "s.tif", "--labels", "p.geojson", "--no-preflight", "-o", "train");
        TrainWorks("baseline", "sam", "train", "-o", "sam.onnx");
    }

    private string[] Evaluate(string output, params string[] more)
    {
        if (!File.Exists(PathOf("m.onnx"))) BrightestBand.Save(PathOf("m.onnx"));
        return ["evaluate", .. more, "-m", "m.onnx", "-o", output, "--no-pictures"];
    }

    // A tile NAME.tif with its labels NAME-labels.tif, of which the model finds the first three classes as they are.
    private void Tile(string name, string[] classes, params byte[] codes)
    {
        byte[] found = [.. codes.Select(c => (byte)Math.Min((int)c, 3))];
        BrightestBand.SaveRaster(BrightestBand.Stack(codes.Length, found), PathOf($"{name}.tif"));
        if (classes.Length > 0) BrightestBand.SaveRaster(BrightestBand.Labels(codes.Length, classes, codes), PathOf($"{name}-labels.tif"));
        else SaveNameless(name, codes);
    }

    private void SaveNameless(string name, byte[] codes) =>
        Asm.Tests.Training.Datasets.Adapters.SceneBuild.WriteRaster(PathOf($"{name}-labels.tif"), Stacks.Grid(codes.Length, 1), codes, 0);
}
