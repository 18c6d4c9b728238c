using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of raster files that are damaged, of another kind, or have the wrong files beside them.</summary>
public sealed class GeoTiffFixTests : FixTrial
{
    public GeoTiffFixTests() => MapInputs.Write(PathOf("map.tif"));

    private static string[] Mosaic(string map) => ["mosaic", map, "--rule", "first", "-o", "m.tif", "--overwrite"];

    [Fact]
    [Fix("make one of it: gdal_translate {} OUT.tif")]
    public void A_virtual_raster_becomes_a_file()
    {
        Run("gdal_translate", "-q", "-of", "VRT", "map.tif", "all maps.tif");
        Run("bash", "-c", Regex.Match(Fails(Mosaic("all maps.tif")), "gdal_translate [^\n]*").Value);
        Works(Mosaic("OUT.tif"));
    }

    [Fact]
    [Fix("move it away, and write it anew if it is of this raster: gdal_translate -of GTiff -b 1 -ot Byte -outsize {} {} MOVED {}")]
    public void A_mask_of_another_size_is_moved_away_or_written_anew()
    {
        Run("gdal_translate", "-q", "-of", "GTiff", "-ot", "UInt16", "-outsize", "12", "12", "map.tif", "map.tif.msk");
        string command = Regex.Match(Fails(Mosaic("map.tif")), "gdal_translate [^\n]*").Value;
        File.Move(PathOf("map.tif.msk"), PathOf("MOVED"));
        Works(Mosaic("map.tif"));
        Run("bash", "-c", command);
        Works(Mosaic("map.tif"));
    }

    [Fact]
    [Fix("remove it: gdal_edit.py -unsetnodata IN.tif")]
    public void A_nodata_value_that_is_no_number_is_removed()
    {
        Run("gdal_translate", "-q", "-ot", "UInt32", "-a_nodata", "123456789", "map.tif", "a.tif");
        byte[] bytes = File.ReadAllBytes(PathOf("a.tif"));
        "no number"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("123456789"u8)));
        File.WriteAllBytes(PathOf("a.tif"), bytes);
        Fails(Mosaic("a.tif"));
        Run("gdal_edit.py", "-unsetnodata", "a.tif");
        Works(Mosaic("a.tif"));
    }

    [Fact]
    [Fix("the file is damaged: fetch it again, or assign the CRS anew: gdal_translate -a_srs EPSG:326zz IN OUT")]
    public void A_system_whose_keys_are_damaged_is_assigned_anew()
    {
        Run("gdal_translate", "-q", "map.tif", "a.tif");
        byte[] bytes = File.ReadAllBytes(PathOf("a.tif"));
        int keys = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 0, 1, 0, 0, 0]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(keys + 6), 99);
        File.WriteAllBytes(PathOf("a.tif"), bytes);
        Fails(Mosaic("a.tif"));
        Run("gdal_translate", "-q", "-a_srs", "EPSG:32630", "a.tif", "b.tif");
        Assert.Contains("EPSG:32630", Works("inspect", "b.tif"), StringComparison.Ordinal);
    }

    [Fact]
    [Fix("delete this file, or make it again with GDAL; it holds class names, nodata values and statistics only")]
    public void Names_that_cannot_be_read_are_deleted_or_made_again()
    {
        string names = PathOf("map.tif.aux.xml"), whole = File.ReadAllText(names);
        File.WriteAllText(names, whole[..(whole.Length / 2)]);
        Fails(Mosaic("map.tif"));
        File.Delete(names);
        Works(Mosaic("map.tif"));
        Run("gdalinfo", "-stats", "map.tif");
        Assert.True(File.Exists(names));
        Works(Mosaic("map.tif"));
    }

    [Fact]
    [Fix("convert it: gdal_translate -of GTiff -co COMPRESS=DEFLATE IN.jp2 OUT.tif")]
    [Fix("convert it: gdal_translate -of GTiff -ot Float64 -co COMPRESS=DEFLATE IN.jp2 OUT.tif")]
    [Fix("warp it: gdalwarp IN.jp2 OUT.tif")]
    public void A_JPEG_2000_file_of_an_unusual_kind_is_converted()
    {
        // Colours, so that it is written with a palette.
        string[] jpeg2000 = ["-q", "-of", "JP2OpenJPEG", "-co", "REVERSIBLE=YES", "-co", "QUALITY=100", "-co", "GeoJP2=NO"];
        Works("mosaic", "map.tif", "-o", "colours.tif");
        Run("gdal_translate", [.. jpeg2000, "colours.tif", "palette.jp2"]);
        Fails(Mosaic("palette.jp2"));
        Run("gdal_translate", "-q", "-of", "GTiff", "-co", "COMPRESS=DEFLATE", "palette.jp2", "palette.tif");
        Works(Mosaic("palette.tif"));

        Run("gdal_translate", [.. jpeg2000, "-ot", "UInt32", "-co", "NBITS=20", "map.tif", "bits.jp2"]);
        Fails(Mosaic("bits.jp2"));
        Run("gdal_translate", "-q", "-of", "GTiff", "-ot", "Float64", "-co", "COMPRESS=DEFLATE", "bits.jp2", "bits.tif");
        Works(Mosaic("bits.tif"));

        Run("gdal_translate", "-q", "-of", "VRT", "map.tif", "rotated.vrt");
        File.WriteAllText(PathOf("rotated.vrt"), Regex.Replace(File.ReadAllText(PathOf("rotated.vrt"), Encoding.UTF8),
            "<GeoTransform>[^<]*", "<GeoTransform>600000, 9, 4, 700020, 4, -9"));
        Run("gdal_translate", [.. jpeg2000, "rotated.vrt", "rotated.jp2"]);
        Fails(Mosaic("rotated.jp2"));
        Run("gdalwarp", "-q", "rotated.jp2", "north.tif");
        Works(Mosaic("north.tif"));
    }
}
