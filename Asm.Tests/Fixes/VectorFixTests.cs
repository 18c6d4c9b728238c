using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of vector files, with zones in the place of all that vector files are read for.</summary>
public sealed class VectorFixTests : FixTrial
{
    public VectorFixTests()
    {
        MapInputs.Write(PathOf("map.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
    }

    private static string[] Zones(string file, params string[] more) => ["zones", "map.tif", "--zones", file, "-o", $"{file}.csv", .. more];

    [Fact]
    [Fix("convert it: ogr2ogr OUT.gpkg IN")]
    public void A_file_of_another_format_is_converted()
    {
        Run("ogr2ogr", "zones.gml", "zones.geojson");
        Fails(Zones("zones.gml"));
        Run("ogr2ogr", "zones.gpkg", "zones.gml");
        Works(Zones("zones.gpkg"));
    }

    [Fact]
    [Fix("unpack it, and give the file in it")]
    public void A_packed_Shapefile_is_unpacked()
    {
        Directory.CreateDirectory(PathOf("packed"));
        Run("ogr2ogr", "packed/zones.shp", "zones.geojson");
        ZipFile.CreateFromDirectory(PathOf("packed"), PathOf("zones.zip"));
        Fails(Zones("zones.zip"));
        ZipFile.ExtractToDirectory(PathOf("zones.zip"), PathOf("unpacked"));
        Works("zones", "map.tif", "--zones", "unpacked/zones.shp", "-o", "zones.csv");
    }

    [Fact]
    [Fix("save it in UTF-8, or copy or download it again")]
    public void Json_in_a_code_page_that_no_rule_guesses_is_saved_in_UTF8()
    {
        // Of the letter's two bytes in GBK the second is a backslash.
        Encoding gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        File.WriteAllText(PathOf("gbk.geojson"), MapInputs.Zones.Replace("north", "\u4fd3", StringComparison.Ordinal), gbk);
        Fails(Zones("gbk.geojson"));
        File.WriteAllText(PathOf("utf8.geojson"), File.ReadAllText(PathOf("gbk.geojson"), gbk));
        Works(Zones("utf8.geojson"));
    }

    [Fact]
    [Fix("copy or download it again, or write it anew: ogr2ogr OUT{} IN")]
    public void A_file_that_is_not_as_its_format_wants_it_is_written_anew()
    {
        File.Copy(PathOf("zones.geojson"), PathOf("zones.gpkg"));
        Assert.Contains("OUT.gpkg", Fails(Zones("zones.gpkg")), StringComparison.Ordinal);
        Run("ogr2ogr", "new.gpkg", "zones.gpkg");
        Works(Zones("new.gpkg"));
        File.WriteAllText(PathOf("bare.geojson"), MapInputs.Zones.TrimEnd()[..^2] + """,{"type":"Feature","properties":{"name":"none"}}]}""");
        Assert.Contains("OUT.geojson", Fails(Zones("bare.geojson")), StringComparison.Ordinal);
        Run("ogr2ogr", "whole.geojson", "bare.geojson");
        Works(Zones("whole.geojson"));
    }

    [Fact]
    [Fix("write the file anew: ogr2ogr -t_srs EPSG:4326 OUT.geojson IN")]
    public void A_system_that_GeoJSON_names_in_another_way_is_left_out_of_a_new_file()
    {
        Run("ogr2ogr", "-t_srs", "EPSG:32630", "utm.geojson", "zones.geojson");
        File.WriteAllText(PathOf("old.geojson"),
            Regex.Replace(File.ReadAllText(PathOf("utm.geojson")), "(?<=\"crs\": ).*", """{"type":"EPSG","properties":{"code":32630}},"""));
        Fails(Zones("old.geojson"));
        Run("ogr2ogr", "-t_srs", "EPSG:4326", "new.geojson", "old.geojson");
        Works(Zones("new.geojson"));
    }

    [Fact]
    [Fix("copy the .prj too, or make it: gdalsrsinfo --single-line -o wkt_esri EPSG:CODE > NAME.prj")]
    [Fix("correct the name, or remove the .cpg file")]
    [Fix("copy all files of the Shapefile again, or remove the .shx: then the shapes are taken in the order of the .shp")]
    public void Files_of_a_Shapefile_are_made_anew()
    {
        Run("ogr2ogr", "zones.shp", "zones.geojson");
        File.Delete(PathOf("zones.prj"));
        Fails(Zones("zones.shp"));
        Run("bash", "-c", "gdalsrsinfo --single-line -o wkt_esri EPSG:4326 > zones.prj");
        Works(Zones("zones.shp"));
        Run("ogr2ogr", "-t_srs", "EPSG:32630", "utm.shp", "zones.shp");
        Run("bash", "-c", "gdalsrsinfo --single-line -o wkt_esri EPSG:32630 > utm.prj");
        Works(Zones("utm.shp"));

        File.WriteAllText(PathOf("zones.cpg"), "nonsense");
        Fails(Zones("zones.shp", "--overwrite"));
        File.WriteAllText(PathOf("zones.cpg"), "UTF-8");
        Works(Zones("zones.shp", "--overwrite"));
        File.Delete(PathOf("zones.cpg"));
        Works(Zones("zones.shp", "--overwrite"));

        byte[] index = File.ReadAllBytes(PathOf("zones.shx"));
        index[103] += 7;
        File.WriteAllBytes(PathOf("zones.shx"), index);
        Fails(Zones("zones.shp", "--overwrite"));
        File.Delete(PathOf("zones.shx"));
        Works(Zones("zones.shp", "--overwrite"));
    }

    [Fact]
    [Fix("assign it: ogr2ogr -a_srs EPSG:CODE OUT.gpkg IN.gpkg {}")]
    [Fix("export the layer into it: ogr2ogr OUT.gpkg IN")]
    public void A_GeoPackage_is_given_the_layer_or_the_system_that_it_lacks()
    {
        Run("ogr2ogr", "zones.gpkg", "zones.geojson", "-nln", "all zones");
        File.Copy(PathOf("zones.gpkg"), PathOf("none.gpkg"));
        Sql("none.gpkg", "UPDATE gpkg_contents SET srs_id = -1", "UPDATE gpkg_geometry_columns SET srs_id = -1");
        string layer = Regex.Match(Fails(Zones("none.gpkg")), "IN.gpkg \"(.*)\"").Groups[1].Value;
        Run("ogr2ogr", "-a_srs", "EPSG:4326", "placed.gpkg", "none.gpkg", layer);
        Works(Zones("placed.gpkg"));

        File.Copy(PathOf("zones.gpkg"), PathOf("empty.gpkg"));
        Sql("empty.gpkg", "DELETE FROM gpkg_geometry_columns", "DELETE FROM gpkg_contents");
        Fails(Zones("empty.gpkg"));
        Run("ogr2ogr", "empty.gpkg", "zones.geojson");
        Works(Zones("empty.gpkg"));
    }

    [Fact]
    [Fix("name it with `layer` (a mask's with `mask-layer`), or copy it into a file of its own: ogr2ogr OUT.gpkg IN.gpkg LAYER")]
    public void One_of_several_layers_is_named_or_copied()
    {
        Run("ogr2ogr", "two.gpkg", "zones.geojson", "-nln", "zones");
        Run("ogr2ogr", "-update", "two.gpkg", "zones.geojson", "-nln", "lakes");
        Fails(Zones("two.gpkg"));
        Works(Zones("two.gpkg", "--layer", "zones"));
        Fails("mosaic", "map.tif", "--mask", "two.gpkg", "-o", "m.tif");
        Works("mosaic", "map.tif", "--mask", "two.gpkg", "--mask-layer", "lakes", "-o", "m.tif");
        Run("ogr2ogr", "one.gpkg", "two.gpkg", "lakes");
        Works(Zones("one.gpkg"));
    }

    [Fact]
    [Fix("name another layer with `layer`, or save the view as a table in the program that made it")]
    [Fix("name another layer with `layer`, or save it as a table in the program that made it")]
    public void Views_and_virtual_tables_are_exchanged_for_tables()
    {
        Run("ogr2ogr", "zones.gpkg", "zones.geojson", "-nln", "zones");
        const string Heavy = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 400000) SELECT zones.fid AS fid, geom, name FROM zones, c";
        Sql("zones.gpkg", [$"CREATE VIEW heavy AS {Heavy}", "CREATE VIRTUAL TABLE virtual USING fts5(geom, name)", "INSERT INTO virtual SELECT geom, name FROM zones",
            .. new[] { "heavy", "virtual" }.SelectMany(Register)]);
        Fails(Zones("zones.gpkg", "--layer", "heavy"));
        Fails(Zones("zones.gpkg", "--layer", "virtual"));
        Works(Zones("zones.gpkg", "--layer", "zones"));
        Sql("zones.gpkg", ["DROP VIEW heavy", "CREATE TABLE heavy AS SELECT fid, geom, name FROM zones", "CREATE TABLE plain AS SELECT * FROM virtual", .. Register("plain")]);
        Works(Zones("zones.gpkg", "--layer", "heavy", "--overwrite"));
        Works(Zones("zones.gpkg", "--layer", "plain", "--overwrite"));
    }

    [Fact]
    [Fix("repair it (ogr2ogr -makevalid OUT IN) or leave it out")]
    public void A_polygon_that_no_rule_repairs_is_repaired_by_GEOS()
    {
        const string Bow = "[[[-2.0957,6.3324],[-2.0938,6.3306],[-2.0938,6.3324],[-2.0957,6.3306],[-2.0957,6.3324]]]";
        File.WriteAllText(PathOf("bow.geojson"), """{"type":"Polygon","coordinates":""" + Bow + "}");
        // No polygon is known whose repair fails: the failure is given.
        var builder = new LayerBuilder("bow.geojson", Crs.Wgs84);
        Polygon bow = (Polygon)new NetTopologySuite.IO.WKTReader().Read("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))");
        Refuses(() => builder.Add(1, bow, new Dictionary<string, object?>(), _ => throw new TopologyException("side location conflict")));
        Assert.Single(VectorFile.Read(PathOf("bow.geojson")).Repaired);
        Run("ogr2ogr", "-makevalid", "valid.geojson", "bow.geojson");
        Assert.Empty(VectorFile.Read(PathOf("valid.geojson")).Repaired);
    }

    private static string[] Register(string table) =>
    [
        $"INSERT INTO gpkg_contents(table_name, data_type, srs_id) VALUES ('{table}', 'features', 4326)",
        $"INSERT INTO gpkg_geometry_columns VALUES ('{table}', 'geom', 'GEOMETRY', 4326, 0, 0)",
    ];

    private void Sql(string file, params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(file)};Pooling=False");
        connection.Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
