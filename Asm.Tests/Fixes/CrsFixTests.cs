using System.Text.RegularExpressions;
using Asm.Analysis.Mosaicing;
using Asm.Raster.Grids;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of coordinate reference systems and of rectangles in them.</summary>
public sealed class CrsFixTests : FixTrial
{
    public CrsFixTests()
    {
        MapInputs.Write(PathOf("map.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
    }

    [Fact]
    [Fix("give the system as WKT1, e.g. made with: gdalsrsinfo --single-line -o wkt1 EPSG:CODE > system.prj; "
        + "or reproject the data: gdalwarp -t_srs EPSG:326zz, ogr2ogr -t_srs EPSG:4326")]
    [Fix("bring it onto the grid of the other: {}")]
    public void A_code_that_is_not_built_in_is_spelt_out_or_the_data_are_reprojected()
    {
        Fails("mosaic", "map.tif", "--crs", "EPSG:3067", "--resolution", "10", "-o", "m.tif");
        Run("bash", "-c", "gdalsrsinfo --single-line -o wkt1 EPSG:3067 > system.prj");
        Works("mosaic", "map.tif", "--crs", "system.prj", "--resolution", "10", "-o", "m.tif");
        Assert.Contains("EPSG:3067", Works("inspect", "m.tif"), StringComparison.Ordinal);
        // The system of such a map stands in commands as one that is read back.
        string command = Regex.Match(Fails("change", "m.tif", "map.tif", "-o", "c.tif"), "asm (mosaic [^\n]*)").Groups[1].Value;
        Run("bash", "-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "asm.dll")}' {command}");
        Works("change", "m.tif", "OUT.tif", "-o", "c.tif");

        Run("ogr2ogr", "-t_srs", "EPSG:2154", "france.geojson", "zones.geojson");
        Fails("zones", "map.tif", "--zones", "france.geojson", "-o", "z.csv");
        Run("ogr2ogr", "-t_srs", "EPSG:4326", "degrees.geojson", "france.geojson");
        Works("zones", "map.tif", "--zones", "degrees.geojson", "-o", "z.csv");

        Run("gdal_translate", "-q", "-a_srs", "EPSG:2154", "-of", "JP2OpenJPEG", "-co", "REVERSIBLE=YES", "-co", "QUALITY=100", "-co", "GeoJP2=NO", "map.tif", "france.jp2");
        Fails("mosaic", "france.jp2", "-o", "f.tif");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32631", "france.jp2", "utm.tif");
        Works("mosaic", "utm.tif", "-o", "f.tif");
    }

    [Fact]
    [Fix("add TOWGS84 with the datum's parameters to the WKT1 text, or reproject the data first: gdalwarp -t_srs EPSG:326zz, ogr2ogr -t_srs EPSG:4326")]
    public void A_datum_without_a_shift_is_given_one_or_the_data_are_reprojected()
    {
        const string Datum = """GEOGCS["Old",DATUM["Old_datum",SPHEROID["Clarke 1880",6378249.145,293.465]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]""";
        const string Projected = "PROJCS[\"Old TM\"," + Datum + """
            ,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-3],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]
            """;
        Run("ogr2ogr", "old.shp", "zones.geojson");
        File.WriteAllText(PathOf("old.prj"), Datum);
        Fails("zones", "map.tif", "--zones", "old.shp", "-o", "z.csv");
        Run("ogr2ogr", "-t_srs", "EPSG:4326", "new.shp", "old.shp");
        Works("zones", "map.tif", "--zones", "new.shp", "-o", "z.csv");
        File.WriteAllText(PathOf("old.prj"), Datum.Replace("293.465]", "293.465],TOWGS84[-199,32,322,0,0,0,0]", StringComparison.Ordinal));
        Works("zones", "map.tif", "--zones", "old.shp", "-o", "z2.csv");

        Run("gdal_translate", "-q", "-a_srs", Projected, "map.tif", "old.tif");
        Fails("zones", "old.tif", "--zones", "zones.geojson", "-o", "z3.csv");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32630", "old.tif", "new.tif");
        Works("zones", "new.tif", "--zones", "zones.geojson", "-o", "z3.csv");
    }

    [Fact]
    [Fix("give another `crs`, or leave this tile out")]
    public void A_tile_that_the_target_cannot_show_is_left_out_or_shown_in_another_system()
    {
        Run("gdal_translate", "-q", "-a_srs", "EPSG:4326", "-a_ullr", "0", "-90", "0.001", "-90.001", "map.tif", "pole.tif");
        Fails("mosaic", "map.tif", "pole.tif", "--crs", "EPSG:3857", "--resolution", "10", "-o", "m.tif");
        Works("mosaic", "map.tif", "--crs", "EPSG:3857", "--resolution", "10", "-o", "m.tif");
        Works("mosaic", "map.tif", "pole.tif", "--crs", "EPSG:4326", "--resolution", "0.1", "-o", "n.tif");
    }

    [Fact]
    [Fix("correct `bounds`")]
    public void Bounds_without_an_area_are_corrected()
    {
        // The programs refuse such bounds as they read them.
        (string, GeoGrid)[] tiles = [("map.tif", Stacks.Grid(24, 24))];
        Refuses(() => new MosaicGrid { Bounds = new(10, 10, 0, 0) }.Over(tiles));
        Assert.Equal(10, new MosaicGrid { Bounds = new(600_000, 699_900, 600_100, 700_000) }.Over(tiles).Width);
    }
}
