using System.Buffers;
using System.Numerics;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>Sums of one block of pixels over the dates. Used again for the next block.</summary>
internal sealed class EnsembleBlock
{
    private readonly int _classes;
    private readonly int _capacity;

    /// <summary>Makes room for blocks of up to <paramref name="capacity"/> pixels.</summary>
    public EnsembleBlock(int classes, int dates, int capacity)
    {
        (_classes, _capacity) = (classes, capacity);
        Sums = new double[classes * capacity];
        Winners = new byte[dates * capacity];
        Counts = new ushort[capacity];
        Valid = new byte[capacity];
    }

    /// <summary>The pixels of the block.</summary>
    public PixelWindow Window { get; private set; }

    /// <summary>Per class the sums over the dates, each with the block's capacity of values.</summary>
    private double[] Sums { get; }

    /// <summary>Per date the class of the highest probability, 0 where the date has no data.</summary>
    private byte[] Winners { get; }

    private ushort[] Counts { get; }

    private byte[] Valid { get; }

    /// <summary>Bytes of a block with its buffers for reading.</summary>
    public static long BytesPerPixel(int classes, int dates) => 16L * classes + dates + 3;

    /// <summary>Starts a block.</summary>
    public void Begin(PixelWindow window)
    {
        Window = window;
        Array.Clear(Sums);
        Array.Clear(Winners);
        Array.Clear(Counts);
    }

    /// <summary>Sums of a class.</summary>
    public ReadOnlySpan<double> SumsOf(int @class, int row) => Sums.AsSpan(@class * _capacity + row * Window.Width, Window.Width);

    /// <summary>The sum of a class at a pixel.</summary>
    public double SumOf(int @class, int row, int column) => Sums[@class * _capacity + row * Window.Width + column];

    /// <summary>The class of a date at a pixel.</summary>
    public byte WinnerOf(int date, int row, int column) => Winners[date * _capacity + row * Window.Width + column];

    /// <summary>Numbers of dates with data.</summary>
    public ReadOnlySpan<ushort> CountsOf(int row) => Counts.AsSpan(row * Window.Width, Window.Width);

    /// <summary>Adds a date.</summary>
    /// <exception cref="AsmException">A sample is no probability, or cannot be read.</exception>
    public void Add(EnsembleDate date, int index)
    {
        PixelWindow part = Window.Intersect(date.Extent);
        if (part.IsEmpty) return;
        switch (date.SampleType)
        {
            case SampleType.UInt8: Add<byte>(date, index, part); break;
            case SampleType.Int16: Add<short>(date, index, part); break;
            case SampleType.UInt16: Add<ushort>(date, index, part); break;
            case SampleType.Int32: Add<int>(date, index, part); break;
            case SampleType.UInt32: Add<uint>(date, index, part); break;
            case SampleType.Float32: Add<float>(date, index, part); break;
            default: Add<double>(date, index, part); break;
        }
    }

    private void Add<T>(EnsembleDate date, int index, PixelWindow part) where T : unmanaged, INumber<T>
    {
        int count = (int)part.PixelCount;
        T[] samples = ArrayPool<T>.Shared.Rent(_classes * count), best = ArrayPool<T>.Shared.Rent(part.Width);
        double[] totals = ArrayPool<double>.Shared.Rent(part.Width);
        double low = 1 - date.SumTolerance, high = 1 + date.SumTolerance;
        try
        {
            date.Read(part, samples.AsSpan(0, _classes * count), Valid.AsSpan(0, count));
            for (int y = 0; y < part.Height; y++)
            {
                ReadOnlySpan<byte> valid = Valid.AsSpan(y * part.Width, part.Width);
                if (!valid.Contains((byte)1)) continue;
                int to = (part.Row - Window.Row + y) * Window.Width + part.Column - Window.Column;
                Span<ushort> counts = Counts.AsSpan(to, part.Width);
                for (int x = 0; x < valid.Length; x++) counts[x] += valid[x];
                Span<byte> winners = Winners.AsSpan(index * _capacity + to, part.Width);
                totals.AsSpan(0, part.Width).Clear();
                for (int c = 0; c < _classes; c++)
                {
                    ReadOnlySpan<T> row = samples.AsSpan(c * count + y * part.Width, part.Width);
                    int bad = AddRow(row, valid, date, Sums.AsSpan(c * _capacity + to, part.Width),
                        (byte)(c + 1), best.AsSpan(0, part.Width), winners, totals.AsSpan(0, part.Width));
                    if (bad < 0) continue;
                    double all = Enumerable.Range(0, _classes)
                        .Sum(i => double.CreateTruncating(samples[i * count + y * part.Width + bad]));
                    throw date.NoProbability(double.CreateTruncating(row[bad]), all, c, part.Column + bad, part.Row + y);
                }
                for (int x = 0; x < valid.Length; x++)
                    if (valid[x] != 0 && !(date.SumOf(totals[x]) >= low && date.SumOf(totals[x]) <= high))
                        throw date.NoWhole(totals[x], part.Column + x, part.Row + y);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(samples);
            ArrayPool<T>.Shared.Return(best);
            ArrayPool<double>.Shared.Return(totals);
        }
    }

    /// <summary>Adds one class of one row; returns the position of a sample that is no probability, or -1.</summary>
    private static int AddRow<T>(ReadOnlySpan<T> row, ReadOnlySpan<byte> valid,
        EnsembleDate date, Span<double> sums, byte code, Span<T> best, Span<byte> winners, Span<double> totals)
        where T : unmanaged, INumber<T>
    {
        (double factor, double offset) = date.Quantity;
        (double low, double high) = (date.Low, date.High);
        valid = valid[..row.Length];
        sums = sums[..row.Length];
        best = best[..row.Length];
        winners = winners[..row.Length];
        totals = totals[..row.Length];
        for (int x = 0; x < row.Length; x++)
        {
            if (valid[x] == 0) continue;
            T sample = row[x];
            double value = double.CreateTruncating(sample);
            if (!(value >= low && value <= high)) return x;
            sums[x] += value * factor + offset;
            totals[x] += value;
            if (code != 1 && !(sample > best[x])) continue;
            best[x] = sample;
            winners[x] = code;
        }
        return -1;
    }
}
