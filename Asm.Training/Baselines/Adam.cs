namespace Asm.Training.Baselines;

/// <summary>Adam (Kingma and Ba 2015) over one array of values.</summary>
internal sealed class Adam(float[] values)
{
    private const double LearningRate = 1e-3, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly double[] _mean = new double[values.Length];
    private readonly double[] _square = new double[values.Length];

    /// <summary>One step.</summary>
    /// <param name="gradient">Of the loss, one for each value.</param>
    /// <param name="step">Number of the step, from 1.</param>
    public void Step(ReadOnlySpan<float> gradient, long step)
    {
        double rate = LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step));
        for (int i = 0; i < values.Length; i++)
        {
            _mean[i] = Beta1 * _mean[i] + (1 - Beta1) * gradient[i];
            _square[i] = Beta2 * _square[i] + (1 - Beta2) * gradient[i] * gradient[i];
            values[i] -= (float)(rate * _mean[i] / (Math.Sqrt(_square[i]) + Epsilon));
        }
    }
}
