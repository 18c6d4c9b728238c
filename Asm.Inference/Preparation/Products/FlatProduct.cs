using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// A folder with one file a band, as clouds host products, with a STAC item or the product's XML beside them, or without either.
/// </summary>
internal static class FlatProduct
{
    /// <summary>Reads a product.</summary>
    /// <param name="files">The files of the folder.</param>
    /// <param name="item">The STAC item that is meant; null: the only one, or none.</param>
    /// <param name="offsetGiven">True where the user tells the offset, so that damaged metadata do no harm.</param>
    /// <exception cref="AsmException">Metadata or bands are missing or ambiguous.</exception>
    public static Product Read(IProductFiles files, string? item, bool offsetGiven)
    {
        string? productXml = SafeProduct.Single(files, Named(files, ProductXml.IsName), "metadata of the product");
        string? tileXml = SafeProduct.Single(files, Named(files, TileXml.IsName), "metadata of the tile");
        string? tileInfo = Named(files, TileInfo.IsName).FirstOrDefault(path => files.Size(path) <= ProductText.MaxJsonBytes);
        StacItem? stac = FindItem(files, ref item);
        ProductMetadata? ofXml = productXml is null ? null : SafeProduct.ReadXml(files, productXml, offsetGiven);
        TileXml? tile = tileXml is null ? null : TileXml.Read(files.ReadSmall(tileXml), files.FullName(tileXml));
        ProductMetadata? metadata = stac?.Complete(ofXml) ?? ofXml
            ?? OfTile(files, tile?.Product, tileInfo is null ? null : TileInfo.TryRead(files.ReadSmall(tileInfo)), tileXml ?? tileInfo);
        if (metadata is not null && metadata.Name.Length == 0)
            metadata = metadata with { Name = Path.GetFileName(SystemPath.Full(files.Name)) };
        if (metadata is not null && tile is not null)
            metadata = metadata with
            {
                Tile = metadata.Tile ?? tile.Tile,
                SunZenithDegrees = metadata.SunZenithDegrees ?? tile.SunZenithDegrees,
                SunAzimuthDegrees = metadata.SunAzimuthDegrees ?? tile.SunAzimuthDegrees
            };
        if (stac is not null && !RemoteFile.IsUrl(item!)
            && !files.Paths.Any(path => BandFileFinder.IsGeoTiff(path) || BandFileFinder.IsJpeg2000(path))
            && StacItem.Links(files.ReadSmall(item!)).Any(RemoteFile.IsUrl))
            throw new AsmException(files.FullName(item!), "names its bands on a server, and none of them lies beside it",
                "the band files beside the item", "download them there, or give the URL of the item, to read them from the server");
        IReadOnlyList<string> bands = BandFileFinder.Find(files.Paths, files.Name, stac is null ? null : stac.BandOf);
        return new(files, metadata, bands, [.. new[] { item, productXml, tileXml, tileInfo }.OfType<string>()],
            tile?.Grids ?? [], BandFileFinder.FindClassification(files.Paths));
    }

    /// <summary>True where the files tell something of the product that the bands are of.</summary>
    public static bool HasMetadata(IProductFiles files) =>
        Named(files, ProductXml.IsName).Concat(Named(files, TileXml.IsName)).Concat(Named(files, TileInfo.IsName)).Any()
        || files.Paths.Any(path => !path.Contains('/') && StacItem.IsName(path));

    /// <summary>Files by their names; empty ones are as good as missing.</summary>
    private static string[] Named(IProductFiles files, Func<string, bool> isName) =>
        [.. files.Paths.Where(path => isName(Path.GetFileName(path)) && files.Size(path) > 0)];

    /// <summary>
    /// What the metadata of the tile tell of a product whose own are not there. All bands of all products of ESA have one offset from
    /// baseline 04.00 on, and JPEG 2000 files are as ESA delivered them; of other files nobody knows whether it was removed.
    /// </summary>
    private static ProductMetadata? OfTile(IProductFiles files, ProductMetadata? tile, ProductMetadata? info, string? source)
    {
        if ((info ?? tile) is not { } first) return null;
        ProductMetadata product = first with
        {
            Level = first.Level ?? tile?.Level,
            Baseline = first.Baseline ?? tile?.Baseline,
            Tile = first.Tile ?? tile?.Tile,
            SensingTime = first.SensingTime ?? tile?.SensingTime,
        };
        if (product.Baseline is null) return product;
        if (!product.HasOffsetBaseline) return StacItem.WithOffset(product, 0, $"baseline {product.Baseline}, which has none");
        string told = $"baseline {product.Baseline} of {source}";
        bool isOfEsa = !files.Paths.Any(path => BandFileFinder.IsGeoTiff(path) && BandFileFinder.BandOf(path) is not null);
        return isOfEsa
            ? StacItem.WithOffset(product, StacItem.EsaOffset, told) with { IsOffsetOfBaseline = true }
            : product;
    }

    private static StacItem? FindItem(IProductFiles files, ref string? item)
    {
        if (item is not null)
            return StacItem.TryRead(files.ReadSmall(item), files.FullName(item)) ?? throw new AsmException(files.FullName(item),
                "is no STAC item", "a STAC item of a Sentinel-2 scene", "give the folder of the band files instead");
        var found = new List<(string Path, StacItem Item)>();
        foreach (string path in files.Paths.Where(path => !path.Contains('/') && StacItem.IsName(path)))
            if (files.Size(path) <= ProductText.MaxJsonBytes
                && StacItem.TryRead(files.ReadSmall(path), files.FullName(path)) is { } read)
                found.Add((path, read));
        if (found.Count > 1)
            throw new AsmException(files.Name, $"holds several STAC items: {string.Join(", ", found.Select(f => f.Path))}",
                "one scene", "give each scene a folder of its own");
        if (found.Count == 0) return null;
        item = found[0].Path;
        return found[0].Item;
    }
}
