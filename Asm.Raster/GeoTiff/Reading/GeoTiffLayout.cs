using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>How a GeoTIFF lays out its samples; for people to look at, reading does not need it.</summary>
public sealed record GeoTiffLayout
{
    /// <summary>True for BigTIFF (64-bit offsets), false for classic TIFF (32-bit offsets).</summary>
    public required bool IsBigTiff { get; init; }

    /// <summary>True where numbers are stored least significant byte first.</summary>
    public required bool IsLittleEndian { get; init; }

    /// <summary>The compression as GDAL names it: NONE, LZW, DEFLATE, PACKBITS or ZSTD.</summary>
    public required string Compression { get; init; }

    /// <summary>The predictor: 1 none, 2 horizontal differences, 3 floating point.</summary>
    public required int Predictor { get; init; }

    /// <summary>True for tiles, false for strips.</summary>
    public required bool IsTiled { get; init; }

    /// <summary>Columns of a block; of a strip, the width of the raster.</summary>
    public required int BlockWidth { get; init; }

    /// <summary>Rows of a block.</summary>
    public required int BlockHeight { get; init; }

    /// <summary>True where each band has blocks of its own, false where a block holds all bands pixel by pixel.</summary>
    public required bool IsPlanar { get; init; }

    /// <summary>Bits of one stored sample: 1, 8, 16, 32 or 64.</summary>
    public required int BitsPerSample { get; init; }

    /// <summary>
    /// True where the file gives the position of pixel centres; <see cref="RasterInfo.Grid"/> is already shifted to pixel corners.
    /// </summary>
    public required bool PixelIsPoint { get; init; }

    /// <summary>True where there is a mask of valid pixels: inside of the file, beside it, or as its alpha band.</summary>
    public bool HasMask => Masks.Count > 0;

    /// <summary>Where masks of valid pixels are, in words.</summary>
    public required IReadOnlyList<string> Masks { get; init; }

    /// <summary>Columns and rows of the overviews, in the order of the file.</summary>
    public required IReadOnlyList<(int Width, int Height)> OverviewSizes { get; init; }
}
