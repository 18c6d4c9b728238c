using System.Numerics.Tensors;
using Asm.Raster;

namespace Asm.Training.Quantizing;

/// <summary>A layer's weights as int8, each output channel with its own scale and zero point 0, and its biases.</summary>
internal sealed class QuantisedWeights
{
    private QuantisedWeights(ConvLayer layer) =>
        (Scale, Values, Bias) = (new float[layer.Filters], new sbyte[layer.Weight.Length], new double[layer.Filters]);

    /// <summary>Value of one step, for each output channel.</summary>
    public float[] Scale { get; }

    /// <summary>The weights in the order of the layer's.</summary>
    public sbyte[] Values { get; }

    /// <summary>The biases, corrected for the rounding of the weights where asked.</summary>
    public double[] Bias { get; }

    /// <summary>Rounds a layer's weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="largest">The number of the largest weight: 127, or 64 for processors that add pairs of products in 16 bits.</param>
    /// <param name="input">What the layer reads: its means correct the biases for what rounding changes on average.</param>
    /// <param name="inputScale">
    /// Scale of the layer's input; weights of a channel whose bias would overflow int32 get a coarser scale.
    /// </param>
    /// <param name="run">Threads and cancellation.</param>
    public static QuantisedWeights Of(ConvLayer layer, int largest, TensorStatistics input, float inputScale, RunOptions run)
    {
        var result = new QuantisedWeights(layer);
        int taps = (int)(layer.Shape[2] * layer.Shape[3]), inputs = (int)layer.Shape[1];
        double[] cholesky = input.Moments?.Cholesky() ?? [];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation };
        Parallel.For(0, layer.Filters, parallel, filter =>
        {
            Span<float> weights = layer.FilterWeights(filter);
            double scale = Math.Max(Math.Abs(TensorPrimitives.MaxMagnitude<float>(weights)) / largest,
                Math.Abs(layer.Bias[filter]) / inputScale / (1 << 30));
            result.Scale[filter] = scale > 0 ? (float)scale : 1;
            Span<sbyte> values = result.Values.AsSpan(filter * weights.Length, weights.Length);
            var steps = new double[weights.Length];
            for (int i = 0; i < steps.Length; i++) steps[i] = weights[i] / (double)result.Scale[filter];
            WeightRounding.Round(steps, cholesky, inputs, largest, values);
            double correction = 0;
            for (int i = 0; i < steps.Length; i++) correction += (steps[i] - values[i]) * input.Mean(i / taps);
            result.Bias[filter] = layer.Bias[filter] + correction * result.Scale[filter];
        });
        return result;
    }
}
