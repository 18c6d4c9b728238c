using Asm.Analysis.Accuracy.Points;
using Asm.Raster;
using Asm.Raster.Projections;
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
    [InlineData("id;x;y;class;reference\n1;2;3;mines;\n", "the columns are not separated by commas")]
    [InlineData("id\tx\ty\tclass\treference\n1\t2\t3\tmines\t\n", "the columns are not separated by commas")]
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

    private static PointTable Read(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("p.csv"), text);
        return PointsFile.Read(folder.File("p.csv"));
    }
}
