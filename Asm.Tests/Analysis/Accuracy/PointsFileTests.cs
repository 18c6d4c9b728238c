using System.Text;
using Asm.Analysis.Accuracy.Points;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class PointsFileTests
{
    private static readonly PointTable Two = new("map.tif", Crs.Utm(30, north: true),
        [new(1, "1", new(600_005, 700_015), "mines"), new(2, "b, \"2\"", new(600_015.25, 700_005), "vegetation to mines", "built")]);

    [Theory]
    [InlineData("points.csv")]
    [InlineData("points.gpkg")]
    [InlineData("points.geojson")]
    [InlineData("points.kml")]
    public void Points_come_back_as_they_were_written(string name)
    {
        using var folder = new TempFolder();
        PointsFile.Write(folder.File(name), Two);
        PointTable read = PointsFile.Read(folder.File(name));
        Assert.Equal(Two.Points.Select(p => (p.Id, p.Stratum, p.Reference)), read.Points.Select(p => (p.Id, p.Stratum, p.Reference)));
        CoordinateTransform? back = read.Crs is null ? null : CoordinateTransform.Between(read.Crs, Two.Crs!);
        for (int i = 0; i < 2; i++)
        {
            MapPoint at = back?.Transform(read.Points[i].Position) ?? read.Points[i].Position;
            Assert.Equal(Two.Points[i].Position.X, at.X, 1e-3);
            Assert.Equal(Two.Points[i].Position.Y, at.Y, 1e-3);
        }
        Assert.Equal([name], folder.Names);
    }

    [Fact]
    public void CSV_has_the_five_columns_and_empty_references()
    {
        using var folder = new TempFolder();
        PointsFile.Write(folder.File("p.csv"), Two);
        Assert.Equal("id,x,y,class,reference\n1,600005,700015,mines,\n\"b, \"\"2\"\"\",600015.25,700005,vegetation to mines,built\n", File.ReadAllText(folder.File("p.csv")));
    }

    [Fact]
    public void GDAL_reads_KML_with_ids_and_positions()
    {
        using var folder = new TempFolder();
        PointsFile.Write(folder.File("p.kml"), Two);
        string text = PeerTool.Run("ogrinfo", "-al", folder.File("p.kml"));
        Assert.Contains("Feature Count: 2", text, StringComparison.Ordinal);
        Assert.Contains("Name (String) = b, \"2\"", text, StringComparison.Ordinal);
        Assert.Contains("POINT ", text, StringComparison.Ordinal);
        // PROJ: EPSG:32630 to EPSG:4326 of 600005 700015
        Assert.Contains("<coordinates>-2.09583735,6.3322096</coordinates>", File.ReadAllText(folder.File("p.kml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_may_have_any_order_and_company_and_capitals()
    {
        PointTable table = Read("Reference, note ,Y,X,class,ID\n built ,\"big, red\",700015,600005,1,a\n,,,,,\n,,7e5,6e5,2,b\n");
        Assert.Equal([new SamplePoint(2, "a", new(600_005, 700_015), "1", "built"), new SamplePoint(4, "b", new(600_000, 700_000), "2")], table.Points);
    }

    [Fact]
    public void A_byte_order_mark_and_line_ends_of_spreadsheets_do_no_harm() =>
        Assert.Equal("built", Read("\uFEFFid,x,y,class,reference\r\n1,600005,700015,mines,built\r\n").Points[0].Reference);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("id,x,y,class,reference\n", "holds no points")]
    [InlineData("id,x,y,class\n1,2,3,mines\n", "has no column reference; row 1 names id, x, y, class")]
    [InlineData("id|x|y|class|reference\n1|2|3|mines|\n", "has no column id; row 1 names id|x|y|class|reference")]
    [InlineData("id,x;y,class;reference\n1,2,3,mines,\n", "the columns are not separated by commas")]
    [InlineData("id;x;y;class;reference\n1;369.635,5;3;mines;\n", "row 2: x is '369.635,5', with a mark between thousands")]
    [InlineData("id;x;y;class;reference\n1;1,369,635;3;mines;\n", "row 2: x is '1,369,635', with a mark between thousands")]
    [InlineData("id;x;y;class;reference\n1;2;3;a;b;c\n", "row 2 has 6 fields, the header has 5")]
    [InlineData("id,x,y,class,reference\n1,600005.5,3,mines,\n2,\"600005,5\",3,mines,\n", "row 3: x is '600005,5', with a decimal comma")]
    [InlineData("id,x,y,class,reference\n1,600005,5,3,mines,\n", "row 2 has 6 fields, the header has 5")]
    [InlineData("id,x,y,class,reference\n1,2,3,mines,\n7,2,3,mines,\n1,2,3,mines,\n", "rows 2 and 4 have the same id '1'")]
    [InlineData("id,x,y,class,reference\n1,2,three,mines,\n", "row 2: y is 'three'")]
    [InlineData("id,x,y,class,reference\n1,2,nan,mines,\n", "row 2: y is 'nan'")]
    [InlineData("id,x,y,class,reference\n,2,3,mines,\n", "row 2 has no id")]
    [InlineData("id,x,x,y,class,reference\n1,2,2,3,mines,\n", "row 1 names the column x 2 times")]
    [InlineData("id,x,y,class,reference\n1,2,3,\"mines,\n", "p.csv")]
    public void What_is_wrong_is_said_with_its_row(string text, string message)
    {
        string error = Assert.Throws<AsmException>(() => Read(text)).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains("fix: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.csv", "there is no such file")]
    [InlineData("points.xlsx", "the ending '.xlsx' is not one of a points file")]
    public void Files_that_are_none_are_refused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<AsmException>(() => PointsFile.Read(path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_there_is_kept()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.csv"), "labels of a week");
        Assert.Contains("the file exists", Assert.Throws<AsmException>(() => PointsFile.Write(folder.File("p.csv"), Two)).Message, StringComparison.Ordinal);
        Assert.Equal("labels of a week", File.ReadAllText(folder.File("p.csv")));
    }

    [Fact]
    public void Formats_in_degrees_need_a_coordinate_reference_system()
    {
        using var folder = new TempFolder();
        foreach (string name in new[] { "p.kml", "p.geojson", "p.gpkg" })
            Assert.Contains("have no coordinate reference system", Assert.Throws<AsmException>(() => PointsFile.Write(folder.File(name), Two with { Crs = null })).Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("id;x;y;class;reference\r\n1;600005,5;700015;mines;b\u00e2ti\r\n")]
    [InlineData("sep=;\r\nid;x;y;class;reference\r\n1;600005,5;700015,0;mines;b\u00e2ti\r\n")]
    [InlineData("SEP=;\nid;x;y;class;reference\n1;600005.5;700015;mines;b\u00e2ti\n")]
    [InlineData("sep=\t\r\nid\tx\ty\tclass\treference\r\n1\t600005,5\t700015\tmines\tb\u00e2ti\r\n")]
    [InlineData("sep=,\nid,x,y,class,reference\n1,600005.5,700015,mines,b\u00e2ti\n")]
    [InlineData("id\tx\ty\tclass\treference\n1\t600005,5\t700015\tmines\tb\u00e2ti\n")]
    [InlineData("\"id\";\"x\";\"y\";\"class\";\"reference\"\n\"1\";\"600005,5\";700015;mines;b\u00e2ti\n")]
    [InlineData("id;x;y;class;reference;note\n1;600005,5;700015;mines;b\u00e2ti;a, b\n")]
    public void Tables_of_spreadsheets_of_all_countries_are_read_in_all_their_encodings(string text)
    {
        using var folder = new TempFolder();
        foreach (Encoding encoding in new[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, new UnicodeEncoding(false, false), CodePagesEncodingProvider.Instance.GetEncoding(1252)! })
        {
            File.WriteAllText(folder.File("p.csv"), text, encoding);
            SamplePoint point = Assert.Single(PointsFile.Read(folder.File("p.csv")).Points);
            Assert.Equal(("1", 600005.5, 700015, "mines", "b\u00e2ti"), (point.Id, point.Position.X, point.Position.Y, point.Stratum, point.Reference));
        }
    }

    [Fact]
    public void Names_that_spreadsheets_would_run_come_back_from_the_cells_that_they_would_not()
    {
        using var folder = new TempFolder();
        string[] names = ["=1+1", "-2+3", "@x", "'=y", "-5", "a\nb", "\u202egnp", @"C:\u0041", "\u001b[31m"];
        PointsFile.Write(folder.File("p.csv"), Two with { Points = [.. names.Select((name, i) => new SamplePoint(i, name, new(-1.5, 2), name, name))] });
        string text = File.ReadAllText(folder.File("p.csv"));
        Assert.Contains("\n'=1+1,-1.5,2,'=1+1,'=1+1\n", text, StringComparison.Ordinal);
        Assert.Contains("\n-5,-1.5,2,-5,-5\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\\u001b[31m,", text, StringComparison.Ordinal);
        Assert.Equal(names.Select(name => (name, name, name)), PointsFile.Read(folder.File("p.csv")).Points.Select(p => (p.Id, p.Stratum, p.Reference)));
    }

    [Theory]
    [InlineData("MULTIPOINT ((1 2))", null)]
    [InlineData("GEOMETRYCOLLECTION (POINT (1 2))", null)]
    [InlineData("MULTIPOINT ((1 2), (3 4))", "row 1 is a MultiPoint of 2 points")]
    [InlineData("LINESTRING (1 2, 3 4)", "row 1 is a LineString")]
    [InlineData("POINT EMPTY", "1 rows have no place")]
    public void A_row_of_a_layer_is_one_point(string shape, string? refused)
    {
        using var folder = new TempFolder();
        var fields = new Dictionary<string, object?> { ["id"] = "7", ["class"] = "mines", ["reference"] = "built" };
        VectorFile.Write(folder.File("p.gpkg"), new("p", Crs.Wgs84, [.. fields.Keys], [new(1, new NetTopologySuite.IO.WKTReader().Read(shape), fields)]));
        if (refused is null) Assert.Equal(new SamplePoint(1, "7", new(1, 2), "mines", "built"), Assert.Single(PointsFile.Read(folder.File("p.gpkg")).Points));
        else Assert.Contains(refused, Assert.Throws<AsmException>(() => PointsFile.Read(folder.File("p.gpkg"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fix_for_multi_points_of_several_parts_them()
    {
        using var folder = new TempFolder();
        var fields = new Dictionary<string, object?> { ["id"] = null, ["class"] = "mines", ["reference"] = "built" };
        VectorFile.Write(folder.File("p.gpkg"), new("p", Crs.Wgs84, [.. fields.Keys], [new(1, new NetTopologySuite.IO.WKTReader().Read("MULTIPOINT ((1 2), (3 4))"), fields)]));
        PeerTool.Run("ogr2ogr", "-unsetFid", "-explodecollections", folder.File("q.gpkg"), folder.File("p.gpkg"));
        PeerTool.Run("ogr2ogr", "-dialect", "SQLITE", "-sql", "SELECT CAST(rowid AS TEXT) AS id, class, reference, geom FROM p", folder.File("r.gpkg"), folder.File("q.gpkg"));
        Assert.Equal(["1", "2"], PointsFile.Read(folder.File("r.gpkg")).Points.Select(p => p.Id));
    }

    [Theory]
    [InlineData("excel_semi.csv")]
    [InlineData("excel_sep.csv")]
    [InlineData("multi.gpkg")]
    [InlineData("p.kml")]
    public void The_same_points_in_the_forms_that_people_have_are_the_same(string name)
    {
        IReadOnlyList<SamplePoint> plain = PointsFile.Read(SharedData.Require("cases/points/plain.csv")).Points;
        PointTable read = PointsFile.Read(SharedData.Require($"cases/points/{name}"));
        Assert.Equal(plain.Select(p => (p.Id, p.Stratum, p.Reference)), read.Points.Select(p => (p.Id, p.Stratum, p.Reference)));
        CoordinateTransform? back = name == "p.kml" ? CoordinateTransform.Between(read.Crs!, Crs.Utm(48, north: true)) : null;
        for (int i = 0; i < plain.Count; i++)
        {
            MapPoint at = back?.Transform(read.Points[i].Position) ?? read.Points[i].Position;
            Assert.Equal(plain[i].Position.X, at.X, 1e-3);
            Assert.Equal(plain[i].Position.Y, at.Y, 1e-3);
        }
    }

    [Theory]
    [InlineData("<Placemark><name>3</name><Style/><MultiGeometry><Point><coordinates> 1,2,30 </coordinates></Point></MultiGeometry><ExtendedData><Data name='class'><displayName>c</displayName><value>mines</value></Data><Data name='Reference'><value>built</value></Data></ExtendedData></Placemark>", null)]
    [InlineData("<Placemark><ExtendedData><SchemaData schemaUrl='#x'><SimpleData name='ID'>3</SimpleData><SimpleData name='class'>mines</SimpleData><SimpleData name='reference'>built</SimpleData></SchemaData></ExtendedData><Point><altitudeMode>absolute</altitudeMode><coordinates>1,2</coordinates></Point></Placemark>", null)]
    [InlineData("<Placemark><name>3</name><Point><coordinates>1,2</coordinates></Point></Placemark>", "no placemark has the data 'reference'")]
    [InlineData("<Placemark><name>3</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>", "placemark 1 is a LineString")]
    [InlineData("<Placemark><name>3</name><MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>1,2</coordinates></Point></MultiGeometry></Placemark>", "placemark 1 is a Point and Point")]
    [InlineData("<Placemark><name>3</name></Placemark>", "placemark 1 has no place")]
    [InlineData("<Placemark><Point><coordinates>1;2</coordinates></Point></Placemark>", "placemark 1 has no place")]
    [InlineData("<Placemark/>", "placemark 1 has no place")]
    [InlineData("", "holds no points")]
    [InlineData("<Placemark>", "cannot be read as KML")]
    public void KML_is_read_as_other_programs_write_it(string placemark, string? refused)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.kml"), $"<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document><name>d</name><Folder><name>f</name>{placemark}</Folder></Document></kml>");
        if (refused is null) Assert.Equal(new SamplePoint(1, "3", new(1, 2), "mines", "built"), Assert.Single(PointsFile.Read(folder.File("p.kml")).Points));
        else Assert.Contains(refused, Assert.Throws<AsmException>(() => PointsFile.Read(folder.File("p.kml"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KML_with_entities_or_bottomless_folders_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.kml"), "<!DOCTYPE kml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><kml><name>&b;</name></kml>");
        Assert.Contains("cannot be read as KML", Assert.Throws<AsmException>(() => PointsFile.Read(folder.File("p.kml"))).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.File("p.kml"), $"<kml>{string.Concat(Enumerable.Repeat("<Folder>", 100_000))}");
        Assert.Contains("deeper than 100", Assert.Throws<AsmException>(() => PointsFile.Read(folder.File("p.kml"))).Message, StringComparison.Ordinal);
    }

    private static PointTable Read(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.csv"), text);
        return PointsFile.Read(folder.File("p.csv"));
    }
}
