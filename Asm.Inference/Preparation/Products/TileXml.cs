using System.Globalization;
using System.Xml.Linq;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Inference.Preparation.Products;

/// <summary>What MTD_TL.xml, the metadata of a tile, adds to those of its product.</summary>
/// <param name="Tile">The tile of the MGRS.</param>
/// <param name="SunZenithDegrees">Mean zenith angle of the sun.</param>
/// <param name="SunAzimuthDegrees">Mean azimuth of the sun.</param>
/// <param name="CloudPercent">Clouds in percent of the tile.</param>
/// <param name="Grids">The grids at 10, 20 and 60 m.</param>
/// <param name="Product">What they say of the product itself: level, baseline, tile and time.</param>
internal sealed record TileXml(string? Tile, double? SunZenithDegrees,
    double? SunAzimuthDegrees, double? CloudPercent, IReadOnlyList<GeoGrid> Grids, ProductMetadata Product)
{
    private const int MaxPixels = 1 << 20;
    private const string RootEnd = "_Tile_ID";

    /// <summary>True where a file name is that of a tile's metadata.</summary>
    public static bool IsName(string fileName) => fileName.Equals("MTD_TL.xml", StringComparison.OrdinalIgnoreCase)
        || fileName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && fileName.StartsWith("S2", StringComparison.OrdinalIgnoreCase)
            && (fileName.Contains("_MTD_L1C_TL_", StringComparison.OrdinalIgnoreCase)
                || fileName.Contains("_MTD_L2A_TL_", StringComparison.OrdinalIgnoreCase))
        || fileName.Equals("metadata.xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the metadata of a tile.</summary>
    /// <exception cref="AsmException">They are damaged, or of something else.</exception>
    public static TileXml Read(byte[] text, string file)
    {
        XElement root = ProductText.ParseXml(text, file);
        if (!root.Name.LocalName.EndsWith(RootEnd, StringComparison.Ordinal))
            throw new AsmException(file, $"describes a {root.Name.LocalName}",
                "the metadata of a Sentinel-2 tile", "download the product anew");
        XElement? sun = ProductText.All(root, "Mean_Sun_Angle").FirstOrDefault();
        string? identifier = ProductText.First(root, "TILE_ID", "TILE_ID_2A");
        return new(
            ProductText.Tile(identifier),
            sun is null ? null : ProductText.Number(ProductText.First(sun, "ZENITH_ANGLE"), "ZENITH_ANGLE", file),
            sun is null ? null : ProductText.Number(ProductText.First(sun, "AZIMUTH_ANGLE"), "AZIMUTH_ANGLE", file),
            ProductText.Number(ProductText.First(root, "CLOUDY_PIXEL_PERCENTAGE"), "CLOUDY_PIXEL_PERCENTAGE", file),
            ReadGrids(root, file),
            new()
            {
                Name = "",
                Level = root.Name.LocalName switch
                {
                    "Level-2A" + RootEnd => ProductLevel.Level2A,
                    "Level-1C" + RootEnd => ProductLevel.Level1C,
                    _ => null,
                },
                Baseline = ProductText.BaselineOf(identifier),
                Tile = ProductText.Tile(identifier),
                SensingTime = ProductText.Time(ProductText.First(root, "SENSING_TIME")),
            });
    }

    private static List<GeoGrid> ReadGrids(XElement root, string file)
    {
        var grids = new List<GeoGrid>();
        if (ProductText.First(root, "HORIZONTAL_CS_CODE") is not { } code) return grids;
        Crs crs = Crs.OfFile(code, file);
        foreach (XElement place in ProductText.All(root, "Geoposition"))
        {
            string? resolution = place.Attribute("resolution")?.Value;
            if (ProductText.All(root, "Size").FirstOrDefault(s => s.Attribute("resolution")?.Value == resolution) is not { } size) continue;
            double Value(XElement of, string name) => ProductText.Number(ProductText.First(of, name), name, file)
                ?? throw new AsmException(file, $"Tile_Geocoding has no {name} at {resolution} m",
                    "the place of the tile", "download the product anew");
            (double columns, double rows, double width, double height) =
                (Value(size, "NCOLS"), Value(size, "NROWS"), Value(place, "XDIM"), -Value(place, "YDIM"));
            if (columns is < 1 or > MaxPixels || rows is < 1 or > MaxPixels || !(width > 0) || !(height > 0))
                throw new AsmException(file,
                    string.Create(CultureInfo.InvariantCulture, $"Tile_Geocoding has {columns} x {rows} pixels of {width} x {height} m"),
                    "a grid that runs from north to south", "download the product anew");
            grids.Add(new GeoGrid((int)columns, (int)rows, new(Value(place, "ULX"), Value(place, "ULY")), width, height, crs));
        }
        return grids;
    }
}
