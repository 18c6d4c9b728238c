namespace Asm.Training.Baselines;

/// <summary>One fully connected layer.</summary>
/// <param name="Inputs">Values in.</param>
/// <param name="Outputs">Values out.</param>
internal sealed record PerceptronLayer(int Inputs, int Outputs)
{
    /// <summary>Outputs x inputs.</summary>
    public float[] Weights { get; init; } = new float[Outputs * Inputs];

    /// <summary>One an output.</summary>
    public float[] Biases { get; init; } = new float[Outputs];

    /// <summary>
    /// Uniform initial values within sqrt(6 / (inputs + outputs)), weights and biases alike (Glorot and Bengio 2010, as
    /// scikit-learn applies it).
    /// </summary>
    public static PerceptronLayer Initial(int inputs, int outputs, Random random)
    {
        double bound = Math.Sqrt(6.0 / (inputs + outputs));
        var layer = new PerceptronLayer(inputs, outputs);
        foreach (float[] values in (float[][])[layer.Weights, layer.Biases])
            for (int i = 0; i < values.Length; i++) values[i] = (float)(bound * (2 * random.NextDouble() - 1));
        return layer;
    }
}
