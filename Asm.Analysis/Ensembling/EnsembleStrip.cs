using System.Numerics;
using Asm.Maps.Classes;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

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
    public static long BytesPerPixel(EnsembleSinks sinks) =>
        sinks.All.Sum(s => (long)s.Info.Bands.Count * s.Info.SampleType.ByteCount()) + (sinks.Dates is null ? 0 : 1);

    /// <summary>Starts a strip.</summary>
    public void Begin(PixelWindow window) => _window = window;

    /// <summary>Fills the pixels of a block, and counts them.</summary>
    public void Fill(EnsembleBlock block, EnsembleCounts counts)
    {
        int width = block.Window.Width, plane = (int)_window.PixelCount;
        Span<byte> codes = new byte[width];
        Span<double> best = new double[width];
        for (int y = 0; y < block.Window.Height; y++)
        {
            int at = (block.Window.Row - _window.Row + y) * _width + block.Window.Column;
            ReadOnlySpan<ushort> dates = block.CountsOf(y);
            Winners(block, y, codes, best);
            foreach (ushort count in dates) counts.ByDates[count]++;
            foreach (byte code in codes) counts.Codes[code]++;
            if (_codes.Length > 0) codes.CopyTo(_codes.AsSpan(at));
            if (_counts.Length > 0) dates.CopyTo(_counts.AsSpan(at));
            if (_agreement.Length > 0) Agreement(block, y, codes, _agreement.AsSpan(at, width));
            if (_confidence.Length > 0) Shares(best, dates, _confidence.AsSpan(at, width));
            if (_entropy.Length > 0) Entropies(block, y, _entropy.AsSpan(at, width));
            if (_margin.Length > 0) Margins(block, y, codes, best, _margin.AsSpan(at, width));
            for (int c = 0; c < _classes; c++)
                if (_shares.Length > 0) Shares(block.SumsOf(c, y), dates, _shares.AsSpan(c * plane + at, width));
                else if (_probabilities.Length > 0) Probabilities(block.SumsOf(c, y), dates, _probabilities.AsSpan(c * plane + at, width));
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

    /// <summary>The class of the highest sum, ties to the lowest code, 0 without data; and its sum.</summary>
    private void Winners(EnsembleBlock block, int y, Span<byte> codes, Span<double> best)
    {
        ReadOnlySpan<ushort> dates = block.CountsOf(y);
        codes = codes[..dates.Length];
        best = best[..dates.Length];
        block.SumsOf(0, y).CopyTo(best);
        for (int x = 0; x < codes.Length; x++) codes[x] = dates[x] == 0 ? (byte)0 : (byte)1;
        for (int c = 1; c < _classes; c++)
        {
            ReadOnlySpan<double> sums = block.SumsOf(c, y)[..codes.Length];
            for (int x = 0; x < codes.Length; x++)
            {
                // Without data all sums are 0, so that none is higher.
                bool higher = sums[x] > best[x];
                best[x] = higher ? sums[x] : best[x];
                codes[x] = higher ? (byte)(c + 1) : codes[x];
            }
        }
    }

    private void Agreement(EnsembleBlock block, int y, ReadOnlySpan<byte> codes, Span<byte> to)
    {
        ReadOnlySpan<ushort> dates = block.CountsOf(y);
        for (int x = 0; x < to.Length; x++)
        {
            if (dates[x] == 0)
            {
                to[x] = 0;
                continue;
            }
            int agree = 0;
            for (int d = 0; d < _dates; d++)
                if (block.WinnerOf(d, y, x) == codes[x]) agree++;
            to[x] = Encode(255.0 * agree / dates[x]);
        }
    }

    private void Entropies(EnsembleBlock block, int y, Span<byte> to)
    {
        ReadOnlySpan<ushort> dates = block.CountsOf(y);
        for (int x = 0; x < to.Length; x++)
        {
            double total = 0, weighted = 0;
            for (int c = 0; dates[x] > 0 && c < _classes; c++)
            {
                double p = Math.Clamp(_mean.Of(block.SumOf(c, y, x) / dates[x]), 0, 1);
                if (p == 0) continue;
                total += p;
                weighted += p * Math.Log(p);
            }

            // With q = p / total: - sum q ln q = ln(total) - sum p ln p / total. All means 0 say as little as all equal.
            double entropy = total == 0 ? _entropyMaximum : Math.Log(total) - weighted / total;
            to[x] = dates[x] == 0 ? (byte)0 : Encode(255 * entropy / _entropyMaximum);
        }
    }

    private void Margins(EnsembleBlock block, int y, ReadOnlySpan<byte> codes, ReadOnlySpan<double> best, Span<byte> to)
    {
        ReadOnlySpan<ushort> dates = block.CountsOf(y);
        for (int x = 0; x < to.Length; x++)
        {
            double second = double.NegativeInfinity;
            for (int c = 0; c < _classes; c++)
                if (c + 1 != codes[x]) second = Math.Max(second, block.SumOf(c, y, x));
            to[x] = dates[x] == 0 ? (byte)0 : Encode(255 * _mean.Factor * ((best[x] - second) / dates[x]));
        }
    }

    /// <summary>
    /// The bytes of mean probabilities. Where the samples are bytes of the same scale, the factor is exactly 1 and so the rounding exact.
    /// </summary>
    private void Shares(ReadOnlySpan<double> sums, ReadOnlySpan<ushort> dates, Span<byte> to)
    {
        (double factor, double offset) = (255 * _mean.Factor, 255 * _mean.Offset);
        sums = sums[..to.Length];
        dates = dates[..to.Length];
        for (int x = 0; x < to.Length; x++) to[x] = dates[x] == 0 ? (byte)0 : Encode(sums[x] / dates[x] * factor + offset);
    }

    private void Probabilities(ReadOnlySpan<double> sums, ReadOnlySpan<ushort> dates, Span<float> to)
    {
        (double factor, double offset) = _mean;
        sums = sums[..to.Length];
        dates = dates[..to.Length];
        for (int x = 0; x < to.Length; x++)
            to[x] = dates[x] == 0 ? MapProducts.NoProbability : (float)Math.Clamp(sums[x] / dates[x] * factor + offset, 0, 1);
    }

    /// <summary>Rounded half up, and at least 1, so that 0 can mean no data.</summary>
    private static byte Encode(double value) => (byte)Math.Clamp((int)(value + 0.5), 1, 255);
}
