using System.Text.RegularExpressions;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// The layout of SmallMinesDS: <c>YEAR/IMAGE/IMG_XXXX_YEAR.tif</c> with Sentinel-2 in the first ten of 13 bands, and
/// <c>YEAR/MASK/MASK_XXXX_YEAR.tif</c>, 1 where there is a mine and 0 elsewhere. Patches of one number show the same ground in both years.
/// </summary>
internal static partial class SmallMinesInputs
{
    private static readonly string[] Bands = [.. StackBands.Names, ImageFile.Unwanted, ImageFile.Unwanted, ImageFile.Unwanted];

    /// <summary>Lists the patches.</summary>
    /// <exception cref="AsmException">The folders are not there, or a mask is missing.</exception>
    public static IReadOnlyList<SceneInput> List(string folder,
        ClassScheme scheme, IReadOnlyList<string>? bands, StackRadiometry radiometry)
    {
        string[] years = Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder)
                .Where(d => Directory.Exists(Path.Combine(d, "IMAGE"))).Order(StringComparer.Ordinal)]
            : [];
        if (years.Length == 0)
            throw new AsmException(folder, "has no folder YEAR/IMAGE",
                "the layout of SmallMinesDS: 2016/IMAGE, 2016/MASK, 2022/IMAGE, 2022/MASK", "give the folder that holds the years");
        var scenes = new List<SceneInput>();
        foreach (string year in years)
            foreach (string image in PairInputs.GeoTiffs(Path.Combine(year, "IMAGE")))
            {
                string name = Path.GetFileNameWithoutExtension(image),
                    mask = Path.Combine(year, "MASK", $"{name.Replace("IMG", "MASK", StringComparison.Ordinal)}{Path.GetExtension(image)}");
                if (NamePattern().Match(name) is not { Success: true } match)
                    throw new AsmException(image, "its name is not of the form IMG_XXXX_YEAR",
                        "the files of SmallMinesDS", "move other files away");
                if (!File.Exists(mask)) throw new AsmException(mask, "it is not there", $"the mask of {image}", "complete the download");
                scenes.Add(new SceneInput(name, image, run => PairInputs.Open(image, mask, scheme, bands ?? Bands, radiometry, run))
                {
                    LabelRaster = mask,
                    Ground = match.Groups[1].Value,
                });
            }

        return scenes;
    }

    [GeneratedRegex("^IMG_([0-9A-Za-z]+)_[0-9]{4}$")]
    private static partial Regex NamePattern();
}
