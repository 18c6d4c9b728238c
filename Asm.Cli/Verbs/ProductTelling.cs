using System.Globalization;
using Asm.Inference.Preparation.Products;
using Asm.Raster.Bytes;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;

namespace Asm.Cli.Verbs;

/// <summary>What asm inspect says of products and of JPEG 2000 files: names and values, line by line.</summary>
internal static class ProductTelling
{
    /// <summary>A product's metadata and bands.</summary>
    public static IEnumerable<(string Name, string Value)> Of(string path, ProductDescription product)
    {
        yield return ("product", RemoteFile.Shown(path));
        if (product.Metadata is { } metadata)
        {
            yield return ("name", metadata.Name);
            yield return ("level", metadata.Level switch
            {
                ProductLevel.Level2A => "2A, surface reflectance",
                ProductLevel.Level1C => "1C, top of the atmosphere",
                _ => "not told"
            });
            yield return ("baseline", metadata.Baseline ?? "not told");
            yield return ("tile", metadata.Tile ?? "not told");
            yield return ("sensed",
                metadata.SensingTime?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC");
            yield return ("offset", metadata.Offsets.Count == 0
                ? "not told"
                : $"{Offsets(metadata)} ({metadata.OffsetSource}{(metadata.IsOffsetRemoved ? "; removed already" : "")})");
            yield return ("quantification", metadata.Quantification?.ToString(CultureInfo.InvariantCulture) ?? "not told");
            if (metadata.CloudPercent is { } cloud) yield return ("clouds", string.Create(CultureInfo.InvariantCulture, $"{cloud:0.0} %"));
            if (metadata.SunZenithDegrees is { } zenith)
                yield return ("sun zenith", string.Create(CultureInfo.InvariantCulture, $"{zenith:0.0} degrees"));
        }
        else yield return ("metadata", "none");
        foreach (GeoGrid grid in product.Grids) yield return ("grid", grid.ToString());
        foreach ((string band, string file) in product.BandFiles) yield return (band, file);
        foreach (string notice in product.Notices) yield return ("note", notice);
    }

    /// <summary>A JPEG 2000 file's grid and coding.</summary>
    public static IEnumerable<(string Name, string Value)> Of(Jpeg2000Source raster)
    {
        GeoGrid grid = raster.Info.Grid;
        yield return ("file", raster.Name);
        yield return ("format", $"JPEG 2000 (decoded by OpenJPEG {Jpeg2000Source.DecoderVersion})");
        yield return ("size", $"{grid.Width} x {grid.Height} px, {raster.Info.Bands.Count} band{(raster.Info.Bands.Count == 1 ? "" : "s")} "
            + $"of {raster.Info.SampleType} ({raster.BitsPerSample}-bit)");
        yield return ("CRS", grid.Crs is { } crs ? $"{crs}, {crs.Name}" : "none");
        yield return ("origin", string.Create(CultureInfo.InvariantCulture, $"({grid.Origin.X:0.########}, {grid.Origin.Y:0.########})"));
        yield return ("pixel",
            string.Create(CultureInfo.InvariantCulture, $"{grid.PixelWidth:0.##########} x {grid.PixelHeight:0.##########}"));
        yield return ("tiles", $"{raster.TileSize.Width} x {raster.TileSize.Height}");
    }

    private static string Offsets(ProductMetadata metadata)
    {
        double[] values = [.. metadata.Offsets.Values.Distinct()];
        return values.Length == 1
            ? values[0].ToString(CultureInfo.InvariantCulture)
            : string.Join(", ", metadata.Offsets.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Key} {o.Value}")));
    }
}
