using System.Numerics.Tensors;

namespace Asm.Training.Quantizing;

/// <summary>A layer's weights as int8, each output channel with its own scale and zero point 0, and its biases.</summary>
internal sealed class QuantisedWeights
{
    private QuantisedWeights(ConvLayer layer) => (Scale, Values, Bias) = (new float[layer.Filters], new sbyte[layer.Weight.Length], new double[layer.Filters]);

    /// <summary>Value of one step, for each output channel.</summary>
    public float[] Scale { get; }

    /// <summary>The weights in the order of the layer's.</summary>
    public sbyte[] Values { get; }

    /// <summary>The biases, corrected for the rounding of the weights where asked.</summary>
    public double[] Bias { get; }

    /// <summary>How weights are rounded.</summary>
    /// <param name="Largest">The number of the largest weight: 127, or 64 for processors that add pairs of products in 16 bits.</param>
    /// <param name="Mean">Mean of the layer's input channels, by which biases are corrected; null: they are not.</param>
    /// <param name="Fit">Whether scales are searched for the least squared error.</param>
    internal readonly record struct Rule(int Largest = 127, Func<ConvLayer, double[]>? Mean = null, bool Fit = false);

    /// <summary>Rounds a layer's weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rule">How.</param>
    /// <param name="inputScale">Scale of the layer's input; weights of a channel whose bias would overflow int32 get a coarser scale.</param>
    public static QuantisedWeights Of(ConvLayer layer, Rule rule, float inputScale)
    {
        var result = new QuantisedWeights(layer);
        double[]? mean = rule.Mean?.Invoke(layer);
        int taps = (int)(layer.Shape[2] * layer.Shape[3]);
        for (int filter = 0; filter < layer.Filters; filter++)
        {
            Span<float> weights = layer.FilterWeights(filter);
            Span<sbyte> values = result.Values.AsSpan(filter * weights.Length, weights.Length);
            double scale = Math.Abs(TensorPrimitives.MaxMagnitude<float>(weights)) / rule.Largest;
            if (rule.Fit) scale *= BestShare(weights, scale, rule.Largest);
            scale = Math.Max(scale, Math.Abs(layer.Bias[filter]) / inputScale / (1 << 30));
            result.Scale[filter] = scale > 0 ? (float)scale : 1;
            double correction = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                values[i] = Round(weights[i], result.Scale[filter], rule.Largest);
                if (mean is not null) correction += (weights[i] - (double)values[i] * result.Scale[filter]) * mean[i / taps];
            }
            result.Bias[filter] = layer.Bias[filter] + correction;
        }
        return result;
    }

    private static sbyte Round(float weight, double scale, int largest) => (sbyte)Math.Clamp(Math.Round(weight / scale), -largest, largest);

    private static double BestShare(ReadOnlySpan<float> weights, double scale, int largest)
    {
        (double best, double least) = (1, double.MaxValue);
        for (double share = 1; share > 0.6; share -= 0.02)
        {
            double error = 0;
            foreach (float weight in weights) error += Math.Pow(weight - Round(weight, scale * share, largest) * scale * share, 2);
            if (error < least) (best, least) = (share, error);
        }
        return best;
    }
}
