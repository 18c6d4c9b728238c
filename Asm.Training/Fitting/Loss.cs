using Asm.Training.Patches;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>
/// Cross-entropy with class weights: sum of weight x -ln p over the pixels with a target, divided by the sum of their weights
/// (as PyTorch's mean does).
/// </summary>
internal sealed class Loss : IDisposable
{
    private readonly double[] _weights;
    private readonly Tensor _onDevice;

    /// <summary>Creates the loss.</summary>
    /// <param name="weights">Weight of each class, above 0.</param>
    /// <param name="device">Where logits will be.</param>
    public Loss(double[] weights, Device device)
    {
        _weights = weights;
        _onDevice = tensor([.. weights.Select(w => (float)w)]).to(device).DetachFromDisposeScope();
    }

    /// <summary>
    /// Sum of the weights of the targets: what the sums of a batch's parts are divided by, so that parts add up to the whole.
    /// </summary>
    public double WeightOf(ReadOnlySpan<long> targets)
    {
        Span<long> counts = stackalloc long[_weights.Length];
        foreach (long target in targets)
            if (target >= 0) counts[(int)target]++;
        double sum = 0;
        for (int i = 0; i < counts.Length; i++) sum += counts[i] * _weights[i];
        return sum;
    }

    /// <summary>The sum of the weighted losses of some pixels.</summary>
    /// <param name="logits">[N, classes, H, W].</param>
    /// <param name="targets">[N, H, W], class positions from 0; <see cref="Batch.IgnoredTarget"/> where there is none.</param>
    public Tensor Sum(Tensor logits, Tensor targets) =>
        nn.functional.cross_entropy(logits, targets, _onDevice, Batch.IgnoredTarget, nn.Reduction.Sum);

    /// <inheritdoc/>
    public void Dispose() => _onDevice.Dispose();
}
