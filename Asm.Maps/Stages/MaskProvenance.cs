using Asm.Raster.Vectors.Masking;

namespace Asm.Maps.Stages;

/// <summary>What the provenance of a raster says of the masks it was made with.</summary>
internal static class MaskProvenance
{
    /// <summary>The files of masks, which are inputs like any other.</summary>
    public static IEnumerable<string> Files(IReadOnlyList<PolygonMask> masks) => masks.Select(mask => mask.Path).OfType<string>();

    /// <summary>The options of a stage, with "mask" for its masks, layers and buffers where there are any.</summary>
    public static IReadOnlyDictionary<string, string> Describe(IReadOnlyList<PolygonMask> masks, IReadOnlyDictionary<string, string> options) =>
        masks.Count == 0 ? options : new Dictionary<string, string>(options) { ["mask"] = string.Join("; ", masks) };
}
