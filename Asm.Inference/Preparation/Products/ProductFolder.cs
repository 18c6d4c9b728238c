using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Inference.Preparation.Products;

/// <summary>Tells which kind of product a path leads to, and reads it.</summary>
internal static class ProductFolder
{
    /// <summary>
    /// True where a path leads to a product by its kind or its name: a folder, a zip file or a STAC item. URLs that do not name an
    /// image are those of items.
    /// </summary>
    public static bool IsProduct(string path) => RemoteFile.IsUrl(path)
        ? !BandFileFinder.IsGeoTiff(path) && !BandFileFinder.IsJpeg2000(path)
        : Directory.Exists(path) || path.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase)
            || ZipFiles.IsName(path) || File.Exists(path) && StacItem.IsName(path);

    /// <summary>Reads a product.</summary>
    /// <param name="source">A path for which <see cref="IsProduct"/> is true.</param>
    /// <param name="offsetGiven">True where the user tells the offset.</param>
    /// <param name="run">How a server is read, and cancellation.</param>
    /// <exception cref="AsmException">It is not whole, damaged or ambiguous.</exception>
    public static Product Read(string source, bool offsetGiven, RunOptions run)
    {
        if (RemoteFile.IsUrl(source)) return FlatProduct.Read(HttpFiles.Open(source, run), RemoteFile.Shown(source));
        string path = Path.GetFullPath(Path.TrimEndingDirectorySeparator(source));
        if (!Directory.Exists(source))
        {
            if (File.Exists(source) && ZipFiles.IsName(source)) return SafeProduct.Read(ZipFiles.Open(source), null, offsetGiven);
            if (File.Exists(source)) return FlatProduct.Read(FolderFiles.OfFlat(Path.GetDirectoryName(path)!), Path.GetFileName(path));
            throw new AsmException(source, "does not exist",
                "a product: a .SAFE folder, a zip file of it, or a STAC item", "check the path", AsmErrorCode.InputMissing);
        }
        string shown = Path.TrimEndingDirectorySeparator(source);
        if (Directory.GetParent(path) is { } granules && SafeProduct.IsGranules(granules.Name) && granules.Parent is { } root)
            return SafeProduct.Read(FolderFiles.OfSafe(root.FullName), Path.GetFileName(path), offsetGiven);
        if (shown.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase) || Directory.Exists(Path.Combine(path, "GRANULE")))
            return SafeProduct.Read(FolderFiles.OfSafe(shown), null, offsetGiven);
        return FlatProduct.Read(FolderFiles.OfFlat(shown), null);
    }
}
