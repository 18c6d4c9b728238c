using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Cli;

public sealed class MaskOptionsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Mask(string name, double west, double south, double east, double north)
    {
        VectorFile.Write(_folder.File(name), Layer(Crs.Utm(30, north: true), ("lake", Box(west, south, east, north))));
        return _folder.File(name);
    }

    private static byte[] Read(string path)
    {
        using GeoTiffSource source = GeoTiffSource.Open(path);
        ushort[] samples = new ushort[source.Info.Grid.FullWindow.PixelCount];
        source.Read(source.Info.Grid.FullWindow, [0], samples.AsSpan());
        return [.. samples.Select(sample => (byte)(sample == 0 ? 0 : 1))];
    }

    [Fact]
    public void Prepare_burns_masks_each_with_its_own_buffer_and_says_so()
    {
        string stack = Stacks.Write(_folder.File("scene.tif"), 100, 80), output = _folder.File("masked.tif");
        string lake = Mask("lake.gpkg", 600_100, 699_800, 600_200, 699_900), far = Mask("far.geojson", 700_000, 600_000, 700_100, 600_100), pond = Mask("pond.gpkg", 600_500, 699_500, 600_510, 699_510);
        (int exit, _, string error) = AsmProgram.Run("prepare", stack, "-o", output, "--mask", lake, "--buffer", "0", "--mask", far, "--buffer", "0", "--mask", pond, "--buffer", "20");
        Assert.True(exit == 0, error);
        Assert.Contains("warning: the mask far.geojson does not meet", error, StringComparison.Ordinal);
        Assert.DoesNotContain("lake", error, StringComparison.Ordinal);
        byte[] data = Read(output);

        // The lake covers the centres of 10 x 10 pixels. The pond is one pixel; 20 m reach two more to each side, without the corners.
        Assert.Equal(100 + 21, data.Count(v => v == 0));
        using GeoTiffSource masked = GeoTiffSource.Open(output);
        Assert.Contains("lake.gpkg; far.geojson; pond.gpkg, buffer 20 m", masked.Info.Metadata["ASM_OPTIONS"], StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(pond))), masked.Info.Metadata["ASM_INPUTS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_leaves_masks_out_as_it_does_in_a_stack_that_was_prepared_with_them()
    {
        string model = Network.UNet(depth: 2, width: 4).Save(_folder.File("model.onnx"), window: 64), stack = Stacks.Write(_folder.File("scene.tif"), 100, 80), lake = Mask("lake.gpkg", 600_100, 699_800, 600_200, 699_900);
        Assert.Equal(0, AsmProgram.Run("prepare", stack, "-o", _folder.File("masked.tif"), "--mask", lake, "--buffer", "10").Exit);
        Assert.Equal(0, AsmProgram.Run("predict", _folder.File("masked.tif"), "-o", _folder.File("a"), "--model", model, "--no-cloud-rule").Exit);
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", _folder.File("b"), "--model", model, "--no-cloud-rule", "--mask", lake, "--buffer", "10");
        Assert.True(exit == 0, error);
        byte[] expected = Read(Path.Combine(_folder.File("a"), "masked.classes.tif"));
        Assert.Equal(expected, Read(Path.Combine(_folder.File("b"), "scene.classes.tif")));
        Assert.Equal(144, expected.Count(v => v == 0));
        using GeoTiffSource classes = GeoTiffSource.Open(Path.Combine(_folder.File("b"), "scene.classes.tif"));
        Assert.Contains("lake.gpkg, buffer 10 m", classes.Info.Metadata["ASM_OPTIONS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Real_coasts_and_mines_mask_a_scene()
    {
        string countries = SharedData.Require("vectors/natural-earth/ne_50m_ghana_and_neighbours.geojson"), mines = SharedData.Require("vectors/ghana-mining-detections/ghana-2024.geojson");
        Coordinate cape = VectorFile.Read(countries).To(Crs.Utm(30, north: true)).Features.Single(f => (string)f.Attributes["NAME"]! == "Ghana").Geometry.Coordinates.MinBy(c => c.Y)!;
        foreach ((string mask, string buffer, double x, double y) in new[] { (countries, "0", cape.X, cape.Y), (countries, "-100", cape.X, cape.Y), (mines, "20", 543_000, 602_600) })
        {
            var grid = new GeoGrid(60, 60, new(x - 300, y + 300), 10, 10, Crs.Utm(30, north: true));
            string stack = Stacks.Write(_folder.File("scene.tif"), 60, 60, grid), output = _folder.File("masked.tif");
            (int exit, _, string error) = AsmProgram.Run("prepare", stack, "-o", output, "--overwrite", "--mask", mask, "--buffer", buffer);
            Assert.True(exit == 0, error);
            Assert.Contains((byte)0, Read(output));
            Assert.Contains((byte)1, Read(output));
            File.Delete(stack);
        }
    }

    [Theory]
    [InlineData("is given 2 times for 1 masks", "--mask", "lake.gpkg", "--buffer", "1", "--buffer", "2")]
    [InlineData("is given 1 times for 0 masks", "--buffer", "1")]
    [InlineData("there is no such file", "--mask", "nowhere.gpkg")]
    [InlineData("roads", "--mask", "lake.gpkg", "--mask-layer", "roads")]
    public void Wrong_masks_are_refused(string expected, params string[] line)
    {
        Mask("lake.gpkg", 600_100, 699_800, 600_200, 699_900);
        string stack = Stacks.Write(_folder.File("scene.tif"), 32, 32);
        (int exit, _, string error) = AsmProgram.Run(["prepare", stack, "-o", _folder.File("out.tif"), .. line.Select(word => word.Contains('.', StringComparison.Ordinal) ? _folder.File(word) : word)]);
        Assert.Equal(1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("out.tif")));
    }
}
