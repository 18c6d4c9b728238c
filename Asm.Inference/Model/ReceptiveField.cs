namespace Asm.Inference.Model;

/// <summary>How far around an output pixel a network looks, derived from its graph.</summary>
/// <param name="MarginPixels">
/// The most input pixels on any side that one output pixel depends on, over all positions of the pixel relative to the pooling.
/// </param>
/// <param name="AlignmentPixels">
/// Window origins and sizes must be multiples of this: the product of the pooling strides, 16 for a depth-4 U-Net.
/// </param>
public sealed record ReceptiveField(int MarginPixels, int AlignmentPixels)
{
    /// <summary>
    /// The margin rounded up to the alignment: what windows must overlap on each side so that their cores equal one whole-scene run.
    /// </summary>
    public int HaloPixels => (MarginPixels + AlignmentPixels - 1) / AlignmentPixels * AlignmentPixels;
}
