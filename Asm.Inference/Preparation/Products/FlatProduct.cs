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
    /// <exception cref="AsmException">Metadata or bands are missing or ambiguous.</exception>
    public static Product Read(IProductFiles files, string? item)
    {
        string? productXml = SafeProduct.Single(files,
            [.. files.Paths.Where(path => ProductXml.IsName(Path.GetFileName(path)))], "metadata of the product");
        string? tileXml = SafeProduct.Single(files,
            [.. files.Paths.Where(path => TileXml.IsName(Path.GetFileName(path)))], "metadata of the tile");
        StacItem? stac = FindItem(files, ref item);
        ProductMetadata? ofXml = productXml is null ? null : ProductXml.Read(files.ReadSmall(productXml), files.FullName(productXml));
        TileXml? tile = tileXml is null ? null : TileXml.Read(files.ReadSmall(tileXml), files.FullName(tileXml));
        ProductMetadata? metadata = stac?.Complete(ofXml) ?? ofXml;
        if (metadata is not null && metadata.Name.Length == 0)
            metadata = metadata with { Name = Path.GetFileName(Path.GetFullPath(files.Name)) };
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
        return new(files, metadata, bands, [.. new[] { item, productXml, tileXml }.OfType<string>()],
            tile?.Grids ?? [], BandFileFinder.FindClassification(files.Paths));
    }

    private static StacItem? FindItem(IProductFiles files, ref string? item)
    {
        if (item is not null)
            return StacItem.TryRead(files.ReadSmall(item), files.FullName(item)) ?? throw new AsmException(files.FullName(item),
                "is no STAC item", "a STAC item of a Sentinel-2 scene", "give the folder of the band files instead");
        var found = new List<(string Path, StacItem Item)>();
        foreach (string path in files.Paths.Where(path => !path.Contains('/') && StacItem.IsName(path)))
            if (StacItem.TryRead(files.ReadSmall(path), files.FullName(path)) is { } read) found.Add((path, read));
        if (found.Count > 1)
            throw new AsmException(files.Name, $"holds several STAC items: {string.Join(", ", found.Select(f => f.Path))}",
                "one scene", "give each scene a folder of its own");
        if (found.Count == 0) return null;
        item = found[0].Path;
        return found[0].Item;
    }
}
