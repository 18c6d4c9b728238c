using System.Globalization;
using Asm.Raster;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Asm.Tests.Raster.Vectors;

public sealed class VectorErrorTests : IDisposable
{
    private const string Square = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"é","b":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]}""";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is not well-formed GeoJSON")]
    [InlineData("{", "is not well-formed GeoJSON")]
    [InlineData("[1]", "is JSON, but no GeoJSON")]
    [InlineData("{\"a\":1}", "is JSON, but no GeoJSON")]
    [InlineData("""{"type":"FeatureCollection"}""", "has no list of features")]
    [InlineData("""{"type":"FeatureCollection","features":[1]}""", "feature 1 has no 'geometry'")]
    [InlineData("""{"type":"Topology","objects":{}}""", "the geometry of feature 1 cannot be read")]
    [InlineData("""{"type":"Feature","properties":{}}""", "feature 1 has no 'geometry'")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}""", "the geometry of feature 1 cannot be read")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],["x",0],[1,1]]]}""", "the geometry of feature 1 cannot be read")]
    [InlineData("""{"type":"Point","coordinates":[1e400,0]}""", "row 1 has a vertex at")]
    [InlineData("""{"type":"Point","coordinates":[500000,600000]}""", "row 1 has a vertex at (500000, 600000), which is no place in EPSG:4326")]
    [InlineData("""{"type":"Point","coordinates":[0,90.5]}""", "which is no place in EPSG:4326")]
    [InlineData("""{"type":"Polygon","coordinates":[[[1,1],[1,1],[1,1],[1,1]]]}""", "the polygon of row 1 has no area")]
    [InlineData("""{"type":"Point","crs":{"type":"name","properties":{"name":"/etc/passwd"}},"coordinates":[0,0]}""", "its 'crs' member is /etc/passwd")]
    [InlineData("""{"type":"Point","crs":{"type":"link","properties":{"href":"http://x"}},"coordinates":[0,0]}""", "its 'crs' member is {")]
    [InlineData("""{"type":"Point","crs":{"type":"name","properties":{"name":"EPSG:99999"}},"coordinates":[0,0]}""", "this code is not built in")]
    public void Bad_geojson_is_refused(string text, string found)
    {
        File.WriteAllText(_folder.File("a.geojson"), text);
        Refuses("a.geojson", found);
    }

    [Fact]
    public void Deep_nesting_in_geojson_is_refused()
    {
        File.WriteAllText(_folder.File("a.geojson"), $$"""{"type":"Feature","geometry":null,"properties":{"a":{{new string('[', 200_000)}}""");
        Refuses("a.geojson", "is not well-formed GeoJSON");
        File.WriteAllText(_folder.File("a.geojson"), string.Concat(Enumerable.Repeat("""{"type":"GeometryCollection","geometries":[""", 10_000)));
        Refuses("a.geojson", "is not well-formed GeoJSON");
    }

    [Theory]
    [InlineData("a.kml", "the ending '.kml' is not one of a vector format known here")]
    [InlineData("a.gpkg", "there is no such file")]
    public void Other_endings_and_missing_files_are_refused(string name, string found) => Refuses(name, found);

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(_folder.File("a.gpkg"), Square);
        Refuses("a.gpkg", "is not a SQLite database");
    }

    [Fact]
    public void A_database_that_is_no_geopackage_is_refused()
    {
        Sql("a.gpkg", "CREATE TABLE a (b)");
        Refuses("a.gpkg", "no such table: gpkg_geometry_columns");
    }

    [Fact]
    public void A_geopackage_cut_anywhere_or_with_bytes_changed_gives_a_layer_or_a_named_error()
    {
        Make("whole.gpkg");
        byte[] whole = File.ReadAllBytes(_folder.File("whole.gpkg"));
        Fuzz(whole, "a.gpkg", 60);
    }

    [Theory]
    [InlineData(".shp")]
    [InlineData(".dbf")]
    [InlineData(".prj")]
    [InlineData(".cpg")]
    public void A_shapefile_cut_anywhere_or_with_bytes_changed_gives_a_layer_or_a_named_error(string part)
    {
        Make("a.shp");
        Fuzz(File.ReadAllBytes(_folder.File($"a{part}")), $"a{part}", 100, "a.shp");
    }

    [Fact]
    public void Deeply_nested_collections_in_a_geopackage_are_refused()
    {
        Make("a.gpkg");
        byte[] blob = [0x47, 0x50, 0, 1, 0, 0, 0, 0, .. Enumerable.Repeat((byte[])[1, 7, 0, 0, 0, 1, 0, 0, 0], 200_000).SelectMany(level => level)];
        Sql("a.gpkg", "UPDATE a SET geom = $p0", blob);
        Refuses("a.gpkg", "the geometry of row 1 cannot be read: it nests collections deeper than 32");
    }

    [Theory]
    [InlineData("47500001000000000103000000FFFFFF7F")]
    [InlineData("4750000100000000010A00000001000000")]
    [InlineData("0102")]
    [InlineData("")]
    public void A_shape_in_a_geopackage_that_cannot_be_read_is_named_by_its_row(string hex)
    {
        Make("a.gpkg");
        Sql("a.gpkg", "UPDATE a SET geom = $p0", Convert.FromHexString(hex));
        Refuses("a.gpkg", "the geometry of row 1 cannot be read: ");
    }

    [Theory]
    [InlineData("UPDATE gpkg_geometry_columns SET srs_id = 0", "has no CRS (srs_id 0)")]
    [InlineData("DELETE FROM gpkg_contents", "has no layer of features")]
    [InlineData("UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', definition = 'undefined'", "well-known text 1")]
    [InlineData("UPDATE gpkg_geometry_columns SET column_name = 'other'", "no such column")]
    [InlineData("UPDATE a SET geom = 'text'", "is a String, not binary")]
    public void A_geopackage_at_odds_with_itself_is_refused(string sql, string found)
    {
        Make("a.gpkg");
        Sql("a.gpkg", sql);
        Refuses("a.gpkg", found);
    }

    [Theory]
    [InlineData(".dbf", "there is no .dbf file beside it")]
    [InlineData(".prj", "has no CRS: there is no .prj file beside it")]
    public void A_shapefile_without_its_companions_is_refused(string missing, string found)
    {
        Make("a.shp");
        File.Delete(_folder.File($"a{missing}"));
        Refuses("a.shp", found);
    }

    [Fact]
    public void A_shapefile_in_capitals_without_its_index_is_read()
    {
        Make("a.shp");
        File.Delete(_folder.File("a.shx"));
        foreach (string part in (string[])["shp", "dbf", "prj", "cpg"]) File.Move(_folder.File($"a.{part}"), _folder.File($"A.{part.ToUpperInvariant()}"));
        Assert.Equal("é", VectorFile.Read(_folder.File("A.SHP")).Features[0].Attributes["a"]);
    }

    [Fact]
    public void An_unknown_encoding_is_refused()
    {
        Make("a.shp");
        File.WriteAllText(_folder.File("a.cpg"), "KLINGON");
        Refuses("a.shp", "names the encoding 'KLINGON'", "a.cpg");
    }

    [Fact]
    public void A_shapefile_cut_short_is_refused()
    {
        Make("a.shp");
        byte[] whole = File.ReadAllBytes(_folder.File("a.shp"));
        File.WriteAllBytes(_folder.File("a.shp"), whole[..^8]);
        Refuses("a.shp", string.Create(CultureInfo.InvariantCulture, $"is cut short: it has {whole.Length - 8} of {whole.Length} bytes"));
    }

    private void Make(string name)
    {
        File.WriteAllText(_folder.File("in.json"), Square);
        VectorFile.Write(_folder.File(name), VectorFile.Read(_folder.File("in.json")));
    }

    private void Fuzz(byte[] whole, string name, int rounds, string? opened = null)
    {
        var random = new Random(3);
        for (int i = 0; i < rounds; i++)
        {
            byte[] bytes = i % 2 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int changed = 0; i % 2 == 1 && changed < 1 + i % 5; changed++) bytes[random.Next(whole.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_folder.File(name), bytes);
            try
            {
                VectorFile.Read(_folder.File(opened ?? name));
            }
            catch (AsmException e)
            {
                Assert.Contains(_folder.FullPath, e.Message, StringComparison.Ordinal);
            }
        }
    }

    private void Sql(string name, string sql, params object[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File(name)};Pooling=False;Foreign Keys=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < parameters.Length; i++) command.Parameters.AddWithValue($"$p{i}", parameters[i]);
        command.ExecuteNonQuery();
    }

    private void Refuses(string name, string found, string? subject = null)
    {
        var error = Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File(name)));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected:", error.Message, StringComparison.Ordinal);
        Assert.Contains("fix:", error.Message, StringComparison.Ordinal);
        Assert.StartsWith(_folder.File(subject ?? name), error.Message, StringComparison.Ordinal);
    }
}
