namespace Asm.Raster.GeoTiff.Reading;

/// <summary>The compressions that are read, by the number of tag Compression; both numbers of Deflate are mapped to one.</summary>
internal enum TiffCompression
{
    None = 1,
    Lzw = 5,
    Deflate = 8,
    PackBits = 32773,
    Zstd = 50000,
}

/// <summary>Names and bounds of compressions.</summary>
internal static class TiffCompressions
{
    /// <summary>The compression of a number in tag Compression.</summary>
    /// <exception cref="RasterFormatException">It is not read here; the message names it.</exception>
    public static TiffCompression Parse(long number, TiffFile file) => number switch
    {
        1 => TiffCompression.None,
        5 => TiffCompression.Lzw,
        8 or 32946 => TiffCompression.Deflate,
        32773 => TiffCompression.PackBits,
        50000 => TiffCompression.Zstd,
        _ => throw file.Unsupported($"its compression is {ForeignName(number)}",
            "NONE, LZW, DEFLATE, PACKBITS or ZSTD", "-co COMPRESS=DEFLATE"),
    };

    /// <summary>The name that GDAL gives it.</summary>
    public static string GdalName(this TiffCompression compression) => compression.ToString().ToUpperInvariant();

    /// <summary>
    /// Bytes that one compressed byte can become at most; a block that claims more is damaged, and no memory is taken for it.
    /// </summary>
    public static long MaxExpansion(this TiffCompression compression) => compression switch
    {
        TiffCompression.None => 1,
        TiffCompression.PackBits => 64, // 2 bytes give 128
        TiffCompression.Deflate => 1032, // 2 bits give 258
        TiffCompression.Lzw => 4096, // 12 bits give less than 4096
        _ => 1 << 16, // a run block of 4 bytes gives 128 KiB
    };

    private static string ForeignName(long number) => number switch
    {
        2 or 3 or 4 => "CCITT",
        6 or 7 => "JPEG",
        33003 or 33004 or 33005 or 34712 => "JPEG 2000",
        34887 => "LERC",
        34925 => "LZMA",
        50001 => "WebP",
        50002 or 52546 => "JPEG XL",
        _ => $"of the unknown kind {number}",
    };
}
