using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of the verbs that work on maps.</summary>
public sealed class MapFixTests : FixTrial
{
    [Fact]
    [Fix("assign it: gdal_translate -a_srs EPSG:326zz IN OUT (and with -a_ullr WEST NORTH EAST SOUTH where it has no place either)")]
    public void A_map_without_a_system_is_given_one()
    {
        MapInputs.WriteUnplaced(PathOf("a.tif"));
        MapInputs.WriteUnplaced(PathOf("b.tif"));
        Fails("mosaic", "a.tif", "-o", "m.tif");
        Fails("change", "a.tif", "b.tif", "-o", "c.tif");
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        Fails("zones", "a.tif", "--zones", "zones.geojson", "-o", "z.csv");
        foreach (string map in new[] { "a.tif", "b.tif" }) Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", map, "placed-" + map);
        Works("mosaic", "placed-a.tif", "-o", "m.tif");
        Works("change", "placed-a.tif", "placed-b.tif", "-o", "c.tif");
        Works("zones", "placed-a.tif", "--zones", "zones.geojson", "-o", "z.csv");

        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Run("gdal_edit.py", "-unsetgt", "-a_srs", "", "scene.tif");
        Fails("prepare", "scene.tif", "-o", "s.tif");
        Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", "-a_ullr", "600000", "700020", "600480", "699540", "scene.tif", "placed.tif");
        Works("prepare", "placed.tif", "-o", "s.tif");
    }

    [Fact]
    [Fix("bring it onto the grid of the other: {}")]
    public void Maps_of_other_grids_are_compared_after_the_printed_command()
    {
        MapInputs.Write(PathOf("a.tif"));
        MapInputs.Write(PathOf("b.tif"), west: 600_010);
        Printed(Fails("change", "a.tif", "b.tif", "-o", "c.tif"));
        Works("change", "a.tif", "OUT.tif", "-o", "c.tif");
    }

    [Fact]
    [Fix("reproject every map: asm mosaic {} -o OUT.tif --crs EPSG:326zz --resolution 10")]
    public void Maps_in_degrees_are_compared_after_the_printed_command()
    {
        foreach (string name in new[] { "a", "b" })
        {
            MapInputs.Write(PathOf($"{name}.tif"));
            Run("gdalwarp", "-q", "-t_srs", "EPSG:4326", $"{name}.tif", $"{name}-degrees.tif");
        }
        Fails("change", "a-degrees.tif", "b-degrees.tif", "-o", "c.tif");
        foreach (string name in new[] { "a", "b" })
            Works("mosaic", $"{name}-degrees.tif", "-o", $"{name}-metres.tif", "--crs", "EPSG:32630", "--resolution", "10");
        Works("change", "a-metres.tif", "b-metres.tif", "-o", "c.tif");
    }

    [Theory]
    [InlineData(600_003.7, true)]
    [InlineData(600_003.7, false)]
    [InlineData(600_010, true)]
    [Fix("bring it onto the grid of the other: {}")]
    public void Maps_shifted_by_any_part_of_a_pixel_are_compared_after_the_printed_command(double west, bool first)
    {
        // The names of the classes are not the usual ones: those of the warped map must still be there.
        string[] names = ["no data", "water", "sand", "forest"];
        MapInputs.Write(PathOf("a.tif"), names: names);
        MapInputs.Write(PathOf("b.tif"), west, names: names);
        string[] maps = first ? ["a.tif", "b.tif"] : ["b.tif", "a.tif"];
        string said = Fails(["change", .. maps, "-o", "c.tif"]);
        Assert.DoesNotContain(@"\u000a", said, StringComparison.Ordinal);
        Assert.Contains("\n  b.tif: 24 x 24 px of 10 x 10, origin (", said, StringComparison.Ordinal);
        string command = System.Text.RegularExpressions.Regex.Match(said, "grid of the other: ([^\n]*)").Groups[1].Value;
        if (west == 600_010) Printed(said);
        else Run("bash", "-c", command);
        Works("change", maps[0], "OUT.tif", "-o", "c.tif");
    }

    [Fact]
    [Fix("give one of these with `class`")]
    public void An_unknown_class_is_replaced_by_one_of_those_told()
    {
        MapInputs.Write(PathOf("a.tif"));
        MapInputs.Write(PathOf("b.tif"));
        Assert.Contains("one of mines, built, vegetation", Fails("change", "a.tif", "b.tif", "--class", "mine", "-o", "c.tif"), StringComparison.Ordinal);
        Works("change", "a.tif", "b.tif", "--class", "mines", "-o", "c.tif");
    }

    [Fact]
    [Fix("give a name in that folder with `output`, such as change.tif")]
    public void A_folder_as_output_is_given_a_name()
    {
        MapInputs.Write(PathOf("a.tif"));
        MapInputs.Write(PathOf("b.tif"));
        Fails("change", "a.tif", "b.tif", "-o", "out/");
        Works("change", "a.tif", "b.tif", "-o", "out/change.tif");
    }

    [Fact]
    [Fix("mosaic the class maps of each season, then compare the mosaics with asm change")]
    public void Change_maps_are_not_mosaicked_but_made_from_mosaics()
    {
        foreach (string season in new[] { "a", "b" })
            foreach (int tile in new[] { 0, 1 }) MapInputs.Write(PathOf($"{season}{tile}.tif"), west: 600_000 + 240 * tile);
        foreach (int tile in new[] { 0, 1 }) Works("change", $"a{tile}.tif", $"b{tile}.tif", "-o", $"c{tile}.tif");
        Fails("mosaic", "c0.tif", "c1.tif", "-o", "m.tif");
        foreach (string season in new[] { "a", "b" }) Works("mosaic", $"{season}0.tif", $"{season}1.tif", "-o", $"{season}.tif");
        Works("change", "a.tif", "b.tif", "-o", "c.tif");
    }

    [Fact]
    [Fix("correct `bounds`; they are in units of the target's CRS")]
    public void Bounds_that_hold_nothing_are_corrected()
    {
        MapInputs.Write(PathOf("a.tif"));
        Fails("mosaic", "a.tif", "--bounds", "-2.1,6.3,-2.0,6.4", "-o", "m.tif");
        Works("mosaic", "a.tif", "--bounds", "600000,699800,600200,700000", "-o", "m.tif");
    }

    [Fact]
    [Fix("give `bounds`, a larger `resolution`, or tiles of one region")]
    public void Tiles_far_apart_get_bounds_or_coarser_pixels()
    {
        MapInputs.Write(PathOf("a.tif"));
        MapInputs.Write(PathOf("b.tif"), crs: Crs.Utm(31, north: true), west: 250_000);
        Fails("mosaic", "a.tif", "b.tif", "--resolution", "0.00001", "-o", "m.tif");
        Works("mosaic", "a.tif", "b.tif", "--resolution", "1000", "-o", "m.tif");
        Works("mosaic", "a.tif", "b.tif", "--resolution", "0.1", "--bounds", "600000,700000,600010,700010", "-o", "n.tif");
    }

    [Fact]
    [Fix("give `resolution`, in units of the CRS")]
    public void A_mosaic_in_degrees_is_given_a_resolution()
    {
        MapInputs.Write(PathOf("a.tif"));
        Fails("mosaic", "a.tif", "--crs", "EPSG:4326", "-o", "m.tif");
        Works("mosaic", "a.tif", "--crs", "EPSG:4326", "--resolution", "0.0001", "-o", "m.tif");
    }

    [Fact]
    [Fix("give NAME.classes.tif, or `rule` max-probability")]
    [Fix("give NAME.probabilities.tif, or another `rule`")]
    public void Rule_and_kind_of_map_are_brought_together()
    {
        MapInputs.Write(PathOf("a.classes.tif"));
        MapInputs.WriteProbabilities(PathOf("a.probabilities.tif"));
        Fails("mosaic", "a.probabilities.tif", "-o", "m.tif");
        Works("mosaic", "a.classes.tif", "-o", "m.tif");
        Works("mosaic", "a.probabilities.tif", "--rule", "max-probability", "-o", "n.tif");
        Fails("mosaic", "a.classes.tif", "--rule", "max-probability", "-o", "o.tif");
        Works("mosaic", "a.classes.tif", "--rule", "first", "-o", "o.tif");
    }

    [Fact]
    [Fix("give `rule` max-probability or `rule` first")]
    public void Other_classes_than_the_papers_are_ranked_by_another_rule()
    {
        MapInputs.Write(PathOf("a.tif"), names: ["no data", "water", "mines", "forest"]);
        Fails("mosaic", "a.tif", "-o", "m.tif");
        Works("mosaic", "a.tif", "--rule", "first", "-o", "m.tif");
    }

    [Fact]
    [Fix("put maps of several tiles together with asm mosaic")]
    public void Dates_of_several_tiles_are_mosaicked()
    {
        MapInputs.WriteProbabilities(PathOf("a.probabilities.tif"));
        MapInputs.WriteProbabilities(PathOf("b.probabilities.tif"), west: 600_240);
        Fails("ensemble", "a.probabilities.tif", "b.probabilities.tif", "-o", "out");
        Works("mosaic", "a.probabilities.tif", "b.probabilities.tif", "--rule", "max-probability", "-o", "m.tif");
    }

    [Fact]
    [Fix("check the file, or name another layer with `layer`")]
    public void An_empty_layer_is_exchanged_for_another()
    {
        MapInputs.Write(PathOf("a.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        File.WriteAllText(PathOf("none.geojson"), """{"type":"FeatureCollection","features":[]}""");
        Run("ogr2ogr", "zones.gpkg", "zones.geojson", "-nln", "zones", "-nlt", "POLYGON");
        Run("ogr2ogr", "-update", "zones.gpkg", "none.geojson", "-nln", "none", "-nlt", "POLYGON");
        Fails("zones", "a.tif", "--zones", "zones.gpkg", "--layer", "none", "-o", "z.csv");
        Works("zones", "a.tif", "--zones", "zones.gpkg", "--layer", "zones", "-o", "z.csv");
    }

    [Fact]
    [Fix("fill the field in, or name another one with `id`")]
    public void A_zone_without_a_name_is_named_by_another_field()
    {
        MapInputs.Write(PathOf("a.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        Fails("zones", "a.tif", "--zones", "zones.geojson", "--id", "name", "-o", "z.csv");
        Works("zones", "a.tif", "--zones", "zones.geojson", "--id", "id", "-o", "z.csv");
    }

    [Fact]
    [Fix("give another name with `output`")]
    public void A_zone_table_gets_another_ending()
    {
        MapInputs.Write(PathOf("a.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        Fails("zones", "a.tif", "--zones", "zones.geojson", "-o", "z.xlsx");
        Works("zones", "a.tif", "--zones", "zones.geojson", "-o", "z.csv");
    }

    [Fact]
    [Fix("give `max-memory` {}MiB or more{}")]
    public void Too_little_memory_is_raised_to_what_is_told()
    {
        MapInputs.Write(PathOf("a.tif"), width: 40_000);
        MapInputs.WriteProbabilities(PathOf("a.probabilities.tif"));
        MapInputs.WriteProbabilities(PathOf("b.probabilities.tif"));
        File.AppendAllText(PathOf("b.probabilities.tif"), " ");
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        foreach (string[] verb in new string[][]
        {
            ["zones", "a.tif", "--zones", "zones.geojson", "-o", "z.csv"],
            ["polygons", "a.tif", "--class", "mines", "-o", "p.gpkg"],
            ["heatmap", "a.tif", "-o", "h.tif"],
            ["mosaic", "a.tif", "-o", "m.tif"],
            ["ensemble", "a.probabilities.tif", "b.probabilities.tif", "-o", "out/e"],
        })
        {
            string said = Fails([.. verb, "--max-memory", "1MB"]);
            string need = System.Text.RegularExpressions.Regex.Match(said, "--max-memory ([0-9]+MiB)").Groups[1].Value;
            Works([.. verb, "--max-memory", need]);
        }
    }

    [Fact]
    [Fix("give `picture` such a name")]
    public void A_picture_gets_the_ending_png()
    {
        MapInputs.Write(PathOf("a.tif"));
        Fails("heatmap", "a.tif", "-o", "h.tif", "--picture", "h.jpg");
        Works("heatmap", "a.tif", "-o", "h.tif", "--picture", "h.png");
    }

    [Fact]
    [Fix("give another bandwidth, or first make the map coarser: gdalwarp -tr 100 100 -r mode IN OUT")]
    [Fix("give for example `cell` {}")]
    public void Cells_and_bandwidths_fit_the_pixels()
    {
        MapInputs.Write(PathOf("a.tif"));
        Fails("heatmap", "a.tif", "-o", "h.tif", "--bandwidth", "1000000");
        Works("heatmap", "a.tif", "-o", "h.tif", "--bandwidth", "100");
        Fails("heatmap", "a.tif", "-o", "i.tif", "--cell", "15");
        Works("heatmap", "a.tif", "-o", "i.tif", "--cell", "100");
        Run("gdalwarp", "-q", "-tr", "100", "100", "-r", "mode", "a.tif", "coarse.tif");
        Works("heatmap", "coarse.tif", "-o", "j.tif", "--bandwidth", "10000", "--cell", "100");
    }

    [Fact]
    [Fix("warp it: gdalwarp -tr 10 10 -r near IN OUT")]
    public void Pixels_that_are_no_squares_are_warped()
    {
        MapInputs.Write(PathOf("a.tif"), pixelHeight: 20);
        Fails("heatmap", "a.tif", "-o", "h.tif");
        Run("gdalwarp", "-q", "-tr", "10", "10", "-r", "near", "a.tif", "square.tif");
        Works("heatmap", "square.tif", "-o", "h.tif");
    }

    [Fact]
    [Fix("give a NAME.confidence.tif of asm predict")]
    public void Confidence_is_the_one_that_predict_wrote()
    {
        MapInputs.WriteProbabilities(PathOf("a.probabilities.tif"));
        MapInputs.WriteProbabilities(PathOf("b.probabilities.tif"));
        File.AppendAllText(PathOf("b.probabilities.tif"), " ");
        Works("ensemble", "a.probabilities.tif", "b.probabilities.tif", "-o", "out/c");
        Fails("polygons", "out/c.classes.tif", "--class", "mines", "--confidence", "a.probabilities.tif", "-o", "p.gpkg");
        Works("polygons", "out/c.classes.tif", "--class", "mines", "--confidence", "out/c.confidence.tif", "-o", "p.gpkg");
    }

    [Fact]
    [Fix("give -o DIR/NAME")]
    public void An_ensemble_gets_a_name()
    {
        MapInputs.WriteProbabilities(PathOf("a.probabilities.tif"));
        MapInputs.WriteProbabilities(PathOf("b.probabilities.tif"));
        File.AppendAllText(PathOf("b.probabilities.tif"), " ");
        Fails("ensemble", "a.probabilities.tif", "b.probabilities.tif", "-o", "out/");
        Works("ensemble", "a.probabilities.tif", "b.probabilities.tif", "-o", "out/NAME");
    }

    [Fact]
    [Fix("put one after each --mask")]
    public void Masks_with_several_buffers_get_one_each()
    {
        MapInputs.Write(PathOf("a.tif"));
        File.WriteAllText(PathOf("zones.geojson"), MapInputs.Zones);
        File.Copy(PathOf("zones.geojson"), PathOf("lakes.geojson"));
        Fails("mosaic", "a.tif", "--mask", "zones.geojson", "--mask", "lakes.geojson", "--mask", "zones.geojson", "--buffer", "1", "--buffer", "2", "-o", "m.tif");
        Works("mosaic", "a.tif", "--mask", "zones.geojson", "--buffer", "1", "--mask", "lakes.geojson", "--buffer", "2", "-o", "m.tif");
    }

    // A command line that a message prints, as it stands there.
    private void Printed(string said)
    {
        string command = System.Text.RegularExpressions.Regex.Match(said, "asm mosaic [^\n]*").Value;
        Assert.NotEqual("", command);
        Works([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(command).Skip(1)]);
    }
}
