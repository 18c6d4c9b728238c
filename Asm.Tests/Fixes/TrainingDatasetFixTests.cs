using Asm.Tests.Support;
using Asm.Tests.Training.Datasets.Adapters;
using Asm.Training.Datasets;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of asm-train dataset.</summary>
public sealed class TrainingDatasetFixTests : TrainingTrial
{
    [Fact]
    [Fix("assign it: gdal_translate -a_srs EPSG:326zz IN OUT (and with -a_ullr WEST NORTH EAST SOUTH where it has no place either)")]
    public void Polygons_ask_for_a_stack_with_a_CRS()
    {
        Stack("s.tif", new(Side, Side, new(600_000, 700_020), 10, 10, null));
        Polygons("p.geojson", "mines", "built");
        string[] bands = ["--classes", "mines,built", "--bands", string.Join(',', Stacks.BandNames)];
        TrainFails(DatasetOf("set", "s.tif", "p.geojson", bands));
        Run("gdal_translate", "-a_srs", "EPSG:32630", PathOf("s.tif"), PathOf("placed.tif"));
        TrainWorks(DatasetOf("set", "placed.tif", "p.geojson", bands));
    }

    [Fact]
    [Fix("label some, leave the class out with {}, or give --allow-empty where other data sets have it")]
    [Fix("where the numbers of the labels count from 0, say so: --map {}; else label some, leave the class out with {}, or give --allow-empty where other data sets have it")]
    public void A_class_without_a_pixel_is_labelled_or_left_out_or_allowed()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 3);
        Assert.Contains("with --classes mines,vegetation --map 1=mines,3=vegetation, or", TrainFails(Dataset("set")), StringComparison.Ordinal);
        TrainWorks(Dataset("less", "--classes", "mines,vegetation", "--map", "1=mines,3=vegetation"));
        TrainWorks(Dataset("set", "--allow-empty"));
        Labels("more.tif", 1, 2);
        Assert.Contains("with --classes mines,built, or", TrainFails(DatasetOf("few", "s.tif", "more.tif")), StringComparison.Ordinal);
        TrainWorks(DatasetOf("few", "s.tif", "more.tif", "--classes", "mines,built"));
        Labels("zero.tif", 0, 1, 2);
        Assert.Contains("--map 0=mines,1=built,2=vegetation; else", TrainFails(DatasetOf("zero", "s.tif", "zero.tif")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("say what its numbers are: --map {} where they count from 0, or --map {} where 0 means no label")]
    public void Numbers_from_0_beside_another_no_data_are_mapped()
    {
        Stack("s.tif");
        SceneBuild.WriteRaster(PathOf("l.tif"), Stacks.Grid(Side, Side), [.. Enumerable.Range(0, Side * Side).Select(i => i switch { < 100 => (byte)0, < 300 => (byte)1, < 1000 => (byte)2, _ => (byte)255 })], 255);
        string said = TrainFails(Dataset("set", "--allow-empty"));
        Assert.Contains("l.tif: holds 0, declares 255 for no data and names no classes", said, StringComparison.Ordinal);
        Assert.Contains("--map 0=mines,1=built,2=vegetation where", said, StringComparison.Ordinal);
        Assert.Contains("--map 0=none,1=mines,2=built,3=vegetation where", said, StringComparison.Ordinal);
        TrainFails(Dataset("set", "--rest", "none"));
        TrainWorks(Dataset("set", "--map", "0=mines,1=built,2=vegetation"));
        Assert.Equal([100, 200, 700], Pixels("set"));
        TrainWorks(Dataset("none", "--allow-empty", "--map", "0=none,1=mines,2=built,3=vegetation"));
        Assert.Equal([200, 700, 0], Pixels("none"));
        Assert.Contains("--map \"0=open pits,1=built\" where", TrainFails(Dataset("named", "--classes", "open pits,built")), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("say which value is which class: --map VALUE=CLASS,..., or --rest CLASS for all values")]
    public void Masks_without_any_class_are_mapped()
    {
        SceneBuild.WriteImage(PathOf("x/img_a.tif"), Stacks.Grid(16, 16), 10);
        SceneBuild.WriteRaster(PathOf("y/mask_a.tif"), Stacks.Grid(16, 16), new byte[256]);
        string[] line = ["dataset", "x", "--layout", "pairs", "--labels", "y", "--classes", "forest"];
        TrainFails([.. line, "-o", "set"]);
        TrainWorks([.. line, "-o", "set", "--map", "0=forest"]);
        TrainWorks([.. line, "-o", "all", "--rest", "forest"]);
    }

    [Fact]
    [Fix("say which folder is a class: --map FOLDER=CLASS,...")]
    public void Chips_of_which_none_has_a_class_are_mapped()
    {
        SceneBuild.WriteImage(PathOf("c/Forest/1.tif"), Stacks.Grid(16, 16), 10);
        string[] line = ["dataset", "c", "--layout", "chips", "--classes", "vegetation", "--rest", "none", "-o", "set"];
        TrainFails(line);
        TrainWorks([.. line, "--map", "Forest=vegetation"]);
    }

    [Fact]
    [Fix("say which class they are: --map {} (or {}), or --rest none for all others")]
    public void Names_that_are_no_class_are_mapped_or_left_out()
    {
        Stack("s.tif");
        Polygons("p.geojson", "mines", "built", "river");
        string[] classes = ["--classes", "mines,built"];
        TrainFails(DatasetOf("set", "s.tif", "p.geojson", classes));
        TrainWorks(DatasetOf("set", "s.tif", "p.geojson", [.. classes, "--map", "river=built"]));
        TrainWorks(DatasetOf("none", "s.tif", "p.geojson", [.. classes, "--map", "river=none"]));
        TrainWorks(DatasetOf("rest", "s.tif", "p.geojson", [.. classes, "--rest", "none"]));
    }

    [Fact]
    [Fix("without --map numbers are class codes, 1 {} and so on; where they are not, say which class each number is: --map NUMBER=CLASS,..., and --rest none for all others")]
    [Fix("for example: --map 50=built,60=none")]
    [Fix("correct the name, or add it with --classes")]
    public void Numbers_are_mapped()
    {
        Stack("s.tif");
        Labels("l.tif", 50, 60);
        Labels("codes.tif", 1);
        TrainFails(Dataset("set", "--classes", "built"));
        TrainFails(Dataset("set", "--classes", "built", "--map", "50"));
        TrainWorks(Dataset("set", "--classes", "built", "--map", "50=built,60=none"));
        TrainWorks(Dataset("rest", "--classes", "built", "--map", "50=built", "--rest", "none"));
        TrainFails(Dataset("pits", "--classes", "built", "--map", "50=pit,60=none"));
        TrainWorks(Dataset("pits", "--classes", "pit", "--map", "50=pit,60=none"));
    }

    [Fact]
    [Fix("give a mask: gdal_translate -b 1 IN OUT")]
    public void One_band_is_cut_out_of_a_mask_of_several()
    {
        Stack("s.tif");
        SceneBuild.WriteImage(PathOf("l.tif"), Stacks.Grid(Side, Side), 2);
        string[] classes = ["--classes", "forest", "--map", "101=forest"];
        TrainFails(Dataset("set", classes));
        Run("gdal_translate", "-b", "1", PathOf("l.tif"), PathOf("one.tif"));
        TrainWorks(DatasetOf("set", "s.tif", "one.tif", classes));
    }

    [Fact]
    [Fix("name one, or one for each stack, with --labels")]
    public void Label_files_are_one_or_as_many_as_stacks()
    {
        foreach (string name in new[] { "a.tif", "b.tif", "c.tif" }) Stack(name);
        Labels("l.tif", 1, 2, 3);
        string[] line = ["dataset", "a.tif", "b.tif", "c.tif", "--patch", "16", "--patches", "2", "--no-preflight"];
        TrainFails([.. line, "-o", "set", "--labels", "l.tif", "l.tif"]);
        TrainWorks([.. line, "-o", "set", "--labels", "l.tif"]);
        TrainWorks([.. line, "-o", "each", "--labels", "l.tif", "l.tif", "l.tif"]);
    }

    [Fact]
    [Fix("give a larger --block, a smaller --patch, or --split scenes")]
    public void Patches_fit_into_blocks()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        TrainFails(Dataset("set", "--block", "100"));
        TrainWorks(Dataset("set", "--block", "640"));
        TrainWorks(Dataset("small", "--block", "100", "--patch", "4"));
        TrainWorks(Dataset("scenes", "--block", "100", "--split", "scenes"));
    }

    [Fact]
    [Fix("make blocks larger (--block), patches smaller (--patch), ask for fewer labels (--labelled), or share out otherwise (--seed)")]
    public void Patches_find_a_place()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3, 0);
        string[] blocks = ["--block", "170", "--labelled", "0.5"];
        TrainFails(Dataset("set", [.. blocks, "--seed", "2"]));
        TrainWorks(Dataset("set", "--block", "640", "--labelled", "0.5", "--seed", "2"));
        TrainWorks(Dataset("small", [.. blocks, "--seed", "2", "--patch", "4"]));
        TrainWorks(Dataset("otherwise", [.. blocks, "--seed", "1"]));
        TrainFails(Dataset("labels", "--labelled", "0.9"));
        TrainWorks(Dataset("labels", "--labelled", "0.7"));
    }

    [Fact]
    [Fix("give another name, or --overwrite to replace a data set")]
    [Fix("make the data set again with asm-train dataset")]
    [Fix("check the path, or make the data set again with asm-train dataset")]
    public void A_data_set_is_replaced_when_asked_for()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        TrainWorks(Dataset("set"));
        TrainFails(Dataset("set"));
        TrainWorks(Dataset("other"));
        File.WriteAllBytes(PathOf("set/labels.bin"), [1]);
        TrainFails("baseline", "sam", "set", "-o", "m.onnx");
        TrainWorks(Dataset("set", "--overwrite"));
        TrainWorks("baseline", "sam", "set", "-o", "m.onnx");
        File.WriteAllText(PathOf("set/dataset.json"), "{");
        TrainFails("baseline", "sam", "set", "-o", "again.onnx");
        TrainWorks(Dataset("set", "--overwrite"));
        TrainWorks("baseline", "sam", "set", "-o", "again.onnx");
    }

    [Fact]
    [Fix("split by whole scenes (--split scenes), or warp one: gdalwarp -t_srs {} IN OUT")]
    public void Scenes_of_one_place_are_in_one_system_or_split_as_a_whole()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        Run("gdalwarp", "-t_srs", "EPSG:32631", PathOf("s.tif"), PathOf("other.tif"));
        string[] Line(string output, string second) => ["dataset", "s.tif", second, "--labels", "l.tif", "--patch", "16", "--patches", "2", "--no-preflight", "-o", output];
        Assert.Contains("gdalwarp -t_srs EPSG:32630 IN OUT", TrainFails(Line("set", "other.tif")), StringComparison.Ordinal);
        TrainWorks([.. Line("scenes", "other.tif"), "--split", "scenes"]);
        Run("gdalwarp", "-t_srs", "EPSG:32630", PathOf("other.tif"), PathOf("back.tif"));
        TrainWorks(Line("set", "back.tif"));
    }

    [Fact]
    [Fix("name the bands in the file's order with `bands`, '-' for those not wanted; EuroSAT's 13 bands are B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A")]
    [Fix("give '-' for those that are not wanted")]
    public void Bands_without_a_name_are_named()
    {
        SceneBuild.WriteImage(PathOf("c/vegetation/1.tif"), Stacks.Grid(16, 16), 13);
        SceneBuild.WriteImage(PathOf("few/vegetation/1.tif"), Stacks.Grid(16, 16), 4);
        string[] Line(string folder, string output, params string[] more) => ["dataset", folder, "--layout", "chips", "--classes", "vegetation", "-o", output, .. more];
        TrainFails(Line("c", "set"));
        TrainWorks(Line("c", "set", "--bands", "B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A"));
        TrainFails(Line("few", "two", "--bands", "B02,B03"));
        TrainWorks(Line("few", "two", "--bands", "B02,-,B03,-"));
    }

    [Fact]
    [Fix("rename the columns, or name fewer bands with --bands")]
    [Fix("name the column with {}")]
    public void Columns_of_points_are_named()
    {
        string[] Line(string output, params string[] more) => ["dataset", "p.csv", "--layout", "points", "--classes", "mines", "--group-field", "id", "-o", output, .. more];
        File.WriteAllText(PathOf("p.csv"), "id,blue band,B03,kind\na,100,200,1\n");
        TrainFails(Line("set", "--bands", "B02,B03", "--class-field", "kind"));
        TrainWorks(Line("few", "--bands", "B03", "--class-field", "kind"));
        File.WriteAllText(PathOf("p.csv"), "id,B02,B03,kind\na,100,200,1\n");
        TrainFails(Line("set", "--bands", "B02,B03"));
        TrainWorks(Line("set", "--bands", "B02,B03", "--class-field", "kind"));
    }

    [Fact]
    [Fix("give --labels LABELS")]
    [Fix("give stacks, or another --layout")]
    [Fix("leave out --group-field")]
    [Fix("leave out {}")]
    public void Stacks_take_labels_and_nothing_of_other_layouts()
    {
        Stack("s.tif");
        Labels("l.tif", 1, 2, 3);
        string[] simulated = ["--size", "64", "--dates", "1", "--allow-empty", "--patch", "16", "--patches", "2"];
        TrainFails("dataset", "s.tif", "-o", "set");
        TrainFails(Dataset("set", "--group-field", "id"));
        TrainFails(Dataset("set", "--seeds", "1"));
        TrainWorks(Dataset("set"));
        TrainFails(["dataset", "-o", "made", .. simulated]);
        TrainWorks(["dataset", "-o", "made", "--layout", "simulated", .. simulated]);
    }

    [Fact]
    [Fix("give --labels FOLDER")]
    [Fix("leave out --area")]
    public void Pairs_take_a_folder_of_masks()
    {
        SceneBuild.WriteImage(PathOf("x/img_a.tif"), Stacks.Grid(16, 16), 10);
        SceneBuild.WriteRaster(PathOf("y/mask_a.tif"), Stacks.Grid(16, 16), [.. Enumerable.Repeat((byte)1, 256)]);
        string[] line = ["dataset", "x", "--layout", "pairs", "--classes", "forest", "-o", "set"];
        TrainFails(line);
        TrainFails([.. line, "--labels", "y", "--area", "a.gpkg"]);
        TrainWorks([.. line, "--labels", "y"]);
    }

    [Fact]
    [Fix("leave out --labels")]
    [Fix("name the column with --group-field COLUMN, or two with --group-field X,Y")]
    public void Points_take_the_column_of_their_place()
    {
        File.WriteAllText(PathOf("p.csv"), "id,east,north,B02,class\na,0,0,100,1\n");
        string[] line = ["dataset", "p.csv", "--layout", "points", "--classes", "mines", "--bands", "B02"];
        TrainFails([.. line, "-o", "set"]);
        TrainFails([.. line, "-o", "set", "--group-field", "id", "--labels", "l.tif"]);
        TrainWorks([.. line, "-o", "set", "--group-field", "id"]);
        TrainWorks([.. line, "-o", "squares", "--group-field", "east,north"]);
    }

    [Fact]
    [Fix("for example: --dates 3, or --dates 4-6")]
    [Fix("for example: --places 0:0,5000:0")]
    [Fix("for example: --seeds 1,2,3")]
    [Fix("for example: --size 640x480")]
    public void Simulated_scenes_take_numbers()
    {
        string[] line = ["dataset", "--layout", "simulated", "--allow-empty", "--patch", "16", "--patches", "2", "-o", "set"];
        TrainFails([.. line, "--dates", "6-4"]);
        TrainFails([.. line, "--places", "0"]);
        TrainFails([.. line, "--places", "0:0,0:0"]);
        TrainFails([.. line, "--seeds", "one"]);
        TrainFails([.. line, "--seeds", "1,1"]);
        TrainFails([.. line, "--size", "0"]);
        TrainWorks([.. line, "--size", "32", "--dates", "4-6", "--seeds", "1,2,3", "--places", "0:0,5000:0"]);
        TrainWorks([.. line, "--size", "32", "--dates", "3", "--overwrite"]);
        TrainWorks([.. line, "--size", "640x480", "--dates", "1", "--overwrite"]);
    }

    private long[] Pixels(string set) =>
        [.. Enumerable.Range(0, 3).Select(c => DatasetFiles.ReadManifest(PathOf(set)).LabelledPixels.Values.Sum(p => p[c]))];
}
