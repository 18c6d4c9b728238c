using System.Text;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class StackInputsTests : IDisposable
{
    private static readonly GeoGrid Grid = SmallScenes.Grid(8, 6);
    private readonly TempFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Polygons_are_burned_where_pixel_centres_lie_and_overlaps_of_two_classes_carry_no_label()
    {
        string labels = Polygons(("mines", 0, 0, 4, 4), ("built", 3, 3, 7, 5), ("mines", 1, 1, 5, 2));
        (DatasetManifest manifest, byte[] codes) = Build(labels, Options());
        Assert.Equal("""
            11110000
            11111000
            11110000
            11102220
            00022220
            00000000
            """, Text(codes));
        Assert.Equal([16, 7, 0], manifest.LabelledPixels["train"]);
        Assert.Equal([$"{labels}: 1 pixels of {_folder.File("stack.tif")} lie in polygons of different classes; they carry no label", "no pixel of vegetation"], _warnings.Where(w => !w.Contains("split", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_rest_of_an_area_is_a_class_and_none_makes_holes()
    {
        string labels = Polygons(("mines", 0, 0, 2, 2), ("unsure", 4, 0, 6, 2)), area = _folder.File("area.geojson");
        File.Move(Polygons(("x", 0, 0, 7, 4)), area, overwrite: true);
        labels = Polygons(("mines", 0, 0, 2, 2), ("unsure", 4, 0, 6, 2));
        (_, byte[] codes) = Build(labels, Options("vegetation", "unsure=none") with { Area = area });
        Assert.Equal("""
            11330030
            11330030
            33333330
            33333330
            00000000
            00000000
            """, Text(codes));
    }

    [Fact]
    public void A_map_of_coarser_pixels_in_degrees_is_warped_and_written_beside()
    {
        GeoGrid degrees = GridProjection.Project(SmallScenes.Grid(8, 6), Crs.Wgs84, 0.0002);
        string labels = SceneBuild.WriteRaster(_folder.File("cover.tif"), degrees, [.. Enumerable.Repeat((byte)50, degrees.Width * degrees.Height)], noData: 0);
        (DatasetManifest manifest, byte[] codes) = Build(labels, Options("none", "50=built"));
        Assert.Equal([0, 48, 0], manifest.LabelledPixels["train"]);
        Assert.All(codes, c => Assert.Equal(2, c));
        using GeoTiffSource beside = GeoTiffSource.Open(Path.Combine(_folder.File("set"), "labels", "stack.tif"));
        Assert.True(beside.Info.Grid.IsSameAs(Grid));
        Assert.Equal(["not labelled", "mines", "built", "vegetation"], beside.Info.ClassNames);
        Assert.All(SceneBuild.Codes(beside), c => Assert.Equal(2, c));
    }

    [Fact]
    public void A_mask_on_the_stacks_grid_is_taken_as_it_is()
    {
        string labels = SceneBuild.WriteRaster(_folder.File("mask.tif"), Grid, [.. Enumerable.Range(0, 48).Select(i => i % 4)], noData: 3);
        (DatasetManifest manifest, _) = Build(labels, Options(null, "0=none", "1=mines", "2=built"));
        Assert.Equal([12, 12, 0], manifest.LabelledPixels["train"]);
        Assert.False(Directory.Exists(Path.Combine(_folder.File("set"), "labels")));
    }

    [Fact]
    public void Zeros_beside_another_no_data_are_refused_where_nothing_says_what_they_are()
    {
        int at = 0;
        string Write(double? noData, string[]? names, params int[] codes) =>
            SceneBuild.WriteRaster(_folder.File($"mask{at++}.tif"), Grid, [.. Enumerable.Range(0, 48).Select(i => codes[i % codes.Length])], noData, names);
        long[] Pixels(string labels, LabelOptions options) => Build(labels, options).Manifest.LabelledPixels["train"];

        string zero = Write(255, null, 0, 1, 2, 255);
        foreach (LabelOptions options in new[] { Options(), Options("none") })
            Assert.Contains("holds 0, declares 255 for no data and names no classes", Assert.Throws<AsmException>(() => Build(zero, options)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("set")));
        Assert.Equal([12, 12, 12], Pixels(zero, Options(null, "0=mines", "1=built", "2=vegetation")));
        Assert.Equal([12, 12, 12], Pixels(Write(255, ["mines", "built", "vegetation"], 0, 1, 2, 255), Options()));
        Assert.Equal([16, 16, 0], Pixels(Write(255, ["", "mines", "built"], 0, 1, 2), Options()));
        Assert.Equal([16, 16, 16], Pixels(Write(255, null, 1, 2, 3), Options()));
        Assert.Equal([12, 12, 12], Pixels(Write(0, null, 0, 1, 2, 3), Options()));
        Assert.Equal([12, 12, 12], Pixels(Write(null, null, 0, 1, 2, 3), Options()));
    }

    [Fact]
    public void Names_in_a_class_map_go_before_numbers()
    {
        string labels = SceneBuild.WriteRaster(_folder.File("mask.tif"), Grid, [.. Enumerable.Repeat((byte)1, 48)], noData: 0, classNames: ["", "built"]);
        Assert.Equal([0, 48, 0], Build(labels, Options()).Manifest.LabelledPixels["train"]);
    }

    [Fact]
    public void Values_that_are_no_class_are_named_with_the_option()
    {
        string raster = SceneBuild.WriteRaster(_folder.File("mask.tif"), Grid, [.. Enumerable.Range(0, 48).Select(i => (short)(i % 3 == 0 ? 70 : i % 3 == 1 ? 9 : -5))]);
        Assert.Equal($"{raster}: values that are no class: -5, 70, 9\n  expected: mines, built, vegetation, or the codes 1 to 3\n  fix: without --map numbers are class codes, 1 mines and so on; where they are not, say which class each number is: --map NUMBER=CLASS,..., and --rest none for all others",
            Assert.Throws<AsmException>(() => Build(raster, Options())).Message);
        string polygons = Polygons(("pit", 0, 0, 2, 2));
        Assert.StartsWith($"{polygons}, field class: values that are no class: pit\n", Assert.Throws<AsmException>(() => Build(polygons, Options())).Message, StringComparison.Ordinal);
        Assert.Contains("has no field named 'kind'; its fields are: class", Assert.Throws<AsmException>(() => Build(polygons, Options() with { ClassField = "kind" })).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("set", _folder.Names);
    }

    [Fact]
    public void Numbers_of_a_land_cover_are_not_taken_for_codes_and_the_rest()
    {
        string raster = SceneBuild.WriteRaster(_folder.File("cover.tif"), Grid, [.. Enumerable.Range(0, 48).Select(i => (byte)(i % 9 + 1))]);
        Assert.StartsWith($"{raster}: values that are no class: 4, 5, 6, 7, 8, 9\n", Assert.Throws<AsmException>(() => Build(raster, Options("none"))).Message, StringComparison.Ordinal);
        Assert.Equal([0, 6, 0], Build(raster, Options("none", "1=built")).Manifest.LabelledPixels["train"]);
    }

    [Fact]
    public void Polygons_that_cover_each_other_everywhere_are_an_error_that_says_so()
    {
        string labels = Polygons(("mines", 0, 0, 4, 4), ("built", 0, 0, 4, 4));
        Assert.Equal($"{labels}: not one labelled pixel of stack, as polygons of different classes cover each other on 16 pixels\n  expected: ground that one class alone claims\n  fix: draw the polygons so that they do not overlap",
            Assert.Throws<AsmException>(() => Build(labels, Options())).Message);
    }

    [Fact]
    public void Labels_of_another_place_are_an_error_that_says_where_both_lie()
    {
        string message = Assert.Throws<AsmException>(() => Build(Polygons(("mines", 100, 0, 102, 2)), Options())).Message;
        Assert.Contains("it lies at -2.0868 to -2.0867 east, 6.3319 to 6.3321 north\n  expected: labels inside of", message, StringComparison.Ordinal);
        Assert.Contains("which lies at -2.0959 to -2.0952 east, 6.3315 to 6.3321 north", message, StringComparison.Ordinal);
        string raster = SceneBuild.WriteRaster(_folder.File("mask.tif"), SmallScenes.Grid(8, 6, x: 900_000), [.. Enumerable.Repeat((byte)1, 48)]);
        Assert.Contains("labels inside of", Assert.Throws<AsmException>(() => Build(raster, Options())).Message, StringComparison.Ordinal);
        // inside of the rectangle, but between the centres of pixels
        Assert.Contains("not one labelled pixel of stack", Assert.Throws<AsmException>(() => Build(Polygons(("mines", 1.6, 1.6, 1.9, 1.9)), Options())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Some_polygons_outside_are_a_warning_and_an_empty_file_is_an_error()
    {
        Build(Polygons(("mines", 0, 0, 2, 2), ("built", 50, 50, 60, 60)), Options());
        Assert.Contains(_warnings, w => w.EndsWith("1 of 2 polygons lie outside of " + _folder.File("stack.tif"), StringComparison.Ordinal));
        Assert.Contains("it holds no polygon", Assert.Throws<AsmException>(() => Build(Polygons(), Options())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_one_file_for_all_stacks_or_one_for_each()
    {
        string[] stacks = ["a.tif", "b.tif", "c.tif"];
        Assert.Contains("2 label files for 3 stacks", Assert.Throws<AsmException>(() => StackInputs.List(stacks, ["x.tif", "y.tif"], Options(), null, new StackRadiometry())).Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], StackInputs.List(stacks, ["x.tif"], Options(), null, new StackRadiometry()).Select(s => s.Name));
        Assert.Equal(["1_stack", "2_stack", "other"], StackInputs.List(["1/stack.tif", "2/stack.tif", "other.tif"], ["x.tif"], Options(), null, new StackRadiometry()).Select(s => s.Name));
    }

    private LabelOptions Options(string? rest = null, params string[] map) => new() { Scheme = SceneBuild.Scheme(rest, map), Warn = _warnings.Add };

    // The labels that were stored, pixel for pixel.
    private (DatasetManifest Manifest, byte[] Codes) Build(string labels, LabelOptions options)
    {
        string stack = _folder.File("stack.tif"), set = _folder.File("set");
        if (!File.Exists(stack)) Stacks.Write(stack, Grid.Width, Grid.Height, Grid);
        if (Directory.Exists(set)) Directory.Delete(set, recursive: true);
        DatasetRequest request = SceneBuild.Request(set, options.Scheme);
        (DatasetManifest manifest, string[] warnings) = SceneBuild.Run(request with { Options = request.Options with { ValidationShare = 0, TestShare = 0 } }, StackInputs.List([stack], [labels], options, null, new StackRadiometry()));
        _warnings.AddRange(warnings);
        return (manifest, File.ReadAllBytes(Path.Combine(set, "labels.bin")));
    }

    // Rectangles in pixels of the stack, written in degrees.
    private string Polygons(params (string Class, double Left, double Top, double Right, double Bottom)[] boxes)
    {
        CoordinateTransform toDegrees = CoordinateTransform.Between(Grid.Crs!, Crs.Wgs84);
        var text = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        text.AppendJoin(',', boxes.Select(b =>
        {
            (double X, double Y)[] ring = [(b.Left, b.Top), (b.Right, b.Top), (b.Right, b.Bottom), (b.Left, b.Bottom), (b.Left, b.Top)];
            string corners = string.Join(',', ring.Select(p => toDegrees.Transform(Grid.ToMap(p.X, p.Y))).Select(p => FormattableString.Invariant($"[{p.X:R},{p.Y:R}]")));
            return $$$"""{"type":"Feature","properties":{"class":"{{{b.Class}}}"},"geometry":{"type":"Polygon","coordinates":[[{{{corners}}}]]}}""";
        }));
        string path = _folder.File("polygons.geojson");
        File.WriteAllText(path, text.Append("]}").ToString());
        return path;
    }

    private static string Text(byte[] codes) => string.Join('\n', codes.Chunk(Grid.Width).Select(r => string.Concat(r)));
}
