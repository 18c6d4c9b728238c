using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Asm.Raster;

namespace Asm.Inference.Preparation.Products;

/// <summary>Reads what stands in a product's metadata: XML from files that nobody vouches for, times, numbers and names.</summary>
internal static partial class ProductText
{
    /// <summary>Above real metadata files: those of a tile have up to 2 MiB.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>Above real STAC items, which have up to 200 KB.</summary>
    public const int MaxJsonBytes = 4 << 20;

    /// <summary>Real metadata have up to 50,000 elements, nested 12 deep; this bounds the memory that they take.</summary>
    private const int MaxNodes = 500_000, MaxDepth = 64;

    private const int MaxQuoted = 200;

    /// <summary>Parses XML without DTD, so without entities of its own, and without look-ups.</summary>
    /// <exception cref="AsmException">It is not well-formed, or it has a DTD.</exception>
    public static XElement ParseXml(byte[] text, string name)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true
        };
        try
        {
            using (var counter = XmlReader.Create(new MemoryStream(text), settings))
                for (long nodes = 0; counter.Read();)
                {
                    nodes += 1 + counter.AttributeCount;
                    if (nodes > MaxNodes || counter.Depth > MaxDepth)
                        throw new AsmException(name, $"has more than {MaxNodes:N0} XML nodes, or elements more than {MaxDepth} deep",
                            "the metadata file as ESA delivers it", "download the product anew", AsmErrorCode.InputFormat);
                }
            using var reader = XmlReader.Create(new MemoryStream(text), settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            throw new AsmException(name, $"cannot be read as XML: {(e.Message.Length > MaxQuoted ? e.Message[..MaxQuoted] : e.Message)}",
                "the metadata file as ESA delivers it, without a document type", "download the product anew", AsmErrorCode.InputFormat);
        }
    }

    /// <summary>All elements of a name, whatever their namespace.</summary>
    public static IEnumerable<XElement> All(XElement root, string name) =>
        root.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    /// <summary>The text of the first element that has one of the names, in the order of the names; null where there is none.</summary>
    public static string? First(XElement root, params string[] names) =>
        names.Select(name => All(root, name).FirstOrDefault()?.Value.Trim()).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>A number; null for no text.</summary>
    /// <exception cref="AsmException">The text is no finite number.</exception>
    public static double? Number(string? text, string what, string file)
    {
        if (text is null) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value
            : throw new AsmException(file, $"{what} is '{text}'", "a number", "download the product anew");
    }

    /// <summary>A time in UTC; null where the text is none.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
        || DateTimeOffset.TryParseExact(text, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            ? time
            : null;

    /// <summary>
    /// The tile in a name such as S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825, or MGRS-01KAB; null where there is none.
    /// </summary>
    public static string? Tile(string? name) =>
        name is not null && TileWord().Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The baseline at the end of an identifier such as S2A_OPER_MSI_L2A_TL_2APS_20230115T163702_A039530_T30NWM_N05.09.</summary>
    public static string? BaselineOf(string? identifier) =>
        identifier is not null && BaselineEnd().Match(identifier) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A product's name without .SAFE and .zip.</summary>
    public static string Bare(string name)
    {
        foreach (string ending in new[] { ".zip", ".SAFE" })
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        return name;
    }

    [GeneratedRegex(@"_N([0-9]{2}\.[0-9]{2})$")]
    private static partial Regex BaselineEnd();

    [GeneratedRegex("(?:(?<![A-Z0-9])T|MGRS-)([0-9]{2}[C-HJ-NP-X][A-HJ-NP-Z]{2})(?![A-Z0-9])")]
    private static partial Regex TileWord();
}
