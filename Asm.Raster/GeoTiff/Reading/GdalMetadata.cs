using System.Globalization;
using System.Xml;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>What tag 42112 of GDAL says: names, scales and offsets of bands, and free items of the whole raster.</summary>
internal sealed class GdalMetadata
{
    /// <summary>Real ones have a few KiB; this bounds memory.</summary>
    public const int MaxBytes = 4 << 20;

    public Dictionary<int, string> Names { get; } = [];

    public Dictionary<int, double> Scales { get; } = [];

    public Dictionary<int, double> Offsets { get; } = [];

    /// <summary>What bands show, such as "Alpha", where GDAL wrote it beside the tags of TIFF.</summary>
    public Dictionary<int, string> Colors { get; } = [];

    /// <summary>Items of the raster, not of a band, in the default domain.</summary>
    public SortedDictionary<string, string> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Parses the text of the tag; null gives empty metadata.</summary>
    /// <exception cref="RasterFormatException">The text is not well-formed XML.</exception>
    public static GdalMetadata Parse(string? xml, string path)
    {
        var metadata = new GdalMetadata();
        if (string.IsNullOrWhiteSpace(xml)) return metadata;
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), SafeXml.Settings);
            while (reader.Read())
                if (reader.NodeType == XmlNodeType.Element && reader.Name == "Item") metadata.Add(reader, path);
        }
        catch (XmlException e)
        {
            throw Bad(path, $"the XML of tag 42112 is not well-formed: {e.Message}", "XML as GDAL writes it");
        }
        return metadata;
    }

    private void Add(XmlReader item, string path)
    {
        string name = item.GetAttribute("name") ?? "", role = item.GetAttribute("role") ?? "", domain = item.GetAttribute("domain") ?? "";
        string? sample = item.GetAttribute("sample");
        string value = SafeXml.Unescape(SafeXml.ReadText(item));
        if (sample is null)
        {
            if (domain.Length == 0 && name.Length > 0) Items[SafeXml.Unescape(name)] = value;
            return;
        }
        if (role.Length == 0) return;
        if (!int.TryParse(sample, NumberStyles.None, CultureInfo.InvariantCulture, out int band))
            throw Bad(path, $"GDAL's metadata name a band '{sample}'", "a number from 0");
        switch (role)
        {
            case "description": Names[band] = value; break;
            case "colorinterp": Colors[band] = value; break;
            case "scale": Scales[band] = Number(value, "scale", path); break;
            case "offset": Offsets[band] = Number(value, "offset", path); break;
        }
    }

    private static double Number(string text, string role, string path) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw Bad(path, $"the {role} of a band is '{text}'", "a number");

    private static RasterFormatException Bad(string path, string found, string expected) =>
        new(path, found, expected, "rewrite the metadata with gdal_edit.py, or remove them: gdal_edit.py -unsetmd IN.tif");
}
