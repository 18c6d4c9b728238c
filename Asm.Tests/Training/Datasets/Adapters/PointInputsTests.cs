using System.IO.Compression;
using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class PointInputsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Points_of_one_place_are_one_scene_and_a_missing_band_takes_the_label_away()
    {
        string path = Write("points.csv", "id;B2;B03;class\na;100;200;mines\nb;300;400.4;built\na;500;0;mines\nb;;700;built\nb;900;1000;3.0\n");
        (DatasetManifest manifest, _) = SceneBuild.Run(SceneBuild.Request(_folder.File("set")), PointInputs.List(path, Options("id")));
        Assert.Equal([("a", 2, 1, true), ("b", 3, 1, true)], manifest.Scenes.Select(s => (s.Name, s.Width, s.Height, s.Points)));
        using Dataset dataset = Dataset.Open(_folder.File("set"));
        Assert.Equal([100, 0, 200, 0], dataset.SampleRow(dataset.Manifest.Scenes[0], 0).ToArray());
        Assert.Equal([1, 0], dataset.LabelRow(dataset.Manifest.Scenes[0], 0).ToArray());
        Assert.Equal([300, 0, 900, 400, 0, 1000], dataset.SampleRow(dataset.Manifest.Scenes[1], 0).ToArray());
        Assert.Equal([2, 0, 3], dataset.LabelRow(dataset.Manifest.Scenes[1], 0).ToArray());
        Assert.Empty(manifest.Patches);
        Assert.DoesNotContain("preview.png", Directory.EnumerateFiles(_folder.File("set")).Select(Path.GetFileName));
    }

    [Fact]
    public void Dates_are_columns_and_squares_of_coordinates_are_places()
    {
        string path = Write("points.txt", "class blue_0 blue_1 green_0 green_1 x y\n1.0 1 2 3 4 0 0\n2.0 5 6 7 8 4999 -1\n2.0 9 10 11 12 4999 1\n");
        IReadOnlyList<SceneInput> scenes = PointInputs.List(path, Options("x", "y") with { BlockMetres = 5000 });
        Assert.Equal(["0_-1", "0_0"], scenes.Select(s => s.Name));
        using OpenScene open = scenes[1].Open(new());
        var samples = new ushort[8];
        open.Stack.Read<ushort>(new(0, 0, 4, 1), [0, 1], samples);
        Assert.Equal([1, 2, 9, 10, 3, 4, 11, 12], samples);
        Assert.Equal([1, 1, 2, 2], SceneBuild.Codes(open.Labels));
    }

    [Fact]
    public void A_compressed_table_reads_as_the_plain_one()
    {
        using (var gzip = new GZipStream(File.Create(_folder.File("points.csv.gz")), CompressionMode.Compress)) gzip.Write("id,B02,B03,class\na,1,2,1\n"u8);
        Assert.Equal(["a"], PointInputs.List(_folder.File("points.csv.gz"), Options("id")).Select(s => s.Name));
    }

    [Theory]
    [InlineData("id,B02,class\na,1,1\n", "no column for B03; its columns are: id, B02, class")]
    [InlineData("id,B02,B03,kind\na,1,2,1\n", "no column named class; its columns are: id, B02, B03, kind")]
    [InlineData("id,B02,B03,class\na,1,x,1\n", "cannot be read as a table of points")]
    [InlineData("id,B02,B03,class\na,1,2,water\nb,1,2,7\n", "values that are no class: 7, water")]
    [InlineData("id,B02,B2,B03,class\na,1,2,3,1\n", "more than one column for B02: B02, B2")]
    [InlineData("id,B02,B03,class\n", "holds no point")]
    [InlineData("", "")]
    public void A_table_that_cannot_be_used_is_refused(string table, string message) =>
        Assert.Contains(message, Assert.Throws<AsmException>(() => PointInputs.List(Write("points.csv", table), Options("id"))).Message, StringComparison.Ordinal);

    private static PointOptions Options(params string[] groups) => new() { Scheme = SceneBuild.Scheme(), GroupFields = groups, Bands = ["B02", "B03"] };

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
