using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Images and masks that belong together by name.</summary>
internal static class PairInputs
{
    /// <summary>Rows and columns of the largest chips of public data; what is larger is a scene.</summary>
    private const int MostChipPixels = 256;

    private static readonly char[] WordEnds = ['_', '-', '.', ' '];
    private static readonly string[] KindWords = ["img", "image", "images", "mask", "masks", "label", "labels", "lulc", "gt"];

    /// <summary>Lists the pairs of two folders: names are equal but for the extension and for words such as "img" and "mask".</summary>
    /// <exception cref="AsmException">An image or a mask is without its partner, or there is none at all.</exception>
    public static IReadOnlyList<SceneInput> List(string images, string masks,
        ClassScheme scheme, IReadOnlyList<string>? bands, StackRadiometry radiometry)
    {
        Dictionary<string, string> byKey = Files(masks);
        (string Key, string Path)[] files = [.. Files(images).Select(f => (f.Key, f.Value)).OrderBy(f => f.Key, StringComparer.Ordinal)];
        string[] alone = [.. files.Where(f => !byKey.ContainsKey(f.Key)).Select(f => f.Path),
            .. byKey.Where(m => !Array.Exists(files, f => f.Key == m.Key)).Select(m => m.Value)];
        if (alone.Length > 0)
            throw new AsmException(alone[0],
                alone.Length == 1 ? "it has no partner of its name" : $"it and {alone.Length - 1} others have no partner of their names",
                $"an image in {images} and a mask in {masks} with the same name", "complete the pairs, or move the single ones away");
        return [.. files.Select(f => new SceneInput(Path.GetFileNameWithoutExtension(f.Path),
            f.Path, run => Open(f.Path, byKey[f.Key], scheme, bands, radiometry, run))
        {
            OpenImage = run => LargeOnly(ImageFile.Open(f.Path, bands, radiometry, run)),
            LabelRaster = byKey[f.Key],
        })];
    }

    // A chip may well be all water or roofs, of which nothing can be told.
    private static StackSource? LargeOnly(StackSource image)
    {
        if (Math.Min(image.Info.Grid.Width, image.Info.Grid.Height) > MostChipPixels) return image;
        image.Dispose();
        return null;
    }

    /// <summary>Opens a pair. A mask without a georeference lies on its image.</summary>
    public static OpenScene Open(string image, string mask, ClassScheme scheme,
        IReadOnlyList<string>? bands, StackRadiometry radiometry, RunOptions run)
    {
        StackSource stack = ImageFile.Open(image, bands, radiometry, run);
        try
        {
            IRasterSource file = run.Open(mask);
            GeoGrid grid = stack.Info.Grid, own = file.Info.Grid;
            bool adopts = own.Crs is null && own.Width == grid.Width && own.Height == grid.Height;
            return new OpenScene(stack, new CodedLabels(file, scheme, adopts ? grid : null));
        }
        catch
        {
            stack.Dispose();
            throw;
        }
    }

    /// <summary>The GeoTIFF files of a folder.</summary>
    /// <exception cref="AsmException">It is not there, or holds none.</exception>
    public static string[] GeoTiffs(string folder)
    {
        if (!Directory.Exists(folder)) throw new AsmException(folder, "is no folder", "a folder of GeoTIFF files", "check the path");
        string[] files = [.. Directory.EnumerateFiles(folder).Where(BandFileFinder.IsGeoTiff).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new AsmException(folder, "holds no GeoTIFF", "files that end in .tif or .tiff", "check the path");
    }

    private static Dictionary<string, string> Files(string folder)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string path in GeoTiffs(folder))
        {
            string stem = Path.GetFileNameWithoutExtension(path);
            string key = string.Join('_', stem.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries)
                .Where(w => !KindWords.Contains(w, StringComparer.OrdinalIgnoreCase)));
            if (!files.TryAdd(key, path))
                throw new AsmException(path, $"its name says the same as that of {files[key]}",
                    "names that differ in more than words such as 'img' or 'mask'", "move one away");
        }

        return files;
    }
}
