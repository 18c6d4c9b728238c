using System.Numerics.Tensors;
using Asm.Raster;
using Asm.Training.Network;
using Asm.Training.Patches;

namespace Asm.Training.Baselines;

/// <summary>
/// Trains a perceptron as scikit-learn's MLPClassifier does with its defaults: cross-entropy and an L2 penalty on weights, Adam, batches of
/// 200, up to 200 epochs, ended where the loss has not fallen by 1e-4 for ten. Written out here: layers of ten and five values are so small
/// that calling libtorch for each of them would take many times as long as the arithmetic.
/// </summary>
internal sealed class PerceptronTrainer
{
    private const int Batch = 200, MostEpochs = 200, Patience = 10;
    private const double Penalty = 1e-4, Improvement = 1e-4;

    private readonly PixelSamples _samples;
    private readonly float[] _inputs;
    private readonly PerceptronLayer[] _layers;
    private readonly Adam[] _weightSteps, _biasSteps;
    // Of each layer from the input on: units x batch values, so that every operation runs along the batch.
    private readonly float[][] _values, _errors;
    private readonly float[][] _weightGradients, _biasGradients;
    private long _step;

    private PerceptronTrainer(PixelSamples samples, BandStatistics statistics, int[] hidden, ulong seed)
    {
        (_samples, _inputs) = (samples, Standardised(samples, statistics));
        int[] units = [samples.BandNames.Length, .. hidden, samples.Classes.Length];
        Random random = PatchHash.Generator(seed, 1);
        _layers = [.. Enumerable.Range(0, units.Length - 1).Select(l => PerceptronLayer.Initial(units[l], units[l + 1], random))];
        _weightSteps = [.. _layers.Select(l => new Adam(l.Weights))];
        _biasSteps = [.. _layers.Select(l => new Adam(l.Biases))];
        _values = [.. units.Select(u => new float[u * Batch])];
        _errors = [.. units.Select(u => new float[u * Batch])];
        _weightGradients = [.. _layers.Select(l => new float[l.Weights.Length])];
        _biasGradients = [.. _layers.Select(l => new float[l.Biases.Length])];
    }

    /// <summary>Trains; the layers take standardised bands.</summary>
    /// <param name="samples">The pixels.</param>
    /// <param name="statistics">What the bands are standardised with.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="seed">Decides initial weights and the order of the pixels.</param>
    /// <param name="progress">Told of every epoch.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <returns>The layers and the number of epochs run.</returns>
    public static (PerceptronLayer[] Layers, int Epochs) Run(PixelSamples samples, BandStatistics statistics,
        int[] hidden, ulong seed, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var trainer = new PerceptronTrainer(samples, statistics, hidden, seed);
        int[] order = [.. Enumerable.Range(0, samples.Count)];
        Random random = PatchHash.Generator(seed, 2);
        double best = double.PositiveInfinity;
        int without = 0, epoch = 0;
        while (epoch < MostEpochs && without <= Patience)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle(order);
            double loss = trainer.Epoch(order);
            without = loss > best - Improvement ? without + 1 : 0;
            best = Math.Min(best, loss);
            progress?.Report(new("train", ++epoch, MostEpochs));
        }

        return (trainer._layers, epoch);
    }

    /// <summary>One pass over the pixels; returns the mean loss, penalty included.</summary>
    private double Epoch(int[] order)
    {
        double sum = 0;
        for (int from = 0; from < order.Length; from += Batch)
        {
            ReadOnlySpan<int> batch = order.AsSpan(from, Math.Min(Batch, order.Length - from));
            Gather(batch);
            Forward(batch.Length);
            sum += Loss(batch) + batch.Length * PenaltyTerm(batch.Length);
            Backward(batch.Length);
            _step++;
            for (int l = 0; l < _layers.Length; l++)
            {
                _weightSteps[l].Step(_weightGradients[l], _step);
                _biasSteps[l].Step(_biasGradients[l], _step);
            }
        }

        return sum / order.Length;
    }

    private void Gather(ReadOnlySpan<int> batch)
    {
        int bands = _samples.BandNames.Length;
        for (int i = 0; i < batch.Length; i++)
            for (int b = 0; b < bands; b++) _values[0][b * Batch + i] = _inputs[batch[i] * bands + b];
    }

    private void Forward(int n)
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            PerceptronLayer layer = _layers[l];
            for (int o = 0; o < layer.Outputs; o++)
            {
                Span<float> unit = Unit(_values[l + 1], o, n);
                unit.Fill(layer.Biases[o]);
                for (int i = 0; i < layer.Inputs; i++)
                    TensorPrimitives.MultiplyAdd(Unit(_values[l], i, n), layer.Weights[o * layer.Inputs + i], unit, unit);
                if (l + 1 < _layers.Length) TensorPrimitives.Max(unit, 0f, unit);
            }
        }

        Softmax(_values[^1], _samples.Classes.Length, n);
    }

    /// <summary>
    /// Sum of -log p over the batch; leaves p - [class] as the errors of the last layer, which is the gradient of
    /// the loss before the softmax.
    /// </summary>
    private double Loss(ReadOnlySpan<int> batch)
    {
        double sum = 0;
        _values[^1].CopyTo(_errors[^1], 0);
        for (int i = 0; i < batch.Length; i++)
        {
            int at = (_samples.Codes[batch[i]] - 1) * Batch + i;
            sum -= Math.Log(Math.Max(_values[^1][at], float.Epsilon));
            _errors[^1][at] -= 1;
        }

        return sum;
    }

    private double PenaltyTerm(int n) => 0.5 * Penalty / n * _layers.Sum(l => (double)TensorPrimitives.SumOfSquares(l.Weights));

    private void Backward(int n)
    {
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            PerceptronLayer layer = _layers[l];
            for (int o = 0; o < layer.Outputs; o++)
            {
                ReadOnlySpan<float> error = Unit(_errors[l + 1], o, n);
                _biasGradients[l][o] = TensorPrimitives.Sum(error) / n;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    int w = o * layer.Inputs + i;
                    _weightGradients[l][w] = (TensorPrimitives.Dot(error, Unit(_values[l], i, n)) + (float)Penalty * layer.Weights[w]) / n;
                }
            }

            if (l > 0) PassBack(layer, l, n);
        }
    }

    private void PassBack(PerceptronLayer layer, int l, int n)
    {
        for (int i = 0; i < layer.Inputs; i++)
        {
            Span<float> error = Unit(_errors[l], i, n);
            error.Clear();
            for (int o = 0; o < layer.Outputs; o++)
                TensorPrimitives.MultiplyAdd(Unit(_errors[l + 1], o, n), layer.Weights[o * layer.Inputs + i], error, error);
            ReadOnlySpan<float> value = Unit(_values[l], i, n);
            for (int j = 0; j < n; j++) error[j] = value[j] > 0 ? error[j] : 0;
        }
    }

    private static void Softmax(float[] values, int classes, int n)
    {
        Span<float> largest = (stackalloc float[Batch])[..n], sum = (stackalloc float[Batch])[..n];
        Unit(values, 0, n).CopyTo(largest);
        for (int k = 1; k < classes; k++) TensorPrimitives.Max(largest, Unit(values, k, n), largest);
        sum.Clear();
        for (int k = 0; k < classes; k++)
        {
            Span<float> unit = Unit(values, k, n);
            TensorPrimitives.Subtract(unit, largest, unit);
            TensorPrimitives.Exp(unit, unit);
            TensorPrimitives.Add(sum, unit, sum);
        }

        for (int k = 0; k < classes; k++) TensorPrimitives.Divide(Unit(values, k, n), sum, Unit(values, k, n));
    }

    private static Span<float> Unit(float[] values, int unit, int n) => values.AsSpan(unit * Batch, n);

    private static float[] Standardised(PixelSamples samples, BandStatistics statistics)
    {
        float[] inputs = new float[samples.Reflectance.Length];
        int bands = statistics.Mean.Length;
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = (samples.Reflectance[i] - statistics.Mean[i % bands]) / statistics.Deviation[i % bands];
        return inputs;
    }
}
