using System.Globalization;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Gathers what the tags of a GeoTIFF say of the raster.</summary>
internal static class TiffDescription
{
    private const int PalettePhotometric = 3;

    /// <summary>Bands, colours, class names and metadata of the main image.</summary>
    /// <exception cref="RasterFormatException">A tag makes no sense.</exception>
    public static RasterInfo Read(TiffFile file, TiffDirectory directory, TiffImage image, Crs? assumedCrs)
    {
        GdalMetadata metadata = GdalMetadata.Parse(directory.Text(TiffTag.GdalMetadata, GdalMetadata.MaxBytes), file.Path);
        double? noData = ReadNoData(file, directory);
        bool isPalette = image.BandCount == 1 && image.BitsPerSample == 8
            && directory.Integer(TiffTag.PhotometricInterpretation, 1) == PalettePhotometric;
        return new RasterInfo
        {
            Grid = GeoReference.ReadGrid(file, directory, image, assumedCrs),
            SampleType = image.SampleType,
            Bands =
            [
                .. Enumerable.Range(0, image.BandCount).Select(band => new BandInfo
                {
                    Name = metadata.Names.GetValueOrDefault(band, ""),
                    NoData = noData,
                    Scale = metadata.Scales.GetValueOrDefault(band, 1),
                    Offset = metadata.Offsets.GetValueOrDefault(band, 0),
                }),
            ],
            Colors = isPalette ? ReadColors(directory.Integers(TiffTag.ColorMap, 3 * 256)) : [],
            ClassNames = image.BandCount == 1 ? PamFile.ReadClassNames(file.Path) : [],
            Metadata = metadata.Items,
        };
    }

    private static double? ReadNoData(TiffFile file, TiffDirectory directory)
    {
        string? text = directory.Text(TiffTag.GdalNoData, 256)?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        // GDAL writes what printf gives: nan, -nan, inf, -inf.
        return text.ToUpperInvariant() switch
        {
            "NAN" or "-NAN" or "+NAN" => double.NaN,
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
                : throw new RasterFormatException(file.Path, $"its nodata value (tag 42113) is '{text}'",
                    "a number or nan", "remove it: gdal_edit.py -unsetnodata IN.tif"),
        };
    }

    /// <summary>
    /// All reds, then all greens, then all blues, of 16 bits. Some writers store 8 bits, which shows in that no value is above 255.
    /// </summary>
    private static Rgb[] ReadColors(long[] map)
    {
        int count = map.Length / 3;
        int shift = map.Any(value => value > 255) ? 8 : 0;
        return [.. Enumerable.Range(0, count)
            .Select(i => new Rgb((byte)(map[i] >> shift), (byte)(map[count + i] >> shift), (byte)(map[2 * count + i] >> shift)))];
    }
}
