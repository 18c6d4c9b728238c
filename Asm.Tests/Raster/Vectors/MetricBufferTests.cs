using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;
using static Asm.Tests.Support.Shapes;

namespace Asm.Tests.Raster.Vectors;

public sealed class MetricBufferTests
{
    // A circle of 64 segments has the area 32 sin(2 pi / 64) r^2.
    private const double Circle = 3.1365484905459393;

    [Theory]
    [InlineData(32630, 600_000, 700_000)]
    [InlineData(4326, -1.5, 6.5)]
    [InlineData(4326, 103.9, 63.5)]
    [InlineData(3857, -200_000, 8_000_000)]
    public void A_point_grows_to_a_circle_of_metres_on_the_ground(int epsg, double x, double y)
    {
        Crs crs = Crs.FromEpsg(epsg);
        Geometry grown = MetricBuffer.Grow(Wkt(FormattableString.Invariant($"POINT ({x} {y})")), crs, 1000);
        Assert.Equal(1, new PolygonArea(crs).Of(grown) / (Circle * 1e6), 2e-3);
    }

    [Fact]
    public void In_a_metric_system_the_buffer_is_drawn_there()
    {
        Geometry grown = MetricBuffer.Grow(Box(600_000, 700_000, 600_100, 700_100), Crs.Utm(30, north: true), 50);
        Assert.Equal(100 * 100 + 4 * 100 * 50 + Circle * 2500, grown.Area, 1e-6);
        Assert.Equal(60 * 60, MetricBuffer.Grow(Box(600_000, 700_000, 600_100, 700_100), Crs.Utm(30, north: true), -20).Area, 1e-6);
        Assert.True(MetricBuffer.Grow(Box(600_000, 700_000, 600_100, 700_100), Crs.Utm(30, north: true), -50).IsEmpty);
        Assert.True(MetricBuffer.Grow(Box(-2, 6, -1.9999, 6.0001), Crs.Wgs84, -50).IsEmpty);
    }
}
