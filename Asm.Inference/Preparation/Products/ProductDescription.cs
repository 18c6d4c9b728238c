using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Inference.Preparation.Products;

/// <summary>What a product is, found without reading pixels.</summary>
/// <param name="Metadata">What it says of itself; null for band files without any metadata.</param>
/// <param name="BandFiles">The file of every band that <see cref="StackSource"/> would take, by the band's name.</param>
/// <param name="Grids">The grids that the metadata of the tile give, at 10, 20 and 60 m; empty where there are none.</param>
/// <param name="Notices">What a person has to know before using it, in whole sentences.</param>
public sealed record ProductDescription(ProductMetadata? Metadata,
    IReadOnlyDictionary<string, string> BandFiles, IReadOnlyList<GeoGrid> Grids, IReadOnlyList<string> Notices)
{
    /// <summary>Reads the metadata of a product.</summary>
    /// <param name="path">A path for which <see cref="StackSource.IsProduct"/> is true.</param>
    /// <param name="run">How a server is read, where the path is a URL, and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">Metadata or bands are missing, ambiguous or damaged.</exception>
    public static ProductDescription Read(string path, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        Product product = ProductFolder.Read(path, offsetGiven: true, run ?? new());
        var files = new Dictionary<string, string>();
        for (int i = 0; i < StackBands.Names.Count; i++) files[StackBands.Names[i]] = product.Files.FullName(product.BandPaths[i]);
        return new(product.Metadata, files, product.Grids, product.Notices(new()));
    }
}
