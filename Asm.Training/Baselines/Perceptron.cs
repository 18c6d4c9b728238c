using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Asm.Raster;
using Asm.Training.Graphs;
using Asm.Training.Network;

namespace Asm.Training.Baselines;

/// <summary>
/// A multi-layer perceptron with two hidden layers of 10 and 5 units and ReLU, as the paper's. Standardisation is part of
/// the first layer's weights.
/// </summary>
internal sealed class Perceptron : IPixelClassifier
{
    private static readonly int[] Hidden = [10, 5];

    private readonly PerceptronLayer[] _layers;
    private readonly int _epochs;

    private Perceptron(PerceptronLayer[] layers, int epochs) => (_layers, _epochs) = (layers, epochs);

    /// <inheritdoc/>
    public string Architecture => "multi-layer perceptron";

    /// <inheritdoc/>
    public JsonObject Facts => new() { ["hidden"] = new JsonArray([.. Hidden.Select(h => JsonValue.Create(h))]), ["epochs"] = _epochs };

    /// <inheritdoc/>
    public long Parameters => _layers.Sum(l => (long)l.Weights.Length + l.Biases.Length);

    /// <inheritdoc/>
    public double Tolerance => 1e-5;

    /// <summary>Trains; see <see cref="PerceptronTrainer"/>.</summary>
    public static Perceptron Train(PixelSamples samples, ulong seed,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        samples.Validate();
        BandStatistics statistics = samples.Statistics();
        (PerceptronLayer[] layers, int epochs) = PerceptronTrainer.Run(samples, statistics, Hidden, seed, progress, cancellation);
        return new Perceptron([Fold(layers[0], statistics), .. layers.Skip(1)], epochs);
    }

    /// <inheritdoc/>
    public void Probabilities(ReadOnlySpan<float> spectrum, Span<float> probabilities)
    {
        ReadOnlySpan<float> values = spectrum;
        foreach (PerceptronLayer layer in _layers)
        {
            float[] next = new float[layer.Outputs];
            for (int o = 0; o < next.Length; o++)
                next[o] = TensorPrimitives.Dot(layer.Weights.AsSpan(o * layer.Inputs, layer.Inputs), values) + layer.Biases[o];
            if (layer != _layers[^1]) TensorPrimitives.Max(next, 0f, next);
            values = next;
        }

        TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
    }

    /// <inheritdoc/>
    public void Write(OnnxGraphBuilder builder, string output)
    {
        string x = "reflectance";
        for (int l = 0; l < _layers.Length; l++)
        {
            PerceptronLayer layer = _layers[l];
            string[] inputs = [x, builder.Constant($"layer.{l}.weight", layer.Weights, layer.Outputs, layer.Inputs, 1, 1),
                builder.Constant($"layer.{l}.bias", layer.Biases, layer.Outputs)];
            x = builder.Node("Conv", $"layer.{l}", inputs, ("kernel_shape", (long[])[1, 1]));
            if (l + 1 < _layers.Length) x = builder.Node("Relu", $"layer.{l}.relu", [x]);
        }

        builder.Node("Softmax", output, [x], ("axis", 1));
    }

    /// <summary>w (x - mean) / deviation + b = (w / deviation) x + (b - w mean / deviation).</summary>
    private static PerceptronLayer Fold(PerceptronLayer layer, BandStatistics statistics)
    {
        var folded = new PerceptronLayer(layer.Inputs, layer.Outputs);
        for (int o = 0; o < layer.Outputs; o++)
        {
            double bias = layer.Biases[o];
            for (int i = 0; i < layer.Inputs; i++)
            {
                double weight = layer.Weights[o * layer.Inputs + i] / (double)statistics.Deviation[i];
                folded.Weights[o * layer.Inputs + i] = (float)weight;
                bias -= weight * statistics.Mean[i];
            }

            folded.Biases[o] = (float)bias;
        }

        return folded;
    }
}
