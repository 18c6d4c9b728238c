using Asm.Inference.Model;
using Asm.Raster;

namespace Asm.Inference.Prediction;

/// <summary>Which band of a stack feeds which channel of a model, and how its samples become reflectance.</summary>
/// <param name="Indices">Band positions in the stack, in the order of the model's channels.</param>
/// <param name="ToReflectance">Reflectance = sample x scale + offset, per channel.</param>
internal sealed record StackBands(int[] Indices, (float Scale, float Offset)[] ToReflectance)
{
    /// <summary>Integer stacks without a scale hold reflectance x 10,000, as docs/file-formats.md says.</summary>
    private const float IntegerScale = 1e-4f;

    /// <summary>Matches by band name where the stack names its bands, else by position where the counts are equal.</summary>
    /// <exception cref="AsmException">The stack lacks a band, or its bands are unnamed and their number differs.</exception>
    public static StackBands Match(IRasterSource stack, ModelDescription model)
    {
        IReadOnlyList<BandInfo> bands = stack.Info.Bands;
        bool named = bands.Any(b => model.Bands.Contains(b.Name, StringComparer.OrdinalIgnoreCase));
        if (!named && bands.Count != model.Bands.Count)
            throw new AsmException(stack.Name, $"has {bands.Count} band{(bands.Count == 1 ? "" : "s")}, none named as the model's", $"the {model.Bands.Count} bands of {model.Name}: {string.Join(' ', model.Bands)}", "make the stack with asm prepare, or give a model for these bands with --model");
        int[] indices = named ? stack.Info.BandIndices(model.Bands, stack.Name) : [.. Enumerable.Range(0, bands.Count)];
        return new(indices, [.. indices.Select(i => ToReflectanceOf(stack.Info, i))]);
    }

    /// <summary>Scale and offset from samples of a band to reflectance: the file's own, or those of stacks where it states none.</summary>
    public static (float Scale, float Offset) ToReflectanceOf(RasterInfo stack, int band)
    {
        bool integer = stack.SampleType is not (SampleType.Float32 or SampleType.Float64);
        BandInfo info = stack.Bands[band];
        return integer && info.Scale == 1 ? (IntegerScale, 0f) : ((float)info.Scale, (float)info.Offset);
    }
}
