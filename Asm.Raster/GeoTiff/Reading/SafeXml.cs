using System.Text;
using System.Xml;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Reads XML from files that nobody vouches for.</summary>
internal static class SafeXml
{
    /// <summary>No DTD and so no entities of its own, no look-ups, a bounded size.</summary>
    public static XmlReaderSettings Settings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = GdalMetadata.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>
    /// The text inside of the element that the reader is on; the reader is then on the element's end. Elements inside are skipped.
    /// </summary>
    public static string ReadText(XmlReader reader)
    {
        if (reader.IsEmptyElement) return "";
        int depth = reader.Depth;
        var text = new StringBuilder();
        while (reader.Read() && reader.Depth > depth)
            if (reader.Depth == depth + 1 && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
                text.Append(reader.Value);
        return text.ToString();
    }

    /// <summary>Undoes the escapes that GDAL adds to names and values before the XML itself escapes them again.</summary>
    public static string Unescape(string text) => !text.Contains('&', StringComparison.Ordinal) ? text
        : text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
