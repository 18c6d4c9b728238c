using Asm.Inference.Model;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Which band of a stack feeds which channel of a model, and how its samples become reflectance.</summary>
/// <param name="Indices">Band positions in the stack, in the order of the model's channels.</param>
/// <param name="ToReflectance">Reflectance = sample x scale + offset, per channel.</param>
internal sealed record ModelBands(int[] Indices, (float Scale, float Offset)[] ToReflectance)
{
    /// <summary>Matches by band name where the stack names its bands, else by position where the counts are equal.</summary>
    /// <exception cref="AsmException">The stack lacks a band, or its bands are unnamed and their number differs.</exception>
    public static ModelBands Match(IRasterSource stack, ModelDescription model)
    {
        IReadOnlyList<BandInfo> bands = stack.Info.Bands;
        bool named = bands.Any(b => model.Bands.Contains(b.Name, StringComparer.OrdinalIgnoreCase));
        if (!named && bands.Count != model.Bands.Count)
            throw new AsmException(stack.Name, $"has {bands.Count} band{(bands.Count == 1 ? "" : "s")}, none named as the model's",
                $"the {model.Bands.Count} bands of {model.Name}: {string.Join(' ', model.Bands)}",
                "make the stack with asm prepare, or give a model for these bands with `model`");
        int[] indices = named ? stack.Info.BandIndices(model.Bands, stack.Name) : [.. Enumerable.Range(0, bands.Count)];
        return new(indices, [.. indices.Select(i => StackBands.ToReflectanceOf(stack.Info, i))]);
    }
}
