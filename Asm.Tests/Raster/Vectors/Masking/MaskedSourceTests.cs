using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Raster.Vectors.Masking;

public sealed class MaskedSourceTests
{
    private static readonly GeoGrid Grid = new(6, 4, new(600_000, 700_000), 10, 10, Crs.Utm(30, north: true));

    private static MemoryRaster<ushort> Ones(GeoGrid? grid = null) =>
        new(grid ?? Grid, [new() { NoData = 0 }, new()], [.. Enumerable.Repeat((ushort)1, 2 * (int)(grid ?? Grid).FullWindow.PixelCount)]);

    private static string Mask(IRasterSource source)
    {
        byte[] valid = new byte[source.Info.Grid.FullWindow.PixelCount];
        source.ReadMask(source.Info.Grid.FullWindow, valid);
        return string.Join(' ', valid.Chunk(source.Info.Grid.Width).Select(row => string.Concat(row)));
    }

    [Fact]
    public void Pixels_whose_centres_lie_inside_are_not_valid()
    {
        using var masked = new MaskedSource(Ones(), [Box(600_014, 699_964, 600_036, 699_986), Box(600_054, 699_990, 600_100, 700_100)]);
        Assert.Equal("111110 100011 100011 100011", Mask(masked));
        ushort[] samples = new ushort[48];
        masked.Read(Grid.FullWindow, [0, 1], samples.AsSpan());
        Assert.All(samples, sample => Assert.Equal(1, sample));
    }

    [Fact]
    public void Burned_samples_are_nodata_in_the_bands_that_have_it()
    {
        using var masked = new MaskedSource(Ones(), [Box(600_014, 699_964, 600_036, 699_986)], burn: true);
        ushort[] samples = new ushort[8];
        masked.Read(new PixelWindow(1, 1, 4, 1), [1, 0], samples.AsSpan());
        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 1], samples);
    }

    [Theory]
    [InlineData(0, "111111 110111 111111 111111")]
    [InlineData(9, "110111 100011 110111 111111")]
    [InlineData(-4, "111111 111111 111111 111111")]
    public void Masks_grow_and_shrink(double buffer, string expected)
    {
        var mask = new PolygonMask(Layer(Grid.Crs!, ("pond", Box(600_022, 699_982, 600_028, 699_988))), buffer);
        using IRasterSource masked = MaskedSource.Wrap(Ones(), [mask]);
        Assert.Equal(expected, Mask(masked));
    }

    [Fact]
    public void A_coast_in_degrees_grows_by_metres()
    {
        // A line along the western edge, 200 km beyond on either side; 25 m reach the centres of the first two columns.
        CoordinateTransform toDegrees = CoordinateTransform.Between(Grid.Crs!, Crs.Wgs84);
        Coordinate[] coast = [.. Enumerable.Range(-20, 41).Select(i => toDegrees.Transform(new(600_000, 700_000 + 10_000.0 * i))).Select(p => new Coordinate(p.X, p.Y))];
        var mask = new PolygonMask(Layer(Crs.Wgs84, ("coast", new GeometryFactory().CreateLineString(coast))), 20);
        using IRasterSource masked = MaskedSource.Wrap(Ones(), [mask]);
        Assert.Equal("001111 001111 001111 001111", Mask(masked));
        Assert.Contains("row 1 is or holds a LineString", Assert.Throws<AsmException>(() => new PolygonMask(mask.Shapes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_elsewhere_leaves_the_raster_as_it_is_even_where_it_has_no_place_in_its_system()
    {
        var mask = new PolygonMask(Layer(Crs.Wgs84, ("pacific", Box(160, -20, 170, -10)), ("pole", Box(-180, -90, 180, -80))), 1000);
        MemoryRaster<ushort> source = Ones();
        Assert.Empty(mask.On(Grid));
        Assert.Same(source, MaskedSource.Wrap(source, [mask]));
    }

    [Fact]
    public void An_empty_layer_and_a_raster_without_CRS_are_refused()
    {
        Assert.Contains("has no shape", Assert.Throws<AsmException>(() => new PolygonMask(Layer(Crs.Wgs84))).Message, StringComparison.Ordinal);
        var mask = new PolygonMask(Layer(Crs.Wgs84, ("a", Box(0, 0, 1, 1))));
        Assert.Contains("has no coordinate reference system, so the polygons have no place in it", Assert.Throws<AsmException>(() => MaskedSource.Wrap(Ones(new GeoGrid(6, 4, new(0, 0), 10, 10, null)), [mask])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_of_any_height_are_masked_alike()
    {
        var random = new Random(2);
        var grid = new GeoGrid(97, 201, new(600_000, 700_000), 10, 10, Grid.Crs);
        using var masked = new MaskedSource(Ones(grid), [.. Enumerable.Range(0, 30).Select(_ => Star(random, 600_000 + 970 * random.NextDouble(), 700_000 - 2010 * random.NextDouble(), 150, 12))]);
        byte[] whole = new byte[97 * 201], part = new byte[97 * 201];
        masked.ReadMask(grid.FullWindow, whole);
        for (int row = 0; row < 201; row += 7) masked.ReadMask(new(0, row, 97, Math.Min(7, 201 - row)), part.AsSpan(row * 97));
        Assert.Equal(whole, part);
        Assert.InRange(whole.Count(v => v == 0), 1000, 15_000);
    }
}
