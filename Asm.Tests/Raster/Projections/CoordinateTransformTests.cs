using Asm.Raster;
using Asm.Raster.Projections;

namespace Asm.Tests.Raster.Projections;

public sealed class CoordinateTransformTests
{
    // Coordinates by PROJ 9.1 (gdaltransform). The last two are 6 degrees outside of their zone.
    [Theory]
    [InlineData(32630, -3.0, 6.0, 500000.0, 663204.567392663)]
    [InlineData(32630, 0.0, 6.0, 832157.79171662, 664114.162066235)]
    [InlineData(32630, -1.6, 6.2, 654894.95918916, 685517.492281166)]
    [InlineData(32648, 102.0, 0.0, 166021.443080536, 0.0)]
    [InlineData(32735, 28.2, -29.6, 616202.933278715, 6724935.42305562)]
    [InlineData(32630, 6.0, 6.0, 1500082.74196547, 671466.393829125)]
    [InlineData(32630, -12.0, 45.0, -209331.587384731, 5022507.49227757)]
    [InlineData(3857, -1.6, 6.2, -178111.185269238, 691531.744085308)]
    [InlineData(3035, 15.0, 46.0, 4708470.63862506, 2556032.53008041)]
    public void Longitude_and_latitude_are_projected_within_a_millimetre(int epsg, double longitude, double latitude, double x, double y)
    {
        Crs crs = Crs.FromEpsg(epsg);
        MapPoint projected = CoordinateTransform.Between(Crs.Wgs84, crs).Transform(new MapPoint(longitude, latitude));
        Assert.Equal(x, projected.X, 1e-3);
        Assert.Equal(y, projected.Y, 1e-3);
        MapPoint back = CoordinateTransform.Between(crs, Crs.Wgs84).Transform(projected);
        Assert.Equal(longitude, back.X, 2e-8);
        Assert.Equal(latitude, back.Y, 2e-8);
    }

    // By PROJ 9.1 with EPSG transformations 6896 and 1159; tolerance 5 mm, the shifts themselves are good to metres.
    [Theory]
    [InlineData(2136, -1.6, 6.2)]
    [InlineData(25000, -1.6, 6.2)]
    public void The_Ghana_grids_are_reached_with_their_datum_shift(int epsg, double longitude, double latitude)
    {
        (double x, double y) = epsg == 2136 ? (682091.29128996, 555269.749482321) : (207904.393720958, 169241.262386332);
        MapPoint projected = CoordinateTransform.Between(Crs.Wgs84, Crs.FromEpsg(epsg)).Transform(new MapPoint(longitude, latitude));
        Assert.Equal(x, projected.X, 5e-3);
        Assert.Equal(y, projected.Y, 5e-3);
    }

    [Fact]
    public void A_datum_without_a_known_shift_is_refused_by_name_rather_than_skipped()
    {
        Crs bare = Crs.FromWkt(Bare("Minna"));
        var error = Assert.Throws<AsmException>(() => CoordinateTransform.Between(bare, Crs.Utm(31, north: true)));
        Assert.Equal("CRS Minna / zone: its datum Minna has no known shift to WGS 84\n  expected: a well-known datum, or a text with TOWGS84[...]\n"
            + "  fix: add TOWGS84 with the datum's parameters to the WKT1 text, or reproject the data first: gdalwarp -t_srs EPSG:326zz, ogr2ogr -t_srs EPSG:4326", error.Message);
        Assert.Throws<AsmException>(() => CoordinateTransform.Between(Crs.Utm(31, north: true), bare));
    }

    [Fact]
    public void Two_systems_on_one_datum_need_no_shift()
    {
        Crs geographic = Crs.FromWkt(BareGeographic("Minna"));
        MapPoint projected = CoordinateTransform.Between(geographic, Crs.FromWkt(Bare("Minna"))).Transform(new MapPoint(3, 0));
        Assert.Equal(500000, projected.X, 1e-6);
        Assert.Equal(0, projected.Y, 1e-6);
    }

    [Fact]
    public void WGS_84_and_ETRS89_are_taken_as_one()
    {
        MapPoint point = new(15.25, 46.125);
        Assert.Equal(point, CoordinateTransform.Between(Crs.Wgs84, Crs.FromEpsg(4258)).Transform(point));
    }

    [Fact]
    public void A_system_to_itself_changes_nothing()
    {
        MapPoint point = new(123456.789, -987.654);
        Assert.Equal(point, CoordinateTransform.Between(Crs.Utm(30, north: true), Crs.Utm(30, north: true)).Transform(point));
    }

    [Theory]
    [InlineData(32630, 0, 91)]
    [InlineData(32630, 0, double.NaN)]
    [InlineData(32630, double.NaN, 0)]
    [InlineData(32630, double.PositiveInfinity, 0)]
    [InlineData(32630, 87, 0)]
    [InlineData(3857, 0, 95)]
    [InlineData(3857, 0, double.NaN)]
    [InlineData(3035, double.NaN, 40)]
    [InlineData(2136, 0, double.NaN)]
    public void A_position_that_cannot_be_transformed_is_NaN(int epsg, double longitude, double latitude)
    {
        MapPoint projected = CoordinateTransform.Between(Crs.Wgs84, Crs.FromEpsg(epsg)).Transform(new MapPoint(longitude, latitude));
        Assert.Equal((double.NaN, double.NaN), (projected.X, projected.Y));
    }

    [Fact]
    public void The_centre_of_an_azimuthal_projection_is_its_origin()
    {
        CoordinateTransform inverse = CoordinateTransform.Between(Crs.FromEpsg(3035), Crs.FromEpsg(4258));
        Assert.Equal(new MapPoint(10, 52), inverse.Transform(new MapPoint(4321000, 3210000)));
        Assert.Equal(10, inverse.Transform(new MapPoint(4321000.01, 3210000)).X, 1e-6);
    }

    [Fact]
    public void Positions_far_outside_of_the_plane_are_NaN() =>
        Assert.True(double.IsNaN(CoordinateTransform.Between(Crs.Utm(30, north: true), Crs.Wgs84).Transform(new MapPoint(1e9, 1e9)).X));

    [Fact]
    public void Zones_meet_across_the_antimeridian()
    {
        MapPoint east = CoordinateTransform.Between(Crs.Utm(60, north: false), Crs.Utm(1, north: false)).Transform(new MapPoint(840000, 8200000));
        MapPoint back = CoordinateTransform.Between(Crs.Utm(1, north: false), Crs.Utm(60, north: false)).Transform(east);
        Assert.InRange(east.X, 150000, 250000);
        Assert.Equal(840000, back.X, 1e-6);
        Assert.Equal(8200000, back.Y, 1e-6);
    }

    [Fact]
    public void Many_points_and_many_threads_give_what_one_point_and_one_thread_give()
    {
        var random = new Random(20);
        MapPoint[] points = [.. Enumerable.Range(0, 2000).Select(_ => new MapPoint(700000 + 400000 * random.NextDouble(), 800000 * random.NextDouble()))];
        foreach (int target in (int[])[32631, 25000, 3857, 3035])
        {
            CoordinateTransform transform = CoordinateTransform.Between(Crs.FromEpsg(2136), Crs.FromEpsg(target));
            MapPoint[] expected = [.. points.Select(transform.Transform)];
            Parallel.For(0, 4, _ =>
            {
                var transformed = new MapPoint[points.Length];
                transform.Transform(points, transformed);
                Assert.Equal(expected, transformed);
            });
        }
        Assert.Throws<ArgumentException>(() => CoordinateTransform.Between(Crs.Wgs84, Crs.Wgs84).Transform(points, new MapPoint[3]));
    }

    [Fact]
    public void PROJ_gives_the_same_there_and_back()
    {
        (string System, double West, double East, double South, double North, double ToleranceUnits)[] cases =
        [
            ("EPSG:32630", -12, 6, -60, 84, 1e-6),
            ("EPSG:32748", 96, 114, -80, 60, 1e-6),
            ("EPSG:25832", 3, 15, 30, 80, 1e-6),
            ("EPSG:31982", -57, -45, -30, 6, 1e-6),
            ("EPSG:3857", -170, 170, -80, 80, 1e-6),
            ("EPSG:3035", -10, 40, 30, 70, 1e-6),
            ("EPSG:2136", -3.2, 1, 5, 11, 5e-3),
            ("EPSG:25000", -3.2, 1, 5, 11, 5e-3),
            ("+proj=lcc +lat_1=2 +lat_2=9 +lat_0=5 +lon_0=-1 +x_0=10 +y_0=20 +datum=WGS84 +units=m", -9, 9, -20, 30, 1e-6),
            ("+proj=lcc +lat_1=5 +lat_0=5 +lon_0=-1 +k_0=0.99 +datum=WGS84 +units=us-ft", -9, 9, -20, 30, 1e-6),
            ("+proj=laea +lat_0=5 +lon_0=1 +datum=WGS84", -9, 9, -20, 30, 1e-6),
            ("+proj=aea +lat_1=1 +lat_2=9 +lat_0=5 +lon_0=1 +datum=WGS84", -9, 9, -20, 30, 1e-6),
            ("+proj=merc +lon_0=3 +k=0.9 +datum=WGS84", -9, 9, -20, 30, 1e-6),
            ("+proj=merc +lat_ts=25 +datum=WGS84", -9, 9, -20, 30, 1e-6),
            ("+proj=tmerc +lat_0=5 +lon_0=-1 +k=0.9998 +x_0=1000 +y_0=2000 +ellps=clrk80 +towgs84=-80,-100,20,0.5,-1,2,3 +units=us-ft", -3, 3, 0, 10, 1.5e-2),
        ];
        var random = new Random(9);
        MapPoint[][] points = [.. cases.Select(c => Enumerable.Range(0, 200).Select(_ => new MapPoint(c.West + (c.East - c.West) * random.NextDouble(), c.South + (c.North - c.South) * random.NextDouble())).ToArray())];
        string[] texts = [.. Osr.Describe(cases.Select(c => c.System)).Select(text => text.Gdal)];

        // PROJ sees the text where there is no code, because only the text has the shift of a datum of its own.
        MapPoint[][] expected = Osr.Project(cases.Select((c, i) => (c.System.StartsWith('+') ? texts[i] : c.System, points[i])));
        for (int c = 0; c < cases.Length; c++)
        {
            Crs crs = Crs.FromWkt(texts[c]);
            CoordinateTransform transform = CoordinateTransform.Between(Crs.Wgs84, crs), inverse = CoordinateTransform.Between(crs, Crs.Wgs84);
            for (int i = 0; i < points[c].Length; i++)
            {
                MapPoint projected = transform.Transform(points[c][i]), back = inverse.Transform(expected[c][i]);
                Assert.True(Math.Abs(expected[c][i].X - projected.X) <= cases[c].ToleranceUnits && Math.Abs(expected[c][i].Y - projected.Y) <= cases[c].ToleranceUnits,
                    $"{cases[c].System} {points[c][i]}: {projected}, PROJ {expected[c][i]}");
                Assert.Equal(points[c][i].X, back.X, 3e-8);
                Assert.Equal(points[c][i].Y, back.Y, 3e-8);
            }
        }
    }

    private const string Projection = ",PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",3],PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

    private static string Bare(string datum) => $"PROJCS[\"{datum} / zone\",{BareGeographic(datum)}{Projection}";

    private static string BareGeographic(string datum) =>
        $"GEOGCS[\"{datum}\",DATUM[\"{datum}\",SPHEROID[\"Clarke 1880 (RGS)\",6378249.145,293.465]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
}
