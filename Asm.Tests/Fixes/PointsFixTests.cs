using System.Text.RegularExpressions;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of files of labelled points.</summary>
public sealed class PointsFixTests : FixTrial
{
    private const string Header = "id,x,y,class,reference\n";

    public PointsFixTests() => MapInputs.Write(PathOf("map.tif"));

    private static string[] Assess(string points) => ["assess", "--map", "map.tif", "--points", points];

    [Fact]
    [Fix("put texts with '{}' in quotes")]
    [Fix("separate row 1 as the rows below")]
    [Fix("separate its fields as those of row 1, or remove it")]
    public void Rows_of_a_table_are_separated_alike()
    {
        Write(Header.Replace(',', ';') + "1;600015;700015;mines;mines;clear\n");
        Fails(Assess("p.csv"));
        Write("id;x;y;class;reference;note\n1;600015;700015;mines;mines;\"seen; clear\"\n");
        Works(Assess("p.csv"));
        Write("id;x,y;class,reference\n1,600015,700015,mines,mines\n");
        Fails(Assess("p.csv"));
        Write(Header + "1;600015;700015;mines;mines\n");
        Fails(Assess("p.csv"));
        Write(Header + "1,600015,700015,mines,mines\n");
        Works(Assess("p.csv"));
    }

    [Fact]
    [Fix("format the column as numbers without a mark between thousands, and save the table again")]
    [Fix("save the table with decimal points")]
    public void Numbers_of_spreadsheets_are_saved_plainly()
    {
        Write("id;x;y;class;reference\n1;600.015,5;700.015,5;mines;mines\n");
        Fails(Assess("p.csv"));
        Write(Header + "1,\"600015,5\",\"700015,5\",mines,mines\n");
        Fails(Assess("p.csv"));
        Write("id;x;y;class;reference\n1;600015,5;700015,5;mines;mines\n");
        Works(Assess("p.csv"));
        File.Move(PathOf("p.csv"), PathOf("p.txt"));
        Works(Assess("p.txt"));
        Write(Header + "1,600015.5,700015.5,mines,mines\n");
        Works(Assess("p.csv"));
    }

    [Fact]
    [Fix("part them (ogr2ogr -unsetFid -explodecollections OUT.gpkg IN), and give each an id of its own")]
    [Fix("delete the row")]
    [Fix("give them one, or delete the rows")]
    public void Rows_that_are_no_points_are_parted_or_deleted()
    {
        Write("id,class,reference,WKT\n1,mines,mines,\"MULTIPOINT((600015 700015),(600025 700015))\"\n2,mines,mines,\"LINESTRING(600015 700015,600025 700015)\"\n3,mines,mines,\n");
        Run("ogr2ogr", "-a_srs", "EPSG:32630", "p.gpkg", "p.csv");
        Fails(Assess("p.gpkg"));
        Run("ogr2ogr", "given.gpkg", "p.gpkg", "-where", "id <> '3'");
        Fails(Assess("given.gpkg"));
        Run("ogr2ogr", "-unsetFid", "-explodecollections", "parted.gpkg", "given.gpkg", "-nln", "parted");
        Run("ogr2ogr", "-dialect", "SQLite", "-sql", "SELECT CAST(rowid AS TEXT) AS id, class, reference, geom FROM parted", "ids.gpkg", "parted.gpkg");
        Fails(Assess("ids.gpkg"));
        Run("ogr2ogr", "points.gpkg", "ids.gpkg", "-where", "id < '3'");
        Works(Assess("points.gpkg"));
    }

    [Fact]
    [Fix("convert it: ogr2ogr OUT.gpkg IN")]
    public void Points_in_another_format_are_converted()
    {
        Write("id,class,reference,WKT\n1,mines,mines,POINT(600015 700015)\n2,mines,built,POINT(600025 700015)\n");
        Run("ogr2ogr", "-a_srs", "EPSG:32630", "p.gml", "p.csv");
        Fails(Assess("p.gml"));
        Run("ogr2ogr", "p.gpkg", "p.gml");
        Works(Assess("p.gpkg"));
    }

    [Fact]
    [Fix("save it again, or convert it: ogr2ogr OUT.gpkg IN")]
    [Fix("label the points in a .csv or .gpkg of the sample")]
    [Fix("delete it")]
    public void A_KML_that_viewers_changed_is_converted_or_left_for_a_table()
    {
        Works("sample", "map.tif", "-n", "6", "-o", "p.kml");
        string kml = Regex.Replace(File.ReadAllText(PathOf("p.kml")), "(<Data name=\"class\">\\s*<value>)(.*)(</value>\\s*</Data>\\s*<Data name=\"reference\">\\s*)<value />", "$1$2$3<value>$2</value>");
        // Viewers that do not know it leave what is empty out, and some use a prefix that they do not declare.
        File.WriteAllText(PathOf("bare.kml"), Regex.Replace(kml, "<Data name=\"reference\">[^/]*</value>\\s*</Data>", ""));
        Fails(Assess("bare.kml"));
        Works("sample", "map.tif", "-n", "6", "-o", "p.csv");
        File.WriteAllLines(PathOf("p.csv"), File.ReadAllLines(PathOf("p.csv")).Select((line, row) => row == 0 ? line : line + "mines"));
        Works(Assess("p.csv"));
        File.WriteAllText(PathOf("prefix.kml"), kml.Replace("<Point>", "<gx:balloonVisibility>1</gx:balloonVisibility><Point>", StringComparison.Ordinal));
        Fails(Assess("prefix.kml"));
        Run("ogr2ogr", "prefix.gpkg", "prefix.kml");
        Works(Assess("prefix.gpkg"));
        const string Path = "<Placemark><name>path</name><LineString><coordinates>-2.095,6.332 -2.094,6.332</coordinates></LineString></Placemark>";
        File.WriteAllText(PathOf("path.kml"), kml.Replace("</Document>", Path + "</Document>", StringComparison.Ordinal));
        Fails(Assess("path.kml"));
        File.WriteAllText(PathOf("path.kml"), kml);
        Works(Assess("path.kml"));
    }

    private void Write(string table) => File.WriteAllText(PathOf("p.csv"), table);
}
