using System.Buffers.Binary;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using Microsoft.Data.Sqlite;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Raster.Vectors;

public sealed class GeoPackageReadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CURVEPOLYGON (CIRCULARSTRING (0 0, 400 400, 800 0, 400 -400, 0 0))", 502_654.82)]
    [InlineData("CURVEPOLYGON (CIRCULARSTRING (0 0, 800 0, 0 0))", 502_654.82)]
    [InlineData("CURVEPOLYGON (CIRCULARSTRING (0 0, 400 400, 800 0, 400 -400, 0 0), (350 0, 450 0, 450 50, 350 0))", 500_154.82)]
    [InlineData("CURVEPOLYGON (COMPOUNDCURVE ((0 0, 200 0), CIRCULARSTRING (200 0, 100 100, 0 0)))", 15_707.96)]
    [InlineData("MULTISURFACE (CURVEPOLYGON (CIRCULARSTRING (0 0, 400 400, 800 0, 400 -400, 0 0)), ((1000 0, 1100 0, 1100 100, 1000 0)))", 507_654.82)]
    [InlineData("CURVEPOLYGON Z (CIRCULARSTRING Z (0 0 1, 400 400 2, 800 0 3, 400 -400 4, 0 0 1))", 502_654.82)]
    [InlineData("GEOMETRYCOLLECTION (CURVEPOLYGON (CIRCULARSTRING (0 0, 50 50, 100 0, 50 -50, 0 0)), POLYGON ((1000 0, 1100 0, 1100 100, 1000 0)))", 12_853.98)]
    [InlineData("TIN (((0 0, 10 0, 0 10, 0 0)), ((10 0, 10 10, 0 10, 10 0)))", 100)]
    public void Arcs_become_chords_within_a_tenth_of_a_metre(string wkt, double area)
    {
        File.WriteAllText(_folder.File("in.csv"), $"id,WKT\n1,\"{wkt}\"\n");
        PeerTool.Run("ogr2ogr", "-a_srs", "EPSG:32630", "-nln", "a", "-nlt", "GEOMETRY", _folder.File("a.gpkg"), _folder.File("in.csv"));
        Geometry shape = Assert.Single(VectorFile.Read(_folder.File("a.gpkg")).Features).Geometry;
        Assert.True(shape.IsValid);
        Assert.InRange(shape.Area, area - Math.Max(0.01, 0.1 * shape.Length), area + 0.01);

        // GDAL takes a chord every 4 degrees, whatever the radius.
        PeerTool.Run("ogr2ogr", "-nlt", "CONVERT_TO_LINEAR", _folder.File("linear.gpkg"), _folder.File("a.gpkg"));
        Geometry linear = VectorFile.Read(_folder.File("linear.gpkg")).Features[0].Geometry;
        Assert.Equal(1, linear.Area / shape.Area, 1e-3);
    }

    [Fact]
    public void Lines_of_arcs_run_along_the_circle_and_neighbours_share_every_vertex()
    {
        File.WriteAllText(_folder.File("in.csv"), "id,WKT\n1,\"CIRCULARSTRING (100 0, 0 100, -100 0)\"\n2,\"CIRCULARSTRING (-100 0, 0 100, 100 0)\"\n2,\"COMPOUNDCURVE ((0 0, 1 1), CIRCULARSTRING (1 1, 2 2, 3 1))\"\n2,\"MULTICURVE ((0 0, 5 5), CIRCULARSTRING (0 0, 1 1, 2 0))\"\n2,\"CIRCULARSTRING (0 0, 1 1, 2 2)\"\n");
        PeerTool.Run("ogr2ogr", "-a_srs", "EPSG:32630", "-nln", "a", "-nlt", "GEOMETRY", _folder.File("a.gpkg"), _folder.File("in.csv"));
        Geometry[] shapes = [.. VectorFile.Read(_folder.File("a.gpkg")).Features.Select(f => f.Geometry)];
        Assert.Equal(shapes[0].Coordinates, shapes[1].Coordinates.Reverse());
        Assert.All(shapes[0].Coordinates, c => Assert.Equal(100, Math.Sqrt(c.X * c.X + c.Y * c.Y), 1e-9));
        Assert.Equal(46, shapes[0].NumPoints);
        Assert.Equal(new Coordinate(0, 0), shapes[2].Coordinates[0]);
        Assert.Equal(2, shapes[3].NumGeometries);
        Assert.Equal("LINESTRING (0 0, 1 1, 2 2)", shapes[4].ToString());
    }

    [Fact]
    public void The_shared_case_of_a_disc_is_read()
    {
        VectorFeature disc = Assert.Single(VectorFile.Read(SharedData.Require("cases/vectors/curve.gpkg")).Features);
        Assert.Equal(Math.PI * 400 * 400, disc.Geometry.Area, Math.PI * 800 * 0.1);
    }

    [Fact]
    public void A_view_is_a_layer_and_its_first_column_its_numbers_where_they_are_whole_and_differ()
    {
        Make("a.gpkg");
        View("CREATE VIEW v AS SELECT fid * 10 AS fid, geom, name FROM a");
        VectorLayer layer = VectorFile.Read(_folder.File("a.gpkg"), "v");
        Assert.Equal([(10L, "one"), (20L, "two")], layer.Features.Select(f => (f.Row, (string)f.Attributes["name"]!)));
        Assert.Equal(["name"], layer.Fields);
        Sql("DROP VIEW v", "CREATE VIEW v AS SELECT 7 AS k, geom, name FROM a WHERE name LIKE 't%' UNION ALL SELECT 7, geom, name FROM a");
        layer = VectorFile.Read(_folder.File("a.gpkg"), "v");
        Assert.Equal([1L, 2L, 3L], layer.Features.Select(f => f.Row));
        Assert.Equal(["k", "name"], layer.Fields);
    }

    [Theory]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT c.x AS fid, a.geom, a.name FROM c, a")]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT a.fid, a.geom, (SELECT max(x) FROM c) AS name FROM a")]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 400000) SELECT a.geom, a.name FROM c, a")]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 3000) SELECT c.x AS fid, a.geom, zeroblob(100000) AS name FROM c, a")]
    [InlineData("SELECT fid, geom, hex(zeroblob(400000000)) AS name FROM a")]
    [InlineData("SELECT fid, geom, printf('%.*c', 900000000, 'x') AS name FROM a")]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT hex(randomblob(10000)) UNION SELECT hex(randomblob(10000)) FROM c) SELECT a.fid, a.geom, c.x AS name FROM c, a ORDER BY c.x")]
    public void A_view_that_makes_more_than_its_file_holds_is_refused(string select)
    {
        Make("a.gpkg");
        View($"CREATE VIEW v AS {select}");
        long before = GC.GetTotalAllocatedBytes();
        string error = Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.gpkg"), "v")).Message;
        Assert.Contains("a view or a computed column of it gives or takes", error, StringComparison.Ordinal);
        Assert.Contains("fix: name another layer", error, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400_000_000);
    }

    [Fact]
    public void A_virtual_table_is_refused()
    {
        Make("a.gpkg");
        Sql("CREATE VIRTUAL TABLE v USING fts5(geom, name)", "INSERT INTO gpkg_contents(table_name, data_type, srs_id) VALUES ('v', 'features', 32630)", "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'GEOMETRY', 32630, 0, 0)");
        Assert.Contains("layer v is a virtual table", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.gpkg"), "v")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_log_mode_is_read_and_nothing_is_left_beside_it()
    {
        Make("a.gpkg");
        Sql("PRAGMA journal_mode = WAL");
        Assert.Equal(["a.gpkg"], _folder.Names);
        Assert.Equal(["one", "two"], Names());
        Assert.Equal(["a.gpkg"], _folder.Names);
    }

    [Fact]
    public void What_is_only_in_the_log_is_read_too()
    {
        Make("a.gpkg");
        using (var connection = new SqliteConnection($"Data Source={_folder.File("a.gpkg")};Pooling=False"))
        {
            connection.Open();
            foreach (string sql in (string[])["PRAGMA journal_mode = WAL", "UPDATE a SET name = 'three' WHERE name = 'two'"])
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
            Directory.CreateDirectory(_folder.File("copy"));
            foreach (string name in (string[])["a.gpkg", "a.gpkg-wal"]) File.Copy(_folder.File(name), _folder.File($"copy/{name}"));
        }
        foreach (string name in (string[])["copy/a.gpkg", "copy/a.gpkg-wal"]) File.SetAttributes(_folder.File(name), FileAttributes.ReadOnly);
        Assert.Equal(["one", "three"], VectorFile.Read(_folder.File("copy/a.gpkg")).Features.Select(f => f.Attributes["name"]));
        Assert.Equal(2, Directory.GetFiles(_folder.File("copy")).Length);
        Assert.Equal([_folder.File("copy/a.gpkg"), _folder.File("copy/a.gpkg-wal")], VectorFile.FilesOf(_folder.File("copy/a.gpkg")));
        foreach (string name in (string[])["copy/a.gpkg", "copy/a.gpkg-wal"]) File.SetAttributes(_folder.File(name), FileAttributes.Normal);
    }

    [Fact]
    public void Texts_that_differ_in_broken_bytes_or_after_a_nul_stay_two()
    {
        Make("a.gpkg");
        Sql("UPDATE a SET name = CAST(x'5AE9' AS TEXT) WHERE fid = 1", "UPDATE a SET name = CAST(x'5AE8' AS TEXT) WHERE fid = 2");
        VectorLayer layer = VectorFile.Read(_folder.File("a.gpkg"));
        Assert.Equal([@"Z\xE9", @"Z\xE8"], layer.Features.Select(f => f.Attributes["name"]));
        Assert.Contains("its text is not all UTF-8 (row 1 is the first)", Assert.Single(layer.Notes), StringComparison.Ordinal);
        Sql("UPDATE a SET name = CAST(x'5A0041' AS TEXT) WHERE fid = 1", "UPDATE a SET name = CAST(x'5A0042' AS TEXT) WHERE fid = 2");
        Assert.Equal(["Z\0A", "Z\0B"], Names());
    }

    [Theory]
    [InlineData(2, 0x7FFFFFFF)]
    [InlineData(3, 0x7FFFFFFF)]
    [InlineData(7, 0x10000000)]
    [InlineData(8, 0x08000000)]
    [InlineData(10, 0x20000000)]
    public void Counts_that_the_bytes_cannot_hold_are_refused_before_memory_is_taken(int kind, int count)
    {
        Make("a.gpkg");
        byte[] blob = [0x47, 0x50, 0, 1, 0, 0, 0, 0, 1, (byte)kind, 0, 0, 0, 0, 0, 0, 0, .. new byte[64]];
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(13), count);
        Sql($"UPDATE a SET geom = x'{Convert.ToHexString(blob)}'");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("it is cut short", Assert.Throws<AsmException>(() => VectorFile.Read(_folder.File("a.gpkg"))).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private string?[] Names() => [.. VectorFile.Read(_folder.File("a.gpkg")).Features.Select(f => (string?)f.Attributes["name"])];

    private void Make(string name) => VectorFile.Write(_folder.File(name), new("a", Crs.Utm(30, north: true), ["name"],
        [.. ((string[])["one", "two"]).Select((text, i) => new VectorFeature(i + 1, new Point(500_000 + i, 0), new Dictionary<string, object?> { ["name"] = text }))]));

    private void View(string sql) => Sql(sql, "INSERT INTO gpkg_contents(table_name, data_type, srs_id) VALUES ('v', 'features', 32630)", "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'GEOMETRY', 32630, 0, 0)");

    private void Sql(params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("a.gpkg")};Pooling=False;Foreign Keys=False");
        connection.Open();
        foreach (string sql in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
