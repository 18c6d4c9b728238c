using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Inference.Projects;

/// <summary>Opens what a user calls a scene: a raster with the model's bands, or anything that a stack can be prepared from.</summary>
public static class SceneFile
{
    /// <summary>Opens a scene.</summary>
    /// <param name="path">A GeoTIFF with the model's bands, a product, or a folder of band files.</param>
    /// <param name="model">The model.</param>
    /// <param name="files">The files that are read.</param>
    /// <param name="radiometry">How samples become reflectance; null takes what the files say.</param>
    /// <exception cref="AsmException">There is no such scene, or it does not fit the model.</exception>
    public static IRasterSource Open(string path, ModelDescription model, out IReadOnlyList<string> files, StackRadiometry? radiometry = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        radiometry ??= new();
        // A ready stack, or any raster that has the model's bands, is read as it is; the rest is put together as asm prepare does.
        if (File.Exists(path) && Path.GetExtension(path).ToUpperInvariant() is ".TIF" or ".TIFF" && radiometry == new StackRadiometry())
        {
            files = [path];
            return GeoTiffSource.Open(path);
        }
        if (!model.Bands.SequenceEqual(StackBands.Names, StringComparer.OrdinalIgnoreCase))
            throw new AsmException(path, $"would be prepared as the bands {string.Join(' ', StackBands.Names)}, but {model.Name} takes {string.Join(' ', model.Bands)}", "a GeoTIFF with the model's bands", "put the bands into one GeoTIFF yourself, with reflectance x 10,000");
        StackSource stack = StackSource.Open([path], radiometry);
        files = stack.Files;
        return stack;
    }
}
