using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Which band of a stack feeds which channel of a model, and how its samples become reflectance.</summary>
/// <param name="Indices">Band positions in the stack, in the order of the model's channels.</param>
/// <param name="ToReflectance">Reflectance = sample x scale + offset, per channel.</param>
internal sealed record ModelBands(int[] Indices, (float Scale, float Offset)[] ToReflectance)
{
    /// <summary>Which stored numbers can be reflectance, per channel.</summary>
    public BandLimits[] Limits(RasterInfo info) => [.. Indices.Select((band, i) =>
        BandLimits.Of(info.SampleType, info.Bands[band], ToReflectance[i].Scale, ToReflectance[i].Offset))];

    /// <summary>Matches by band name, or by position where no name says anything and the counts are equal.</summary>
    /// <exception cref="AsmException">
    /// The stack lacks a band or has it twice, its names say nothing and their number differs, or its scale contradicts its offset.
    /// </exception>
    public static ModelBands Match(IRasterSource stack, ModelDescription model) => Match(stack, model.Bands);

    /// <summary>Matches some bands: see the other overload.</summary>
    public static ModelBands Match(IRasterSource stack, IReadOnlyList<string> wanted)
    {
        int[] indices = BandMatch.Find(stack.Info, wanted, stack.Name);
        foreach (int i in indices)
            StackBands.RequireOneUnit(stack.Info.SampleType, stack.Info.Bands[i], $"{stack.Name}, band {i + 1}");
        return new(indices, [.. indices.Select(i => StackBands.ToReflectanceOf(stack.Info, i))]);
    }
}
