using System.Xml.Linq;
using Asm.Maps.Bands;
using Asm.Raster;

namespace Asm.Inference.Preparation.Products;

/// <summary>Reads MTD_MSIL2A.xml and MTD_MSIL1C.xml, and the longer names that they had before December 2016.</summary>
internal static class ProductXml
{
    /// <summary>The bands in the order of band_id, in every product so far; a product that lists its own order goes first.</summary>
    private static readonly string[] BandIds = ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12"];

    /// <summary>True where a file name is that of a product's metadata.</summary>
    public static bool IsName(string fileName) => fileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        && (fileName.StartsWith("MTD_MSIL", StringComparison.OrdinalIgnoreCase)
            || fileName.StartsWith("S2", StringComparison.OrdinalIgnoreCase)
                && fileName.Contains("_MTD_SAFL", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the metadata of a product.</summary>
    /// <param name="text">The file.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="AsmException">It is damaged, or of something else.</exception>
    public static ProductMetadata Read(byte[] text, string file)
    {
        XElement root = ProductText.ParseXml(text, file);
        ProductLevel level = root.Name.LocalName switch
        {
            "Level-2A_User_Product" => ProductLevel.Level2A,
            "Level-1C_User_Product" => ProductLevel.Level1C,
            string other => throw new AsmException(file, $"describes a {other}",
                "the metadata of a Sentinel-2 product of level 2A or 1C", "give such a product"),
        };
        bool isSurface = level == ProductLevel.Level2A;
        string shortName = Path.GetFileName(file);
        string? name = ProductText.First(root, isSurface ? "PRODUCT_URI_2A" : "PRODUCT_URI_1C", "PRODUCT_URI");
        string? granule = ProductText.All(root, "Granule")
            .Concat(ProductText.All(root, "Granules")).FirstOrDefault()?.Attribute("granuleIdentifier")?.Value;
        Dictionary<string, double> offsets = Offsets(root, isSurface ? "BOA_ADD_OFFSET" : "RADIO_ADD_OFFSET", file);
        var product = new ProductMetadata
        {
            Name = ProductText.Bare(name ?? ""),
            Level = level,
            Baseline = Baseline(ProductText.First(root, "PROCESSING_BASELINE"), file),
            Tile = ProductText.Tile(granule) ?? ProductText.Tile(name),
            SensingTime = ProductText.Time(ProductText.First(root, "PRODUCT_START_TIME", "DATATAKE_SENSING_START")),
            Offsets = offsets,
            OffsetSource = offsets.Count > 0 ? $"{(isSurface ? "BOA_ADD_OFFSET" : "RADIO_ADD_OFFSET")} of {shortName}" : "",
            Quantification = Positive(ProductText.First(root,
                isSurface ? ["BOA_QUANTIFICATION_VALUE", "L2A_BOA_QUANTIFICATION_VALUE"] : ["QUANTIFICATION_VALUE"]), file),
            CloudPercent = ProductText.Number(ProductText.First(root, "Cloud_Coverage_Assessment"), "Cloud_Coverage_Assessment", file),
        };
        if (offsets.Count > 0 || product.Baseline is null || product.HasOffsetBaseline) return product;
        return product with
        {
            Offsets = BandIds.ToDictionary(band => band, _ => 0.0),
            OffsetSource = $"{shortName}: baseline {product.Baseline}, which has none"
        };
    }

    private static Dictionary<string, double> Offsets(XElement root, string element, string file)
    {
        var names = new Dictionary<string, string>();
        for (int id = 0; id < BandIds.Length; id++) names[$"{id}"] = BandIds[id];
        foreach (XElement band in ProductText.All(root, "Spectral_Information"))
            if (band.Attribute("bandId")?.Value is { } id
                && band.Attribute("physicalBand")?.Value is { } text && StackBands.FindIn(text) is { } name)
                names[id] = name;
        var offsets = new Dictionary<string, double>();
        foreach (XElement offset in ProductText.All(root, element))
        {
            string id = offset.Attribute("band_id")?.Value ?? "";
            if (!names.TryGetValue(id, out string? band))
                throw new AsmException(file, $"{element} names a band_id '{id}'", "0 to 12", "download the product anew");
            offsets[band] = ProductText.Number(offset.Value.Trim(), element, file) ?? 0;
        }
        return offsets;
    }

    private static string? Baseline(string? text, string file) =>
        text is null or [>= '0' and <= '9', >= '0' and <= '9', '.', >= '0' and <= '9', >= '0' and <= '9'] ? text
            : throw new AsmException(file, $"PROCESSING_BASELINE is '{text}'",
                "two digits, a point, two digits", "download the product anew");

    private static double? Positive(string? text, string file) =>
        ProductText.Number(text, "QUANTIFICATION_VALUE", file) is not { } value ? null
            : value > 0 ? value
            : throw new AsmException(file, $"the quantification value is {value}", "a number above 0", "download the product anew");
}
