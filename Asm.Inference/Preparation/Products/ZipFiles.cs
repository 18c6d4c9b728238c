using System.IO.Compression;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Windows;
using Microsoft.Win32.SafeHandles;

namespace Asm.Inference.Preparation.Products;

/// <summary>
/// The files of a product in a zip file. Metadata are unpacked to memory, bands one by one to files without names. Names in the zip file
/// are never used as paths, and no entry may unpack to more than its kind can have.
/// </summary>
internal sealed class ZipFiles : IProductFiles
{
    /// <summary>Above 2 bytes a pixel for a whole granule at 10 m, which is more than a compressed band ever has.</summary>
    public const long MaxBandBytes = 256L << 20;

    /// <summary>Products have about 100 files, whose names take 20 KB.</summary>
    private const int MaxEntries = 10_000, MaxDirectoryBytes = 8 << 20;

    private readonly string _path;
    private readonly string _root;

    /// <summary>Takes bytes that lie at a position.</summary>
    private delegate void Writer(ReadOnlySpan<byte> bytes, long at);

    private readonly Dictionary<string, long> _sizes;

    private ZipFiles(string path, string root, IReadOnlyList<ZipArchiveEntry> entries)
    {
        (_path, _root) = (path, root);
        Paths = [.. entries.Select(entry => entry.FullName[root.Length..]).Order(StringComparer.Ordinal)];
        _sizes = entries.GroupBy(entry => entry.FullName[root.Length..])
            .ToDictionary(same => same.Key, same => same.Max(entry => entry.Length));
    }

    public string Name => _path;

    public IReadOnlyList<string> Paths { get; }

    /// <summary>True where a path is that of a zip file.</summary>
    public static bool IsName(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where a file starts as a zip file does, whatever it is called.</summary>
    public static bool IsZip(string path)
    {
        InputPath.Require(path);
        Span<byte> start = stackalloc byte[4];
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            return RandomAccess.Read(file, start, 0) == 4 && start is [(byte)'P', (byte)'K', 3, 4];
        }
        // What cannot be read is told by whoever opens it.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
    }

    /// <summary>Lists the files of the product in a zip file.</summary>
    /// <exception cref="AsmException">It cannot be read, holds no product or several, or is no honest zip file.</exception>
    public static ZipFiles Open(string path) => Try(path, () =>
    {
        InputPath.Require(path);
        if (ZipDirectory.Measure(path) is var (bytes, entries) && (bytes > MaxDirectoryBytes || entries > MaxEntries))
            throw new AsmException(path, $"lists {entries:N0} entries in {bytes:N0} bytes",
                "a zipped product, which has about 100", "download the product anew", AsmErrorCode.InputFormat);
        using ZipArchive zip = ZipFile.OpenRead(path);
        if (zip.Entries.Count > MaxEntries)
            throw new AsmException(path, $"has {zip.Entries.Count} entries",
                "a zipped product, which has about 100", "download the product anew", AsmErrorCode.InputFormat);
        foreach (ZipArchiveEntry entry in zip.Entries)
            if (entry.FullName.Split('/', '\\').Contains("..") || Path.IsPathRooted(entry.FullName)
                || entry.FullName.Contains(':', StringComparison.Ordinal))
                throw new AsmException(path, $"has an entry named '{entry.FullName}', which leads out of its folder",
                    "a zipped product as ESA delivers it", "do not use this file; download the product anew");
        ZipArchiveEntry[] files =
            [.. zip.Entries.Where(entry => !entry.FullName.EndsWith('/') && !ProductFolder.IsLeftover(entry.FullName))];
        // Some tools pack the folder, some what is in it, some with folders around it; and people rename folders.
        string[] roots = [.. files.Select(entry => RootOf(entry.FullName)).OfType<string>().Distinct()];
        if (roots.Length > 1)
            throw new AsmException(path, $"holds {roots.Length} products: {string.Join(", ", roots.Take(20).Select(r => r.TrimEnd('/')))}",
                "one product", "unpack it, and give one .SAFE folder");
        if (roots.Length == 0)
            throw new AsmException(path,
                files.Any(entry => IsName(entry.FullName)) ? "holds other zip files" : "holds no .SAFE folder",
                "a zipped Sentinel-2 product", "unpack it, and give the folder or file with the product", AsmErrorCode.InputFormat);
        string root = roots[0];
        return new ZipFiles(path, root,
            [.. files.Where(entry => entry.FullName.StartsWith(root, StringComparison.Ordinal))
            ]);
    });

    /// <summary>The folder that holds the folder GRANULE which an entry lies in, with '/' at its end; null for other entries.</summary>
    private static string? RootOf(string entry)
    {
        string[] parts = entry.Split('/');
        int at = Array.FindIndex(parts, SafeProduct.IsGranules);
        return at >= 0 && at < parts.Length - 1 ? string.Concat(parts.Take(at).Select(part => part + "/")) : null;
    }

    public string FullName(string path) => $"{_path}/{_root}{path}";

    public long Size(string path) => _sizes[path];

    public byte[] ReadSmall(string path)
    {
        using var text = new MemoryStream();
        Unpack(path, ProductText.MaxBytes, (bytes, _) => text.Write(bytes));
        return text.ToArray();
    }

    public void ReadAll(string path, IProductFiles.Taker take) => Unpack(path, MaxBandBytes, (bytes, _) => take(bytes));

    public IRasterSource Open(string path, BandOpener opener, IReadOnlyList<GeoGrid> grids)
    {
        if (!BandFileFinder.IsJpeg2000(path))
            throw new AsmException(FullName(path), "is no JPEG 2000 file", "the bands as ESA delivers them",
                "unpack the zip file, and give the folder", AsmErrorCode.InputFormat);
        SafeFileHandle handle = TemporaryFile.Create();
        try
        {
            Unpack(path, MaxBandBytes, (bytes, at) =>
            {
                try { RandomAccess.Write(handle, bytes, at); }
                catch (IOException e) { throw TemporaryFile.Full(e); }
            });
        }
        catch
        {
            handle.Dispose();
            throw;
        }
        return Jpeg2000Source.Open(FullName(path), handle, opener.JpegOptions(path, grids), opener.Run);
    }

    public IReadOnlyList<string> Inputs(IEnumerable<string> paths) => [_path];

    private void Unpack(string path, long maxBytes, Writer write) => Try(_path, () =>
    {
        using ZipArchive zip = ZipFile.OpenRead(_path);
        ZipArchiveEntry[] entries = [.. zip.Entries.Where(entry => entry.FullName == _root + path)];
        if (entries.Length != 1)
            throw new AsmException(FullName(path), $"is there {entries.Length} times",
                "once", "download the product anew", AsmErrorCode.InputFormat);
        if (entries[0].IsEncrypted)
            throw new AsmException(FullName(path), "is encrypted", "a zip file without a password",
                "unpack it with its password, and give the folder", AsmErrorCode.InputFormat);
        // The declared size is a claim; what really comes is counted.
        if (entries[0].Length > maxBytes) throw TooLarge(entries[0].Length);
        using Stream stream = CheckedEntry.Open(entries[0]);
        byte[] buffer = new byte[1 << 20];
        long at = 0;
        for (int count; (count = stream.Read(buffer)) > 0; at += count)
        {
            if (at + count > maxBytes) throw TooLarge(at + count);
            write(buffer.AsSpan(0, count), at);
        }
        return at == entries[0].Length
            ? true
            : throw new AsmException(FullName(path), $"has {at:N0} bytes",
                $"{entries[0].Length:N0}, as the zip file says", "download the product anew", AsmErrorCode.InputFormat);

        AsmException TooLarge(long bytes) => new(FullName(path), $"unpacks to {bytes:N0} bytes or more",
            $"at most {maxBytes:N0}", "do not use this file; download the product anew");
    });

    private static T Try<T>(string path, Func<T> action)
    {
        try { return action(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            throw new AsmException(path, $"cannot be read as a zip file: {e.Message}",
                "a whole zipped product", "download the product anew", AsmErrorCode.InputFormat);
        }
    }
}
