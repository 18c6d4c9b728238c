using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation.Products;

/// <summary>The files that a STAC item on a web server links to: bands and the product's XML. Nothing else is asked for.</summary>
internal sealed class HttpFiles : IProductFiles
{
    private readonly Dictionary<string, string> _urls = [];
    private readonly RunOptions _run;
    private readonly byte[] _item;

    private HttpFiles(string url, byte[] item, Uri source, RunOptions run)
    {
        (Name, _item, _run) = (RemoteFile.Shown(url), item, run);
        _urls[Name] = url;
        foreach (string link in StacItem.Links(item))
            // An item that anyone wrote must not lead to files of this machine.
            if (Uri.TryCreate(source, link, out Uri? asset) && RemoteFile.IsUrl(asset.AbsoluteUri)
                && RemoteFile.Shown(asset.AbsoluteUri) is var shown && IsWanted(shown))
                _urls[shown] = asset.AbsoluteUri;
        Paths = [.. _urls.Keys.Order(StringComparer.Ordinal)];
    }

    public string Name { get; }

    public IReadOnlyList<string> Paths { get; }

    /// <summary>Reads an item.</summary>
    /// <exception cref="AsmException">It is not there, or the server fails.</exception>
    public static HttpFiles Open(string url, RunOptions run)
    {
        string name = RemoteFile.Shown(url);
        if (ZipFiles.IsName(name) || name.TrimEnd('/').EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase))
            throw new AsmException(name, "is a whole product on a server",
                "the URL of a STAC item whose bands are files of their own", "download the product and give its path");
        byte[] item = RemoteFile.ReadSmall(url, ProductText.MaxBytes, run, out Uri source);
        // JSON may start with the mark of UTF-8.
        return new(url, item.AsSpan().StartsWith("\uFEFF"u8) ? item[3..] : item, source, run);
    }

    public string FullName(string path) => path;

    public long Size(string path) => path == Name ? _item.Length : 1;

    public byte[] ReadSmall(string path) => path == Name ? _item : RemoteFile.ReadSmall(_urls[path], ProductText.MaxBytes, _run, out _);

    /// <summary>Not needed: only a manifest asks for whole files, and an item links to none.</summary>
    public void ReadAll(string path, IProductFiles.Taker take) => throw new NotSupportedException();

    public IRasterSource Open(string path, BandOpener opener, IReadOnlyList<GeoGrid> grids) => opener.Open(_urls[path], grids);

    public IReadOnlyList<string> Inputs(IEnumerable<string> paths) => [.. paths.Select(path => _urls[path])];

    private static bool IsWanted(string file) => BandFileFinder.IsGeoTiff(file) || BandFileFinder.IsJpeg2000(file)
        || ProductXml.IsName(Path.GetFileName(file)) || TileXml.IsName(Path.GetFileName(file));
}
