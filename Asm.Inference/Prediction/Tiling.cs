namespace Asm.Inference.Prediction;

/// <summary>How a scene is cut into windows and their results are joined.</summary>
public enum Tiling
{
    /// <summary>
    /// Windows of the training size that overlap; weights fall smoothly towards a window's edge, so that no seam shows. The paper's way.
    /// </summary>
    Blend,

    /// <summary>
    /// Large windows of which only pixels with their whole receptive field inside are kept: equal to one run over the whole scene.
    /// </summary>
    Exact,
}
