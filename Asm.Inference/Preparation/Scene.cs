using Asm.Inference.Model;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Raster.Files;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// What a user calls a scene, open: a raster with a model's bands, or anything that a stack can be prepared from, with what is known of it.
/// </summary>
public sealed class Scene : IDisposable
{
    private Scene(string path, IRasterSource stack, IReadOnlyList<string> files, IReadOnlyList<string> notices)
    {
        (Name, Stack, Files, Notices) = (NameOf(path), stack, files, notices);
        Facts = SceneFacts.Of(ProductMetadataJson.Read(stack.Info.Metadata));
    }

    /// <summary>The name that outputs get: see <see cref="NameOf"/>.</summary>
    public string Name { get; }

    /// <summary>Reflectance.</summary>
    public IRasterSource Stack { get; }

    /// <summary>The files that are read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What the user should know of the product.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>What the metadata say.</summary>
    public SceneFacts Facts { get; }

    /// <summary>Opens a scene.</summary>
    /// <param name="path">
    /// A GeoTIFF with the model's bands, a product, a folder of band files, or the URL of a GeoTIFF or a STAC item.
    /// </param>
    /// <param name="model">The model.</param>
    /// <param name="radiometry">How samples become reflectance; null takes what the files say.</param>
    /// <param name="run">Threads, servers and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">There is no such scene, or it does not fit the model.</exception>
    public static Scene Open(string path, ModelDescription model, StackRadiometry? radiometry = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        radiometry ??= new();
        run ??= new();
        // A ready stack, or any raster that has the model's bands, is read as it is; the rest is put together as asm prepare does.
        if (RemoteFile.IsFile(path) && !StackSource.IsProduct(path) && radiometry with { Bands = null } == new StackRadiometry())
            return new(path, OpenRaster(path, model, radiometry.Bands, run), RasterFiles.FilesOf(path), []);
        if (!model.Bands.SequenceEqual(StackBands.Names, StringComparer.OrdinalIgnoreCase))
            throw new AsmException(path,
                $"would be prepared as the bands {string.Join(' ', StackBands.Names)}, but {model.Name} "
                + $"takes {string.Join(' ', model.Bands)}",
                "a GeoTIFF with the model's bands", "put the bands into one GeoTIFF yourself, with reflectance x 10,000");
        StackSource stack = StackSource.Open([path], radiometry, run);
        return new(path, stack, stack.Files, stack.Notices);
    }

    /// <summary>A raster with the model's bands under the model's names.</summary>
    private static IRasterSource OpenRaster(string path, ModelDescription model, string? bands, RunOptions run)
    {
        IRasterSource file = run.Open(path);
        try
        {
            return NamedBands.Of(bands is null ? file : NamedBands.Given(file, BandList.Require(bands)), model.Bands);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The name of a file or folder without what only tells its format.</summary>
    public static string NameOf(string path)
    {
        string name = Path.GetFileName(RemoteFile.IsUrl(path) ? RemoteFile.Shown(path).TrimEnd('/') : ProductFolder.Named(path));
        return name.EndsWith(".SAFE.zip", StringComparison.OrdinalIgnoreCase)
            ? name[..^".SAFE.zip".Length]
            : Path.GetFileNameWithoutExtension(name);
    }

    /// <inheritdoc/>
    public void Dispose() => Stack.Dispose();
}
