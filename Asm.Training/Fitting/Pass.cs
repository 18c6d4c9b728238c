using Asm.Analysis.Accuracy;
using Asm.Training.Configuration;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>Sends batches through a network.</summary>
/// <param name="network">The network, on <paramref name="device"/>.</param>
/// <param name="loss">The loss.</param>
/// <param name="device">Where the network is.</param>
/// <param name="microBatch">Patches at once; 0: the whole batch.</param>
internal sealed class Pass(UNet network, Loss loss, Device device, int microBatch)
{
    /// <summary>Sets the gradients of the network's parameters to those of one batch.</summary>
    /// <returns>The loss of the batch; 0 where no pixel has a target.</returns>
    public double Gradients(Batch batch)
    {
        network.zero_grad();
        double weight = loss.WeightOf(batch.Target), sum = 0;
        if (weight == 0) return 0;
        using DisposeScope whole = NewDisposeScope();
        (Tensor samples, Tensor targets) = Tensors(batch);
        int at = 0;
        for (int count; at < batch.Count; at += count)
        {
            count = Math.Min(microBatch == 0 ? batch.Count : microBatch, batch.Count - at);
            using DisposeScope scope = NewDisposeScope();
            Tensor part = loss.Sum(network.call(samples.narrow(0, at, count).to(device)), targets.narrow(0, at, count).to(device)) / weight;
            part.backward();
            sum += part.ToDouble();
        }

        return sum;
    }

    /// <summary>Measures the network on the first patches of a source, without dropout or variation.</summary>
    /// <returns>The loss, and the pixels by reference and predicted class.</returns>
    /// <exception cref="OperationCanceledException">The measuring was stopped.</exception>
    public (double Loss, ConfusionMatrix Counts) Measure(IPatchSource source, int patches, int classes, CancellationToken cancellation)
    {
        using IDisposable guard = no_grad();
        network.eval();
        var counts = new ConfusionMatrix(classes);
        double sum = 0, weight = 0;
        using var loader = new BatchLoader(source, AugmentationConfig.Nothing, network.Statistics.Mean, 1, 0, 0, 1);
        for (int i = 0; i < patches; i++)
        {
            Batch batch = loader.Next(cancellation);
            // A batch that lies ready is handed out even after a stop.
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            (Tensor samples, Tensor targets) = Tensors(batch);
            Tensor logits = network.call(samples.to(device));
            sum += loss.Sum(logits, targets.to(device)).ToDouble();
            weight += loss.WeightOf(batch.Target);
            counts.Add(Codes(logits.argmax(1).cpu().data<long>().ToArray()), Codes(batch.Target));
        }

        return (sum / weight, counts);
    }

    /// <summary>Class codes from 1 of class positions from 0; 0, no data, where there is no class.</summary>
    private static byte[] Codes(long[] positions) => Array.ConvertAll(positions, p => (byte)Math.Max(0, p + 1));

    // The tensors are views of the batch's arrays: nothing is copied on the CPU.
    private static (Tensor Samples, Tensor Targets) Tensors(Batch batch) =>
        (frombuffer(batch.Reflectance, ScalarType.Float32).reshape(batch.Count, batch.Bands, batch.SizePixels, batch.SizePixels),
            frombuffer(batch.Target, ScalarType.Int64).reshape(batch.Count, batch.SizePixels, batch.SizePixels));
}
