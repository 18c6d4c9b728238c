using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>How a scene is predicted.</summary>
public sealed record PredictionOptions
{
    /// <summary>The default cloud threshold in reflectance; see <see cref="CloudReflectance"/>.</summary>
    public const double DefaultCloudReflectance = 0.30;

    /// <summary>How the scene is cut into windows and joined.</summary>
    public Tiling Tiling { get; init; } = Tiling.Blend;

    /// <summary>
    /// Side of the windows in pixels; 0: for blend the model's training size, 256 at least; for exact the largest
    /// that the memory limit allows.
    /// </summary>
    public int WindowPixels { get; init; }

    /// <summary>Pixels that neighbouring windows share at least, for blend; rounded up to the network's alignment.</summary>
    /// <remarks>More costs time: 32 of 256 runs 1.3 times the scene's pixels, 64 1.8 times.</remarks>
    public int OverlapPixels { get; init; } = 32;

    /// <summary>
    /// A pixel is cloud, and becomes no data in every output, where B02, B03 and B04 are all above this reflectance; null: no cloud rule.
    /// The network still sees the pixel. Values above 1 never occur in practice and switch the rule off as well.
    /// </summary>
    public double? CloudReflectance { get; init; } = DefaultCloudReflectance;

    /// <summary>
    /// The scene classification of Sen2Cor: pixels of <see cref="SceneClasses"/> become no data in every output, and the network still sees
    /// them; null: none. Same CRS as the stack, pixels of its size or twice or six times it. It is not disposed of.
    /// </summary>
    public IRasterSource? SceneClassification { get; init; }

    /// <summary>The classes of <see cref="SceneClassification"/> that become no data, 0 to 11.</summary>
    public IReadOnlyList<int> SceneClasses { get; init; } = Asm.Inference.Clouds.SceneClassification.CloudClasses;

    /// <summary>
    /// Counts for <see cref="PredictionSummary.Clouds"/> what each cloud rule removes or would remove, the three-band rule at this
    /// reflectance; null: nothing is counted.
    /// </summary>
    public double? CountCloudsAbove { get; init; }
}
