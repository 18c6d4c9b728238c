using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Stacks with label files: one for all, or one for each.</summary>
internal static class StackInputs
{
    /// <summary>Lists the scenes.</summary>
    /// <param name="stacks">Each a ten-band GeoTIFF, a folder of band files, or, where bands are named, any GeoTIFF.</param>
    /// <param name="labels">One file for all stacks, or as many as stacks, in their order.</param>
    /// <param name="options">How label files are read.</param>
    /// <param name="bands">Names of the bands in the files' order; null: the method's ten.</param>
    /// <param name="radiometry">How samples become reflectance.</param>
    /// <exception cref="AsmException">There are as many label files as fit neither rule.</exception>
    public static IReadOnlyList<SceneInput> List(IReadOnlyList<string> stacks, IReadOnlyList<string> labels,
        LabelOptions options, IReadOnlyList<string>? bands, StackRadiometry radiometry)
    {
        if (labels.Count != 1 && labels.Count != stacks.Count)
            throw new AsmException("--labels", $"{labels.Count} label files for {stacks.Count} stacks",
                "one for all stacks, or one for each in their order", "name one, or one for each stack, with --labels");
        string[] names = SceneNames.Of(stacks);
        var file = new LabelFile(options);
        StackSource Image(string path, RunOptions run) =>
            bands is null ? StackSource.Open([path], radiometry, run) : ImageFile.Open(path, bands, radiometry, run);
        string LabelsOf(int scene) => labels[labels.Count == 1 ? 0 : scene];
        return [.. stacks.Select((path, i) => new SceneInput(names[i], path, run =>
        {
            StackSource stack = Image(path, run);
            try
            {
                return file.Open(LabelsOf(i), stack, run);
            }
            catch
            {
                stack.Dispose();
                throw;
            }
        })
        {
            OpenImage = run => Image(path, run),
            LabelRaster = VectorLabels.IsVector(LabelsOf(i)) ? null : LabelsOf(i),
            NeedsLabels = true,
        })];
    }
}
