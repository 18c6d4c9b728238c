using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Inference.Preparation;

public sealed class StackExtentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static (GeoGrid Grid, ushort[] Samples) Prepare(PrepareStage options)
    {
        (options with { Overwrite = true }).Run();
        using GeoTiffSource stack = GeoTiffSource.Open(options.OutputPath);
        return (stack.Info.Grid, Jp2.ReadAll<ushort>(stack));
    }

    private PrepareStage Options() => new() { Sources = [SafeFolder.WriteFlat(_folder.File("scene"))], OutputPath = _folder.File("stack.tif") };

    [Fact]
    public void A_rectangle_cuts_out_every_pixel_that_it_meets_as_it_is_in_the_whole_stack()
    {
        PrepareStage options = Options();
        (_, ushort[] whole) = Prepare(options);
        (GeoGrid grid, ushort[] part) = Prepare(options with { Bounds = new(600_101, 699_849, 600_200, 699_980) });
        Assert.True(grid.IsSameAs(new GeoGrid(10, 14, new(600_100, 699_980), 10, 10, Crs.Utm(30, north: true))), grid.ToString());
        for (int band = 0; band < 10; band++)
            for (int row = 0; row < 14; row++)
                Assert.Equal(whole.AsSpan(band * 2400 + (row + 4) * 60 + 10, 10), part.AsSpan(band * 140 + row * 10, 10));
    }

    [Fact]
    public void Polygons_cut_out_their_box_and_what_lies_outside_of_them_is_no_data()
    {
        PrepareStage options = Options();
        (_, ushort[] whole) = Prepare(options);
        var area = new PolygonMask(Layer(Crs.Utm(30, north: true), ("a", Box(600_020, 699_980, 600_040, 700_000)), ("b", Box(600_050, 699_990, 600_060, 700_000))));
        (GeoGrid grid, ushort[] part) = Prepare(options with { Area = area });
        Assert.True(grid.IsSameAs(new GeoGrid(4, 2, new(600_020, 700_000), 10, 10, Crs.Utm(30, north: true))), grid.ToString());
        for (int i = 0; i < 8; i++) Assert.Equal(i is 2 or 6 or 7 ? 0 : whole[(2 + i / 4) * 60 + 2 + i % 4], part[i]);
    }

    [Fact]
    public void What_does_not_meet_the_scene_is_refused_with_its_bounds()
    {
        PrepareStage options = Options();
        var error = Assert.Throws<AsmException>(() => (options with { Bounds = new(0, 0, 10, 10) }).Run());
        Assert.Contains("does not meet 0,0,10,10; it covers 600000,699620,600600,700020 in EPSG:32630", error.Message, StringComparison.Ordinal);
        var area = new PolygonMask(Layer(Crs.Wgs84, ("a", Box(10, 10, 11, 11))));
        Assert.Contains("does not meet", Assert.Throws<AsmException>(() => (options with { Area = area }).Run()).Message, StringComparison.Ordinal);
        Assert.Equal(["scene"], _folder.Names);
    }

    [Theory]
    [InlineData(0, 0, 5, 5, 0, 0, 5, 5)]
    [InlineData(0.0005, 0.0005, 5.0005, 5.0005, 0, 0, 5, 5)]
    [InlineData(-7, 2.5, 2.5, 90, 0, 2, 3, 8)]
    [InlineData(9.5, 9.5, 20, 20, 9, 9, 1, 1)]
    public void Windows_cover_what_a_rectangle_meets(double left, double top, double right, double bottom, int column, int row, int width, int height)
    {
        var grid = new GeoGrid(10, 10, new(100, 200), 2, 2, null);
        Assert.Equal(new PixelWindow(column, row, width, height), CroppedSource.Covering(grid, new(100 + 2 * left, 200 - 2 * bottom, 100 + 2 * right, 200 - 2 * top)));
    }
}
