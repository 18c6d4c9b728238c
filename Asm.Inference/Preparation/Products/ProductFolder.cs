using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Inference.Preparation.Products;

/// <summary>Tells which kind of product a path leads to, and reads it.</summary>
internal static class ProductFolder
{
    private const string Granules = "GRANULE";

    /// <summary>Folders that some program has put around a product, and folders that are looked at to find it.</summary>
    private const int MostAround = 3, MostFolders = 2_000;

    private static readonly string[] ImageFolders = ["IMG_DATA", "R10m", "R20m", "R60m"];

    /// <summary>
    /// True where a path leads to a product by its kind, its name or its start: a folder, a zip file, a STAC item or a product's own XML.
    /// URLs that do not name an image are those of items.
    /// </summary>
    public static bool IsProduct(string path) => RemoteFile.IsUrl(path)
        ? !BandFileFinder.IsGeoTiff(path) && !BandFileFinder.IsJpeg2000(path)
        : Directory.Exists(path) || path.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase) || ZipFiles.IsName(path)
            || File.Exists(path) && (StacItem.IsName(path) || IsMetadata(path)
                || !BandFileFinder.IsGeoTiff(path) && !BandFileFinder.IsJpeg2000(path) && ZipFiles.IsZip(path));

    /// <summary>The path that a product has its name from: not that of its XML, nor of the folder of its images.</summary>
    public static string Named(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(SystemPath.Full(path));
        if (IsMetadata(full) && File.Exists(full)) full = Path.GetDirectoryName(full)!;
        while ((ImageFolders.Contains(Path.GetFileName(full), StringComparer.OrdinalIgnoreCase) || AreGranules(full))
            && Path.GetDirectoryName(full) is { } parent)
            full = parent;
        return full;
    }

    /// <summary>Reads a product.</summary>
    /// <param name="source">A path for which <see cref="IsProduct"/> is true.</param>
    /// <param name="offsetGiven">True where the user tells the offset.</param>
    /// <param name="run">How a server is read, and cancellation.</param>
    /// <exception cref="AsmException">It is not whole, damaged or ambiguous.</exception>
    public static Product Read(string source, bool offsetGiven, RunOptions run)
    {
        if (RemoteFile.IsUrl(source)) return FlatProduct.Read(HttpFiles.Open(source, run), RemoteFile.Shown(source), offsetGiven);
        string shown = Path.TrimEndingDirectorySeparator(source);
        if (Directory.Exists(source)) return ReadFolder(shown, offsetGiven);
        if (!File.Exists(source))
            throw new AsmException(source, "does not exist",
                "a product: a .SAFE folder, a zip file of it, or a STAC item", "check the path", AsmErrorCode.InputMissing);
        if (!IsMetadata(source) && !StacItem.IsName(source)) return SafeProduct.Read(ZipFiles.Open(source), null, offsetGiven);
        string folder = Path.GetDirectoryName(SystemPath.Full(source))!;
        return IsMetadata(source)
            ? ReadFolder(folder, offsetGiven)
            : FlatProduct.Read(FolderFiles.OfFlat(folder), Path.GetFileName(source), offsetGiven);
    }

    /// <summary>
    /// The product that band files are of, with these files as its bands, where its metadata lie beside or above them; null where none do.
    /// </summary>
    /// <param name="files">The files of the ten bands.</param>
    /// <param name="offsetGiven">True where the user tells the offset.</param>
    /// <exception cref="AsmException">Its metadata are damaged or ambiguous, or the files lie in two products.</exception>
    public static Product? Around(IReadOnlyList<string> files, bool offsetGiven)
    {
        if (files.Any(RemoteFile.IsUrl)) return null;
        string[] full = [.. files.Select(file => SystemPath.Full(file))], folders = [.. full.Select(file => Path.GetDirectoryName(file)!)];
        (string Root, string? Granule)?[] products = [.. folders.Select(SafeAbove)];
        if (products.Distinct().ToArray() is [{ } safe])
            return SafeProduct.Read(FolderFiles.OfSafe(safe.Root).With(full), safe.Granule, offsetGiven);
        if (products.OfType<(string Root, string? Granule)>().Where(product => product.Granule is not null).Distinct().ToArray()
            is [var first, var second, ..])
            throw new AsmException(files[Array.IndexOf(products, second)],
                $"is of the product {Name(second, first)}, and {Path.GetFileName(files[Array.IndexOf(products, first)])} "
                + $"of {Name(first, second)}",
                "bands of one product", "give the files of one product");
        if (folders.Select(WithoutImages).Distinct().ToArray() is not [var folder]) return null;
        FolderFiles beside = FolderFiles.OfFlat(folder).With(full);
        return FlatProduct.HasMetadata(beside) ? FlatProduct.Read(beside, null, offsetGiven) : null;

        static string Name((string Root, string? Granule) product, (string Root, string? Granule) other) =>
            Path.GetFileName(product.Root) is var name && name == Path.GetFileName(other.Root)
                ? $"{name}/{Granules}/{product.Granule}"
                : name;
    }

    /// <summary>True for what a Mac leaves beside every file that it copies or packs.</summary>
    public static bool IsLeftover(string path) =>
        path.Split('/', '\\') is var parts && (parts[^1].StartsWith("._", StringComparison.Ordinal) || parts.Contains("__MACOSX"));

    private static bool IsMetadata(string path) =>
        path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".aux.xml", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).Equals("manifest.safe", StringComparison.OrdinalIgnoreCase)
        || TileInfo.IsName(Path.GetFileName(path));

    private static Product ReadFolder(string shown, bool offsetGiven)
    {
        if (SafeAbove(SystemPath.Full(shown)) is { } safe)
            return SafeProduct.Read(FolderFiles.OfSafe(safe.Root == SystemPath.Full(shown) ? shown : safe.Root), safe.Granule, offsetGiven);
        FolderFiles files = FolderFiles.OfFlat(shown);
        if (!HasBands(files))
        {
            int folders = 0;
            string[] inside = [.. Inside(shown, MostAround, ref folders)];
            if (inside.Length == 1) return Read(inside[0], offsetGiven, new());
            if (inside.Length > 1)
                throw new AsmException(shown,
                    $"holds {inside.Length} products: {string.Join(", ", inside.Take(5).Select(Path.GetFileName))}",
                    "one product", $"give one of them, for example {inside[0]}");
            if (shown.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase))
                return SafeProduct.Read(FolderFiles.OfSafe(shown), null, offsetGiven);
        }
        return FlatProduct.Read(files, null, offsetGiven);
    }

    /// <summary>
    /// The folder that has the folder GRANULE which a folder has, is, or lies in, and the part of it that the folder lies in; null for
    /// none.
    /// </summary>
    private static (string Root, string? Granule)? SafeAbove(string folder)
    {
        if (HasGranules(folder)) return (folder, null);
        if (AreGranules(folder)) return (Path.GetDirectoryName(folder)!, null);
        for (var at = new DirectoryInfo(folder); at.Parent is { } parent; at = parent)
            if (SafeProduct.IsGranules(parent.Name) && parent.Parent is { } root) return (root.FullName, at.Name);
        return null;
    }

    private static bool HasGranules(string folder) => Directory.Exists(Path.Combine(folder, Granules))
        && Directory.EnumerateDirectories(Path.Combine(folder, Granules)).Any();

    /// <summary>True for the folder GRANULE of a product.</summary>
    private static bool AreGranules(string folder) => SafeProduct.IsGranules(Path.GetFileName(folder)) && Directory.Exists(folder)
        && Directory.EnumerateDirectories(folder).Any(granule => Directory.Exists(Path.Combine(granule, "IMG_DATA")));

    private static bool HasBands(FolderFiles files)
    {
        string?[] bands = BandFileFinder.BandsOf(
            [.. files.Paths.Where(path => BandFileFinder.IsGeoTiff(path) || BandFileFinder.IsJpeg2000(path))]);
        return StackBands.Names.Any(bands.Contains);
    }

    /// <summary>Products in the folders of a folder; those of a product are its own.</summary>
    private static List<string> Inside(string folder, int depth, ref int folders)
    {
        var found = new List<string>();
        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal);
        foreach (string entry in entries.Where(entry => !IsLeftover(entry)))
        {
            if (File.Exists(entry))
            {
                if (ZipFiles.IsName(entry) || entry.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase)) found.Add(entry);
                continue;
            }
            if (++folders > MostFolders) break;
            if (new FileInfo(entry).LinkTarget is not null
                || ImageFolders.Contains(Path.GetFileName(entry), StringComparer.OrdinalIgnoreCase))
                continue;
            if (HasGranules(entry) || HasBands(FolderFiles.OfFlat(entry))) found.Add(entry);
            else if (depth > 1) found.AddRange(Inside(entry, depth - 1, ref folders));
        }
        return found;
    }

    private static string WithoutImages(string folder) =>
        ImageFolders.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase) ? Path.GetDirectoryName(folder)! : folder;
}
