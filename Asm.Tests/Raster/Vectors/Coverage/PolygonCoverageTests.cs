using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Burning;
using Asm.Raster.Vectors.Coverage;
using NetTopologySuite.Geometries;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Raster.Vectors.Coverage;

public sealed class PolygonCoverageTests
{
    private static readonly GeoGrid Small = new(4, 4, new(0, 40), 10, 10, null);

    [Fact]
    public void A_square_shifted_by_half_a_pixel_covers_quarters_halves_and_wholes()
    {
        double[] expected =
        [
            .25, .5, .25, 0,
            .5, 1, .5, 0,
            .25, .5, .25, 0,
            0, 0, 0, 0,
        ];
        Assert.Equal(expected, ShareRaster.Of(Small, Box(5, 15, 25, 35)));
    }

    [Fact]
    public void A_triangle_and_a_hole_are_cut_as_by_hand()
    {
        double[] triangle =
        [
            0, 0, 0, 0,
            0, 0, 0, 0,
            .5, 0, 0, 0,
            1, .5, 0, 0,
        ];
        Assert.Equal(triangle, ShareRaster.Of(Small, Wkt("POLYGON ((0 0, 20 0, 0 20, 0 0))")));
        double[] holed = ShareRaster.Of(Small, Wkt("POLYGON ((0 0, 40 0, 40 40, 0 40, 0 0), (12 12, 12 15, 15 15, 15 12, 12 12))"));
        Assert.Equal(.91, holed[9], 1e-15);
        Assert.Equal(15, holed.Count(share => share == 1));
    }

    [Theory]
    [InlineData(PixelCoverage.Exact)]
    [InlineData(PixelCoverage.Centre)]
    public void Five_by_five_pixels_of_ten_by_ten_are_25(PixelCoverage rule)
    {
        var grid = new GeoGrid(10, 10, new(0, 100), 10, 10, null);
        double[] shares = ShareRaster.Of(grid, Box(20, 30, 70, 80), rule);
        Assert.Equal(25, shares.Count(share => share == 1));
        Assert.Equal(25, shares.Sum());
    }

    [Fact]
    public void Level_edges_through_many_pixels_leave_them_alike()
    {
        var grid = new GeoGrid(100, 3, new(0, 30), 10, 10, null);
        double[] shares = ShareRaster.Of(grid, Wkt("POLYGON ((5 2.5, 995 2.5, 995 27.5, 5 27.5, 5 2.5), (105 12.5, 105 17.5, 905 17.5, 905 12.5, 105 12.5))"));
        Assert.Equal([.375, .75, .75], shares[..3]);
        Assert.Equal([.75, .5, .5], shares[110..113]);
        Assert.Equal((990 * 25 - 800 * 5) / 100.0, shares.Sum(), 1e-12);
    }

    [Fact]
    public void The_direction_of_rings_does_not_matter()
    {
        Geometry shape = Wkt("POLYGON ((3 3, 37 5, 31 38, 6 33, 3 3), (15 15, 25 14, 24 26, 15 15))");
        Assert.Equal(ShareRaster.Of(Small, shape).Select(s => Math.Round(s, 12)), ShareRaster.Of(Small, shape.Reverse()).Select(s => Math.Round(s, 12)));
    }

    [Fact]
    public void Shares_are_the_areas_of_intersections()
    {
        var random = new Random(3);
        var grid = new GeoGrid(31, 23, new(500_000.3, 600_000.7), 10, 7, null);
        for (int i = 0; i < 30; i++)
        {
            // Some reach beyond the grid on each side, some are smaller than a pixel.
            double x = 500_000 + random.NextDouble() * 310, y = 600_000 - random.NextDouble() * 161, radius = Math.Pow(10, 0.2 + 2.1 * random.NextDouble());
            Geometry shape = Star(random, x, y, radius, 3 + random.Next(40));
            if (i % 2 == 0) shape = shape.Difference(Star(random, x, y, radius / 2, 9));
            if (i % 5 == 0) shape = shape.Union(Star(random, x + 120, y, radius, 20));
            double[] shares = ShareRaster.Of(grid, shape);
            double covered = 0;
            for (int row = 0; row < grid.Height; row++)
                for (int column = 0; column < grid.Width; column++)
                {
                    (MapPoint topLeft, MapPoint bottomRight) = (grid.ToMap(column, row), grid.ToMap(column + 1, row + 1));
                    double expected = Box(topLeft.X, bottomRight.Y, bottomRight.X, topLeft.Y).Intersection(shape).Area / 70;
                    Assert.Equal(expected, shares[row * grid.Width + column], 1e-9);
                    covered += expected;
                }
            Assert.Equal(1, (1e-6 + shares.Sum()) / (1e-6 + covered), 1e-9);
        }
    }

    [Fact]
    public void Neighbours_share_pixels_without_gap_or_overlap()
    {
        var random = new Random(9);
        var grid = new GeoGrid(150, 140, new(0, 1400), 10, 10, null);
        Coordinate[] corners = [.. Enumerable.Range(0, 12).Select(i => new Coordinate(-50 + 1600 * random.NextDouble(), -50 + 1500 * random.NextDouble()))];
        var cells = new NetTopologySuite.Triangulate.VoronoiDiagramBuilder();
        cells.SetSites(corners);
        cells.ClipEnvelope = new Envelope(-100, 1700, -100, 1600);
        double[] sum = new double[150 * 140];
        foreach (Geometry cell in cells.GetDiagram(GeometryFactory.Default).Geometries)
        {
            double[] shares = ShareRaster.Of(grid, cell);
            for (int i = 0; i < sum.Length; i++) sum[i] += shares[i];
        }
        Assert.All(sum, total => Assert.Equal(1, total, 1e-12));
    }

    [Theory]
    [InlineData(PixelCoverage.Exact)]
    [InlineData(PixelCoverage.Centre)]
    public void Rows_do_not_depend_on_the_calls_that_they_are_told_in(PixelCoverage rule)
    {
        var random = new Random(4);
        var grid = new GeoGrid(90, 301, new(0, 3010), 10, 10, null);
        var coverage = new PolygonCoverage(grid, Star(random, 450, 1500, 1700, 70), rule);
        var whole = new ShareRaster(grid);
        coverage.Visit(0, 301, ref whole);
        for (int i = 0; i < 20; i++)
        {
            var pieces = new ShareRaster(grid);
            for (int row = 0, end; row < 301; row = end)
            {
                end = Math.Min(301, row + 1 + random.Next(130));
                coverage.Visit(row, end, ref pieces);
            }
            Assert.Equal(whole.Shares, pieces.Shares);
        }
    }

    [Fact]
    public void Centres_are_those_of_the_polygon_raster()
    {
        var random = new Random(8);
        var grid = new GeoGrid(130, 140, new(0, 1400), 10, 10, null);
        for (int i = 0; i < 30; i++)
        {
            Geometry shape = Star(random, random.Next(1300), random.Next(1400), 900, 30).Difference(Star(random, 650, 700, 300, 12)).Buffer(0);
            using var raster = new PolygonRaster(grid, [new(shape, 1)]);
            byte[] burned = new byte[130 * 140];
            raster.Burn(grid.FullWindow, burned);
            Assert.Equal(burned, ShareRaster.Of(grid, shape, PixelCoverage.Centre).Select(share => (byte)share));
        }
    }

    [Fact]
    public void Shapes_beside_the_grid_have_no_pixels()
    {
        foreach (Geometry shape in new[] { Box(-30, 0, -5, 40), Box(45, 0, 50, 40), Box(0, 41, 40, 50), Box(0, -9, 40, -1), Wkt("POLYGON EMPTY") })
        {
            var coverage = new PolygonCoverage(Small, shape);
            Assert.True(coverage.FirstRow <= coverage.EndRow);
            Assert.Equal(0, ShareRaster.Of(Small, shape).Sum());
        }
        Assert.Equal(16, ShareRaster.Of(Small, Box(-1000, -1000, 1000, 1000)).Sum());
    }

    [Fact]
    public void Lines_are_refused()
    {
        var error = Assert.Throws<AsmException>(() => new PolygonCoverage(Small, Wkt("LINESTRING (0 0, 1 1)"), name: "a river"));
        Assert.StartsWith("a river: shape 1 is or holds a LineString", error.Message, StringComparison.Ordinal);
    }
}
