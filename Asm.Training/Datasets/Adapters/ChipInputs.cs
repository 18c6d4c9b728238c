using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Chips in folders that are named after their class, as EuroSAT has them: the whole chip carries one label.</summary>
internal static class ChipInputs
{
    /// <summary>Lists the chips; those of classes that mean none are left out.</summary>
    /// <exception cref="AsmException">There is no folder of chips, or a folder's name is no class.</exception>
    public static IReadOnlyList<SceneInput> List(string folder,
        ClassScheme scheme, IReadOnlyList<string>? bands, StackRadiometry radiometry)
    {
        if (!Directory.Exists(folder)) throw new AsmException(folder, "is no folder", "a folder of folders of chips", "check the path");
        string[] classes = [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        string[] unknown = [.. classes.Select(c => Path.GetFileName(c)!).Where(c => scheme.CodeOf(c) is null)];
        if (unknown.Length > 0) throw scheme.Unknown(folder, unknown);
        var scenes = new List<SceneInput>();
        foreach (string one in classes)
        {
            byte code = scheme.CodeOf(Path.GetFileName(one))!.Value;
            if (code == 0) continue;
            foreach (string chip in PairInputs.GeoTiffs(one))
                scenes.Add(new SceneInput(Path.GetFileNameWithoutExtension(chip), chip, run =>
                {
                    StackSource stack = ImageFile.Open(chip, bands, radiometry, run);
                    return new OpenScene(stack, new ConstantLabels(chip, scheme.Info(stack.Info.Grid), code));
                }));
        }

        return scenes.Count > 0
            ? scenes
            : throw new AsmException(folder, "holds no chip of any class",
                "folders CLASSNAME with GeoTIFF files",
                classes.Length == 0
                    ? "give the folder that holds a folder for each class"
                    : "say which folder is a class: --map FOLDER=CLASS,...");
    }
}
