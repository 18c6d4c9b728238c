using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of raster files: each names a command of GDAL that is run as it stands there.</summary>
public sealed class RasterFixTests : FixTrial
{
    [Fact]
    [Fix("warp it: gdalwarp IN.tif OUT.tif")]
    public void A_rotated_or_mirrored_raster_is_warped()
    {
        MapInputs.Write(PathOf("a.tif"));
        Vrt("a.tif", "rotated.tif", text => text.Replace("<GeoTransform>", "<GeoTransform>600000, 9, 4, 700020, 4, -9</GeoTransform><!--", StringComparison.Ordinal)
            .Replace("</GeoTransform>\n", "-->\n", StringComparison.Ordinal));
        Fails("mosaic", "rotated.tif", "-o", "m.tif");
        Run("gdalwarp", "-q", "rotated.tif", "north.tif");
        Works("mosaic", "north.tif", "-o", "m.tif");
    }

    [Fact]
    [Fix("warp it: gdalwarp -t_srs EPSG:32630 IN.tif OUT.tif (with the UTM zone of the place)")]
    public void A_raster_with_control_points_is_warped()
    {
        MapInputs.WriteUnplaced(PathOf("a.tif"));
        Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", "-gcp", "0", "0", "600000", "700020", "-gcp", "24", "0", "600240", "700025", "-gcp", "0", "24", "600005", "699780",
            "-gcp", "24", "24", "600245", "699785", "a.tif", "points.tif");
        Fails("mosaic", "points.tif", "-o", "m.tif");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32630", "points.tif", "placed.tif");
        Works("mosaic", "placed.tif", "-o", "m.tif");
    }

    [Fact]
    [Fix("rewrite it: gdal_translate {} IN.tif OUT.tif")]
    public void A_file_of_an_unusual_kind_is_rewritten_by_the_printed_command()
    {
        MapInputs.Write(PathOf("a.tif"));
        foreach ((string[] kind, string name) in new (string[], string)[]
        {
            (["-co", "COMPRESS=LERC"], "lerc.tif"),
            (["-co", "COMPRESS=LZMA"], "lzma.tif"),
            (["-co", "NBITS=4"], "bits.tif"),
        })
        {
            if (PeerTool.TryRun("gdal_translate", ["-q", .. kind, PathOf("a.tif"), PathOf(name)]).Exit != 0) continue;
            string command = System.Text.RegularExpressions.Regex.Match(Fails("mosaic", name, "-o", "m.tif"), "gdal_translate ([^\n]*) IN.tif OUT.tif").Groups[1].Value;
            Run("gdal_translate", [.. command.Split(' '), name, $"again-{name}"]);
            Works("mosaic", $"again-{name}", "-o", $"m-{name}");
        }
    }

    [Fact]
    [Fix("rewrite the metadata with gdal_edit.py, or remove them: gdal_edit.py -unsetmd IN.tif")]
    public void Damaged_metadata_are_removed()
    {
        MapInputs.Write(PathOf("a.tif"));
        Run("gdal_translate", "-q", "-mo", "AREA=abcdefgh", "a.tif", "b.tif");
        byte[] bytes = File.ReadAllBytes(PathOf("b.tif"));
        int at = bytes.AsSpan().IndexOf("<Item name"u8);
        "<Ite< name"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(PathOf("b.tif"), bytes);
        Fails("mosaic", "b.tif", "-o", "m.tif");
        Run("gdal_edit.py", "-unsetmd", "b.tif");
        Works("mosaic", "b.tif", "--rule", "first", "-o", "m.tif");
    }

    [Fact]
    [Fix("reproject the file: gdalwarp -t_srs EPSG:326zz IN OUT; or, where its CRS is wrong, assign the right one: gdal_translate -a_srs EPSG:326zz IN OUT")]
    public void A_system_that_is_not_known_is_reprojected_or_assigned_anew()
    {
        MapInputs.Write(PathOf("a.tif"));
        Run("gdal_translate", "-q", "-a_srs", "+proj=robin +datum=WGS84", "a.tif", "robin.tif");
        Fails("mosaic", "robin.tif", "-o", "m.tif");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32630", "robin.tif", "utm.tif");
        Works("mosaic", "utm.tif", "-o", "m.tif");
        Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", "robin.tif", "assigned.tif");
        Works("mosaic", "assigned.tif", "-o", "n.tif");
    }

    [Fact]
    [Fix("convert it: gdal_translate -of GTiff IN OUT.tif")]
    public void A_picture_is_converted()
    {
        MapInputs.Write(PathOf("a.tif"));
        Run("gdal_translate", "-q", "-of", "ENVI", "a.tif", "a.img");
        File.Copy(PathOf("a.img"), PathOf("envi.tif"));
        Fails("mosaic", "envi.tif", "-o", "m.tif");
        Run("gdal_translate", "-q", "-of", "GTiff", "a.img", "OUT.tif");
        Works("mosaic", "OUT.tif", "--rule", "first", "-o", "m.tif");
    }

    [Fact]
    [Fix("warp it: gdalwarp -t_srs EPSG:326zz -tr 10 10 -r near IN OUT")]
    public void A_map_in_degrees_is_warped_to_metres()
    {
        MapInputs.Write(PathOf("a.tif"));
        Run("gdalwarp", "-q", "-t_srs", "EPSG:4326", "-r", "near", "a.tif", "degrees.tif");
        Fails("heatmap", "degrees.tif", "-o", "h.tif");
        Run("gdalwarp", "-q", "-t_srs", "EPSG:32630", "-tr", "10", "10", "-r", "near", "degrees.tif", "metres.tif");
        Works("heatmap", "metres.tif", "-o", "h.tif");
    }

    private void Vrt(string from, string to, Func<string, string> change)
    {
        Run("gdal_translate", "-q", "-of", "VRT", from, "changed.vrt");
        File.WriteAllText(PathOf("changed.vrt"), change(File.ReadAllText(PathOf("changed.vrt"))));
        Run("gdal_translate", "-q", "changed.vrt", to);
    }
}
