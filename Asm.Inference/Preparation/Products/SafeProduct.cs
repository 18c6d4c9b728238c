using Asm.Raster;

namespace Asm.Inference.Preparation.Products;

/// <summary>Finds metadata and bands in the layout SAFE, as it is since December 2016 and as it was before.</summary>
internal static class SafeProduct
{
    /// <summary>Reads a product.</summary>
    /// <param name="files">All files below the .SAFE folder.</param>
    /// <param name="granule">The folder in GRANULE that is meant; null: the only one.</param>
    /// <param name="offsetGiven">True where the user tells the offset, so that a product without metadata can be used.</param>
    /// <exception cref="AsmException">Metadata or bands are missing or ambiguous.</exception>
    public static Product Read(IProductFiles files, string? granule, bool offsetGiven)
    {
        string[] granules = [.. files.Paths.Select(path => path.Split('/'))
            .Where(parts => parts.Length > 3 && IsGranules(parts[0]) && parts[2].Equals("IMG_DATA", StringComparison.OrdinalIgnoreCase))
            .Select(parts => parts[1]).Distinct()];
        if (granules.Length == 0)
            throw new AsmException(files.Name, "has no bands below GRANULE/.../IMG_DATA",
                "a whole Sentinel-2 product", "download the product anew, or unpack all of it");
        granule ??= granules.Length == 1 ? granules[0]
            : throw new AsmException(files.Name, $"holds {granules.Length} tiles: {string.Join(", ", granules.Take(20))}",
                "one tile", $"give the folder of one, for example {PlainText.Shorten(files.FullName($"GRANULE/{granules[0]}"), 500)}");
        string prefix = $"GRANULE/{granule}/";
        string[] own = [.. files.Paths.Where(path => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
        string? productXml = Single(files,
            [.. files.Paths.Where(path => !path.Contains('/') && ProductXml.IsName(path) && files.Size(path) > 0)],
            "metadata of the product");
        string? tileXml = Single(files,
            [.. own.Where(path => path.Count(c => c == '/') == 2 && TileXml.IsName(path[prefix.Length..]) && files.Size(path) > 0)],
            "metadata of the tile");
        if (productXml is null && !offsetGiven)
            throw new AsmException(files.Name,
                "has no MTD_MSIL2A.xml or MTD_MSIL1C.xml, which tell the offset of its numbers, or an empty one",
                "a whole Sentinel-2 product",
                "download the product anew, or give `offset` -1000 (baseline 04.00 and later) or `offset` 0 (earlier)");
        ProductMetadata? metadata = productXml is null ? null : ReadXml(files, productXml, offsetGiven);
        TileXml? tile = tileXml is null ? null : TileXml.Read(files.ReadSmall(tileXml), files.FullName(tileXml));
        metadata ??= tile?.Product;
        string fallbackName = ProductText.Bare(Path.GetFileName(Path.TrimEndingDirectorySeparator(files.Name)));
        if (metadata is not null)
            metadata = metadata with
            {
                Name = metadata.Name.Length > 0 ? metadata.Name : fallbackName,
                Tile = tile?.Tile ?? metadata.Tile ?? ProductText.Tile(fallbackName),
                CloudPercent = metadata.CloudPercent ?? tile?.CloudPercent,
                SunZenithDegrees = tile?.SunZenithDegrees,
                SunAzimuthDegrees = tile?.SunAzimuthDegrees,
            };
        string[] images = [.. own.Where(path => path.StartsWith(prefix + "IMG_DATA/", StringComparison.OrdinalIgnoreCase))];
        IReadOnlyList<string> bands = BandFileFinder.Find(images, files.Name);
        return new(files, metadata, bands, [.. new[] { productXml, tileXml }.OfType<string>()],
            tile?.Grids ?? [], BandFileFinder.FindClassification(images));
    }

    /// <summary>The metadata of the product; null where they are damaged, but the user tells the offset.</summary>
    public static ProductMetadata? ReadXml(IProductFiles files, string path, bool offsetGiven)
    {
        byte[] text = files.ReadSmall(path);
        try { return ProductXml.Read(text, files.FullName(path)); }
        catch (AsmException) when (offsetGiven) { return null; }
    }

    /// <summary>True where a folder's name is GRANULE.</summary>
    public static bool IsGranules(string name) => name.Equals("GRANULE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The only one of some paths; null for none.</summary>
    public static string? Single(IProductFiles files, string[] paths, string what) => paths.Length <= 1 ? paths.FirstOrDefault()
        : throw new AsmException(files.Name,
            $"has more than one file with {what}: {string.Join(", ", paths)}", "one", "move the others away");
}
