using System.Globalization;
using System.Text;
using System.Text.Json;
using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>Says in GDAL's XML what TIFF has no tags for.</summary>
internal static class GdalXml
{
    /// <summary>The key under which class names stand in a file's own metadata, as a JSON array; the file beside may get lost.</summary>
    public const string ClassNamesKey = "CLASS_NAMES";

    /// <summary>
    /// The value of tag 42112: names, scales and offsets of bands, then the free items in ordinal order; null
    /// where there is nothing to say.
    /// </summary>
    public static string? Metadata(RasterInfo info)
    {
        var items = new StringBuilder();
        for (int band = 0; band < info.Bands.Count; band++)
        {
            BandInfo its = info.Bands[band];
            if (its.Name.Length > 0) BandItem(items, band, "DESCRIPTION", its.Name);
            if (its is { Scale: 1, Offset: 0 }) continue;
            BandItem(items, band, "OFFSET", its.Offset.ToString("R", CultureInfo.InvariantCulture));
            BandItem(items, band, "SCALE", its.Scale.ToString("R", CultureInfo.InvariantCulture));
        }
        var free = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in info.Metadata) free[key] = value;
        if (info.ClassNames.Count > 0) free[ClassNamesKey] = JsonSerializer.Serialize(info.ClassNames);
        foreach ((string key, string value) in free) items.Append($"  <Item name=\"{Escape(key)}\">{EscapeItem(value)}</Item>\n");
        return items.Length == 0 ? null : $"<GDALMetadata>\n{items}</GDALMetadata>\n";
    }

    /// <summary>The content of an .aux.xml file beside a class map: the names of samples 0, 1, 2, ...</summary>
    public static string CategoryNames(IReadOnlyList<string> names)
    {
        var text = new StringBuilder("<PAMDataset>\n  <PAMRasterBand band=\"1\">\n    <CategoryNames>\n");
        foreach (string name in names) text.Append($"      <Category>{Escape(name)}</Category>\n");
        return text.Append("    </CategoryNames>\n  </PAMRasterBand>\n</PAMDataset>\n").ToString();
    }

    private static void BandItem(StringBuilder to, int band, string name, string value) =>
        to.Append(CultureInfo.InvariantCulture,
            $"  <Item name=\"{name}\" sample=\"{band}\" role=\"{name.ToLowerInvariant()}\">{EscapeItem(value)}</Item>\n");

    /// <summary>GDAL escapes the values of items twice, and takes both off when it reads.</summary>
    private static string EscapeItem(string text) => Escape(Escape(text));

    /// <summary>Escapes the four characters that GDAL escapes; characters that XML cannot hold at all become spaces.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\t' or '\n' or '\r' or >= ' ' and not ('\uFFFE' or '\uFFFF') => escaped.Append(c),
                _ => escaped.Append(' '),
            };
        return escaped.ToString();
    }
}
