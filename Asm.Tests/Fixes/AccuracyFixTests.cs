namespace Asm.Tests.Fixes;

/// <summary>Fixes of samples and accuracy.</summary>
public sealed class AccuracyFixTests : FixTrial
{
    public AccuracyFixTests() => MapInputs.Write(PathOf("map.tif"));

    [Fact]
    [Fix("draw a sample with asm sample")]
    public void An_empty_table_is_replaced_by_a_sample()
    {
        File.WriteAllText(PathOf("points.csv"), "");
        Fails("assess", "--map", "map.tif", "--points", "points.csv");
        Works("sample", "map.tif", "-n", "12", "-o", "points.csv", "--overwrite");
        Label("points.csv");
        Works("assess", "--map", "map.tif", "--points", "points.csv");
    }

    [Fact]
    [Fix("correct the row, or give the CRS of the coordinates with `crs`{}")]
    [Fix("correct or remove the row, or give the CRS of the coordinates with `crs`")]
    public void Coordinates_in_degrees_are_given_their_system()
    {
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n1,-2.0950,6.3320,built,built\n");
        Fails("assess", "--map", "map.tif", "--points", "points.csv");
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n1,-2.0950,6.3320,vegetation,built\n");
        Works("assess", "--map", "map.tif", "--points", "points.csv", "--crs", "EPSG:4326");
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n1,600005,700015,built,built\n2,600015,700015,mines,mines\n");
        Fails("assess", "--map", "map.tif", "--points", "points.csv");
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n2,600015,700015,mines,mines\n");
        Works("assess", "--map", "map.tif", "--points", "points.csv");
    }

    [Fact]
    [Fix("give that map with `map`, or with `strata` where it is another one than is assessed")]
    public void Points_of_another_map_are_assessed_with_it_as_strata()
    {
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n1,600015,700015,built,mines\n2,600065,700015,mines,mines\n");
        Fails("assess", "--map", "map.tif", "--points", "points.csv");
        Run("gdal_translate", "-q", "map.tif", "other.tif");
        MapInputs.Write(PathOf("drawn.tif"), first: 2);
        File.WriteAllText(PathOf("points.csv"), "id,x,y,class,reference\n1,600015,700015,built,mines\n2,600065,700015,vegetation,mines\n");
        Fails("assess", "--map", "map.tif", "--points", "points.csv");
        Works("assess", "--map", "map.tif", "--strata", "drawn.tif", "--points", "points.csv");
        Works("assess", "--map", "drawn.tif", "--points", "points.csv");
    }

    [Fact]
    [Fix("take the band of the codes: gdal_translate -b 1 IN OUT")]
    [Fix("give a mask of the map's codes, or declare the value as no data: gdal_translate -a_nodata")]
    public void A_reference_is_converted_and_its_fill_declared()
    {
        Run("gdal_translate", "-q", "-b", "1", "-b", "1", "map.tif", "two.tif");
        Fails("assess", "--map", "map.tif", "--reference", "two.tif");
        Run("gdal_translate", "-q", "-b", "1", "two.tif", "one.tif");
        Works("assess", "--map", "map.tif", "--reference", "one.tif");
        Run("gdal_translate", "-q", "-a_nodata", "none", "-scale", "3", "3.1", "3", "9", "map.tif", "nine.tif");
        Run("gdal_calc.py", "--quiet", "-A", "map.tif", "--calc", "A*(A<3)+9*(A==3)", "--hideNoData", "--type=Byte", "--overwrite", "--outfile=nine.tif");
        Run("gdal_edit.py", "-unsetnodata", "nine.tif");
        Fails("assess", "--map", "map.tif", "--reference", "nine.tif");
        Run("gdal_translate", "-q", "-a_nodata", "9", "nine.tif", "declared.tif");
        Works("assess", "--map", "map.tif", "--reference", "declared.tif");
    }

    [Fact]
    [Fix("give a smaller minimum, or more `points`")]
    [Fix("leave -n out")]
    public void Numbers_of_points_are_brought_together()
    {
        Fails("sample", "map.tif", "-n", "10", "--minimum", "5", "-o", "p.csv");
        Works("sample", "map.tif", "-n", "10", "--minimum", "2", "-o", "p.csv");
        Works("sample", "map.tif", "-n", "20", "--minimum", "5", "-o", "q.csv");
        Fails("sample", "map.tif", "-n", "10", "--allocation", "mines=5,built=6", "-o", "r.csv");
        Works("sample", "map.tif", "--allocation", "mines=5,built=6", "-o", "r.csv");
    }

    [Fact]
    [Fix("write to another path; `labels` {} takes the labels over")]
    public void Labels_are_taken_over_into_a_larger_sample()
    {
        Works("sample", "map.tif", "-n", "10", "-o", "p.csv");
        Label("p.csv");
        Fails("sample", "map.tif", "-n", "20", "-o", "p.csv", "--overwrite");
        Works("sample", "map.tif", "-n", "20", "-o", "q.csv", "--labels", "p.csv");
        Assert.Contains(File.ReadLines(PathOf("q.csv")), line => line.EndsWith(",mines,mines", StringComparison.Ordinal));
    }

    [Fact]
    [Fix("write a .csv, or give the map one: gdal_translate -a_srs EPSG:326zz IN OUT")]
    public void Points_of_a_map_without_a_system_go_into_a_table()
    {
        MapInputs.WriteUnplaced(PathOf("bare.tif"));
        Fails("sample", "bare.tif", "-n", "10", "-o", "p.gpkg");
        Works("sample", "bare.tif", "-n", "10", "-o", "p.csv");
        Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", "bare.tif", "placed.tif");
        Works("sample", "placed.tif", "-n", "10", "-o", "p.gpkg");
    }

    [Fact]
    [Fix("run the project first: asm run PROJECT.yaml")]
    public void A_folder_without_a_run_is_run_first()
    {
        Directory.CreateDirectory(PathOf("empty"));
        Fails("verify", "empty");
        Fails("report", "empty", "-o", "r.html");
    }

    // The reference of every point is its class.
    private void Label(string points) => File.WriteAllLines(PathOf(points), File.ReadAllLines(PathOf(points)).Select((line, i) =>
    {
        string[] cells = line.Split(',');
        return i == 0 ? line : string.Join(',', [.. cells[..4], cells[3], .. cells[5..]]);
    }));
}
