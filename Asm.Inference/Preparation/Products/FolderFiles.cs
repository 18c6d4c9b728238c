using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation.Products;

/// <summary>The files of a product in a folder.</summary>
internal sealed class FolderFiles : IProductFiles
{
    /// <summary>Deep enough for PRODUCT.SAFE/GRANULE/TILE/IMG_DATA/R10m.</summary>
    private const int SafeDepth = 4;

    private static readonly string[] ResolutionFolders = ["R10m", "R20m", "R60m"];

    private FolderFiles(string folder, IReadOnlyList<string> paths) => (Name, Paths) = (folder, paths);

    public string Name { get; }

    public IReadOnlyList<string> Paths { get; }

    /// <summary>All files of a .SAFE folder.</summary>
    public static FolderFiles OfSafe(string folder) => new(folder, List(folder, folder, SafeDepth));

    /// <summary>The files of a folder and of its folders R10m, R20m and R60m.</summary>
    public static FolderFiles OfFlat(string folder) => new(folder,
        [.. List(folder, folder, 0), .. ResolutionFolders.Select(name => Path.Combine(folder, name))
            .Where(Directory.Exists).SelectMany(sub => List(folder, sub, 0))]);

    /// <summary>The same files, but of all rasters only some, and of STAC items those that name one of these.</summary>
    /// <param name="rasters">Whole paths.</param>
    public FolderFiles With(IReadOnlyList<string> rasters)
    {
        HashSet<string> wanted = [.. rasters], names = [.. rasters.Select(raster => Path.GetFileName(raster))];
        string root = SystemPath.Full(Name);
        return new(Name, [.. Paths.Where(path => BandFileFinder.IsGeoTiff(path) || BandFileFinder.IsJpeg2000(path)
            ? wanted.Contains(Path.GetFullPath(path, root))
            : !StacItem.IsName(path) || TileInfo.IsName(path)
                || Size(path) <= ProductText.MaxJsonBytes
                    && StacItem.Links(ReadSmall(path)).Any(link => names.Contains(link[(link.LastIndexOfAny(['/', '\\']) + 1)..])))]);
    }

    public string FullName(string path) => Path.Combine(Name, path);

    public long Size(string path)
    {
        var file = new FileInfo(FullName(path));
        return file.Exists ? file.Length : 0;
    }

    public byte[] ReadSmall(string path)
    {
        string file = FullName(path);
        try
        {
            long length = new FileInfo(file).Length;
            if (length > ProductText.MaxBytes)
                throw new AsmException(file, $"has {length:N0} bytes", $"metadata of at most {ProductText.MaxBytes:N0} bytes",
                    "download the product anew", AsmErrorCode.InputFormat);
            return InputPath.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(file, $"cannot be read: {e.Message}",
                "a file that may be read", "check its permissions", AsmErrorCode.InputMissing);
        }
    }

    public void ReadAll(string path, IProductFiles.Taker take)
    {
        string file = FullName(path);
        try
        {
            using FileStream stream = InputPath.OpenRead(file);
            byte[] buffer = new byte[1 << 20];
            for (int count; (count = stream.Read(buffer)) > 0;) take(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(file, $"cannot be read: {e.Message}",
                "a file that may be read", "check its permissions", AsmErrorCode.InputMissing);
        }
    }

    public IRasterSource Open(string path, BandOpener opener, IReadOnlyList<GeoGrid> grids) => opener.Open(FullName(path), grids);

    public IReadOnlyList<string> Inputs(IEnumerable<string> paths) => [.. paths.Select(FullName)];

    private static IReadOnlyList<string> List(string root, string folder, int depth)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = depth > 0,
            MaxRecursionDepth = depth,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false
        };
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", options).Where(file => !ProductFolder.IsLeftover(file))
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(folder, $"cannot be listed: {e.Message}", "a folder that may be read", "check its permissions");
        }
    }
}
