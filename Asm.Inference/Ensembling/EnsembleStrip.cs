using System.Numerics;
using Asm.Inference.Maps;
using Asm.Inference.Prediction;
using Asm.Raster;

namespace Asm.Inference.Ensembling;

/// <summary>Rows of all outputs, filled block by block and then written.</summary>
internal sealed class EnsembleStrip
{
    private readonly EnsembleSinks _sinks;
    private readonly int _classes, _dates, _width;
    private readonly ProbabilityScale _mean;
    private readonly double _entropyMaximum;
    private readonly byte[] _codes, _agreement, _confidence, _entropy, _margin, _shares;
    private readonly ushort[] _counts;
    private readonly float[] _probabilities;
    private PixelWindow _window;

    /// <summary>Makes room for so many pixels.</summary>
    /// <param name="sinks">Where the rows go.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="dates">Number of dates.</param>
    /// <param name="width">Width of the grid.</param>
    /// <param name="rows">Most rows of a strip.</param>
    /// <param name="mean">How mean sums become probabilities.</param>
    public EnsembleStrip(EnsembleSinks sinks, int classes, int dates, int width, int rows, ProbabilityScale mean)
    {
        (_sinks, _classes, _dates, _width, _mean) = (sinks, classes, dates, width, mean);
        _entropyMaximum = Math.Log(classes);
        int pixels = checked(width * rows);
        T[] Room<T>(IRasterSink? sink, int bands = 1) => sink is null ? [] : new T[checked(bands * pixels)];
        _codes = Room<byte>(sinks.Classes);
        _agreement = Room<byte>(sinks.Agreement);
        _confidence = Room<byte>(sinks.Confidence);
        _entropy = Room<byte>(sinks.Entropy);
        _margin = Room<byte>(sinks.Margin);
        _counts = Room<ushort>(sinks.Dates);
        bool floats = sinks.Probabilities?.Info.SampleType == SampleType.Float32;
        _shares = Room<byte>(floats ? null : sinks.Probabilities, classes);
        _probabilities = Room<float>(floats ? sinks.Probabilities : null, classes);
    }

    /// <summary>Bytes that a pixel of the outputs takes.</summary>
    public static long BytesPerPixel(EnsembleSinks sinks) => sinks.All.Sum(s => (long)s.Info.Bands.Count * s.Info.SampleType.ByteCount()) + (sinks.Dates is null ? 0 : 1);

    /// <summary>Starts a strip.</summary>
    public void Begin(PixelWindow window) => _window = window;

    /// <summary>Fills the pixels of a block, and counts them.</summary>
    public void Fill(EnsembleBlock block, EnsembleCounts counts)
    {
        int plane = (int)_window.PixelCount;
        Span<double> sums = stackalloc double[_classes];
        for (int y = 0; y < block.Window.Height; y++)
        {
            int at = (block.Window.Row - _window.Row + y) * _width + block.Window.Column;
            ReadOnlySpan<ushort> valid = block.CountsOf(y);
            for (int x = 0; x < valid.Length; x++, at++)
            {
                int dates = valid[x], winner = 0;
                counts.ByDates[dates]++;
                if (dates > 0)
                {
                    for (int c = 0; c < _classes; c++) sums[c] = block.SumsOf(c, y)[x];
                    for (int c = 1; c < _classes; c++)
                        if (sums[c] > sums[winner]) winner = c;
                    counts.Classes[winner]++;
                }
                if (_codes.Length > 0) _codes[at] = dates == 0 ? (byte)0 : (byte)(winner + 1);
                if (_counts.Length > 0) _counts[at] = (ushort)dates;
                if (_agreement.Length > 0) _agreement[at] = dates == 0 ? (byte)0 : Agreement(block, x, y, winner + 1, dates);
                if (_confidence.Length > 0) _confidence[at] = dates == 0 ? (byte)0 : Share(sums[winner] / dates);
                if (_entropy.Length > 0) _entropy[at] = dates == 0 ? (byte)0 : Entropy(sums, dates);
                if (_margin.Length > 0) _margin[at] = dates == 0 ? (byte)0 : Margin(sums, winner, dates);
                if (_shares.Length > 0)
                    for (int c = 0; c < _classes; c++) _shares[c * plane + at] = dates == 0 ? (byte)0 : Share(sums[c] / dates);
                if (_probabilities.Length > 0)
                    for (int c = 0; c < _classes; c++) _probabilities[c * plane + at] = dates == 0 ? ResultWriter.NoProbability : (float)Math.Clamp(_mean.Of(sums[c] / dates), 0, 1);
            }
        }
    }

    /// <summary>Hands the rows on to the sinks.</summary>
    public void Write()
    {
        void To<T>(IRasterSink? sink, T[] samples, int bands = 1) where T : unmanaged, INumber<T>
        {
            if (samples.Length > 0) sink!.WriteRows<T>(_window.Height, samples.AsSpan(0, bands * (int)_window.PixelCount));
        }
        To(_sinks.Classes, _codes);
        To(_sinks.Probabilities, _shares, _classes);
        To(_sinks.Probabilities, _probabilities, _classes);
        To(_sinks.Dates, _counts);
        To(_sinks.Agreement, _agreement);
        To(_sinks.Confidence, _confidence);
        To(_sinks.Entropy, _entropy);
        To(_sinks.Margin, _margin);
    }

    private byte Agreement(EnsembleBlock block, int x, int y, int code, int dates)
    {
        int agree = 0;
        for (int d = 0; d < _dates; d++)
            if (block.WinnersOf(d, y)[x] == code) agree++;
        return Encode(255.0 * agree / dates);
    }

    private byte Entropy(ReadOnlySpan<double> sums, int dates)
    {
        double total = 0, weighted = 0;
        foreach (double sum in sums)
        {
            double p = Math.Clamp(_mean.Of(sum / dates), 0, 1);
            if (p == 0) continue;
            total += p;
            weighted += p * Math.Log(p);
        }

        // With q = p / total: - sum q ln q = ln(total) - sum p ln p / total. All means 0 say as little as all equal.
        double entropy = total == 0 ? _entropyMaximum : Math.Log(total) - weighted / total;
        return Encode(255 * entropy / _entropyMaximum);
    }

    private byte Margin(ReadOnlySpan<double> sums, int winner, int dates)
    {
        double second = double.NegativeInfinity;
        for (int c = 0; c < sums.Length; c++)
            if (c != winner) second = Math.Max(second, sums[c]);
        return Encode(255 * _mean.Factor * ((sums[winner] - second) / dates));
    }

    /// <summary>The byte of a mean of samples. Where these are bytes of the same scale, the factor is exactly 1 and so the rounding exact.</summary>
    private byte Share(double mean) => Encode(mean * (255 * _mean.Factor) + 255 * _mean.Offset);

    /// <summary>Rounded half up, and at least 1, so that 0 can mean no data.</summary>
    private static byte Encode(double value) => (byte)Math.Clamp((int)(value + 0.5), 1, 255);
}
