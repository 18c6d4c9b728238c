namespace Asm.Inference.Model;

/// <summary>What <see cref="GraphAnalysis"/> finds.</summary>
/// <param name="Field">The receptive field, or null where a node may look at the whole window.</param>
/// <param name="Unbounded">Why <paramref name="Field"/> is null.</param>
/// <param name="PeakActivationBytesPerPixel">
/// The most bytes of float32 activations alive at once, per input pixel, by the order of the nodes.
/// </param>
/// <param name="Alignment">The product of the pooling strides, bounded or not.</param>
internal sealed record GraphFacts(ReceptiveField? Field, string? Unbounded, double PeakActivationBytesPerPixel, int Alignment);
