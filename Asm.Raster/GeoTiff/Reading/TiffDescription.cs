using System.Globalization;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Gathers what the tags of a GeoTIFF say of the raster.</summary>
internal static class TiffDescription
{
    private const int PalettePhotometric = 3, AssociatedAlpha = 1, UnassociatedAlpha = 2;

    /// <summary>Bands, colours, class names and metadata of the main image; the alpha band is told and not among the bands.</summary>
    /// <exception cref="RasterFormatException">A tag makes no sense.</exception>
    public static (RasterInfo Info, int? Alpha) Read(TiffFile file, TiffDirectory directory, TiffImage image, Crs? assumedCrs)
    {
        GdalMetadata metadata = GdalMetadata.Parse(directory.Text(TiffTag.GdalMetadata, GdalMetadata.MaxBytes), file.Path);
        double? noData = ReadNoData(file, directory);
        bool isPalette = image.BandCount == 1 && image.BitsPerSample == 8
            && directory.Integer(TiffTag.PhotometricInterpretation, 1) == PalettePhotometric;
        int? alpha = FindAlpha(directory, image, metadata);
        // GDAL takes what stands beside the file before what stands in it.
        (IReadOnlyList<string> classNames, IReadOnlyDictionary<string, double> beside) = PamFile.Read(file.Path);
        return (new RasterInfo
        {
            Grid = GeoReference.ReadGrid(file, directory, image, assumedCrs),
            SampleType = image.SampleType,
            Bands =
            [
                .. Enumerable.Range(0, image.BandCount).Where(band => band != alpha).Select(band => new BandInfo
                {
                    Name = metadata.Names.GetValueOrDefault(band, ""),
                    NoData = beside.TryGetValue((band + 1).ToString(CultureInfo.InvariantCulture), out double own) ? own : noData,
                    Scale = metadata.Scales.GetValueOrDefault(band, 1),
                    Offset = metadata.Offsets.GetValueOrDefault(band, 0),
                }),
            ],
            Colors = isPalette ? ReadColors(directory.Integers(TiffTag.ColorMap, 3 * 256)) : [],
            ClassNames = image.BandCount == (alpha is null ? 1 : 2) ? classNames : [],
            Metadata = metadata.Items,
        }, alpha);
    }

    /// <summary>A nodata value as GDAL writes it, which is what printf gives; null where the text is no number.</summary>
    public static double? ParseNoData(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" or "-NAN" or "+NAN" => double.NaN,
        "INF" or "+INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        string number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null,
    };

    /// <summary>
    /// The band that says which pixels are valid: GDAL's word for it, else the tag's of what is beyond the colours, else the name that
    /// Sentinel Hub gives it.
    /// </summary>
    private static int? FindAlpha(TiffDirectory directory, TiffImage image, GdalMetadata metadata)
    {
        if (image.BandCount == 1) return null;
        long[] extra = directory.Integers(TiffTag.ExtraSamples, image.BandCount);
        for (int band = 0; band < image.BandCount; band++)
        {
            int at = band - (image.BandCount - extra.Length);
            if (metadata.Colors.TryGetValue(band, out string? word)
                ? word == "Alpha"
                : at >= 0 && extra[at] is (AssociatedAlpha or UnassociatedAlpha))
                return band;
        }
        return metadata.Names.FirstOrDefault(name => name.Key < image.BandCount && IsMaskName(name.Value)) is { Value: not null } mask
            ? mask.Key
            : null;
    }

    private static bool IsMaskName(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Equals("dataMask", StringComparison.OrdinalIgnoreCase);

    private static double? ReadNoData(TiffFile file, TiffDirectory directory)
    {
        string? text = directory.Text(TiffTag.GdalNoData, 256)?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        return ParseNoData(text) ?? throw new RasterFormatException(file.Path, $"its nodata value (tag 42113) is '{text}'",
            "a number or nan", "remove it: gdal_edit.py -unsetnodata IN.tif");
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
