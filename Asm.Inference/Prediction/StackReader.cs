using System.Numerics;
using System.Numerics.Tensors;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>
/// Reads a stack in blocks of rows, one block ahead of what is needed, and turns windows of it into the network's input:
/// reflectance 0..1, the band's training mean where there is no data (which the network's normalisation makes 0).
/// </summary>
/// <typeparam name="T">ushort for 8 and 16-bit stacks, else float.</typeparam>
internal sealed class StackReader<T> where T : unmanaged, INumber<T>
{
    /// <summary>Rows of a block: the tile height of the rasters this project writes, so that each tile is decoded once.</summary>
    public const int BlockRows = 512;

    private readonly IRasterSource _stack;
    private readonly int[] _bands;
    private readonly (float Scale, float Offset)[] _toReflectance;
    private readonly BandLimits[] _limits;
    private readonly float[] _mean;
    private readonly CloudRules<T> _clouds;
    private readonly int _width;
    private readonly int _height;
    private readonly Queue<RowBlock<T>> _blocks = new();
    private readonly Stack<RowBlock<T>> _free = new();
    private Task<RowBlock<T>>? _next;

    public StackReader(IRasterSource stack, ModelBands bands, ModelDescription model, PredictionOptions options)
    {
        (_stack, _bands, _mean) = (stack, bands.Indices, [.. model.BandMean]);
        _toReflectance = bands.ToReflectance;
        _limits = bands.Limits(stack.Info);
        (_width, _height) = (stack.Info.Grid.Width, stack.Info.Grid.Height);
        _clouds = new CloudRules<T>(stack.Info.Grid, bands, model, options);
        _next = Start(0);
    }

    /// <summary>Pixels made no data by the cloud rules so far.</summary>
    public long CloudPixels { get; private set; }

    /// <summary>Pixels without data in the stack so far.</summary>
    public long NoDataPixels { get; private set; }

    /// <summary>Pixels that are no data only because they are 0 in every band, and because their reflectance cannot be.</summary>
    public (long Zeros, long Impossible) Undeclared { get; private set; }

    /// <summary>
    /// Makes rows <paramref name="from"/> to <paramref name="to"/> (clipped to the raster) available and lets go of those before.
    /// </summary>
    public void Advance(int from, int to)
    {
        while (_blocks.TryPeek(out RowBlock<T>? first) && first.Row + first.Height <= from) _free.Push(_blocks.Dequeue());
        while (_next is not null && (_blocks.Count == 0 || _blocks.Last().Row + _blocks.Last().Height < Math.Min(to, _height)))
        {
            RowBlock<T> block = _next.GetAwaiter().GetResult();
            _blocks.Enqueue(block);
            NoDataPixels += block.Valid.Count((byte)0);
            Undeclared = (Undeclared.Zeros + block.Zeros, Undeclared.Impossible + block.Impossible);
            CloudPixels += block.Kept.Count((byte)0) - block.Valid.Count((byte)0);
            int after = block.Row + block.Height;
            _next = after < _height ? Start(after) : null;
        }
    }

    /// <summary>Waits for a read that is still under way, so that the stack can be closed.</summary>
    public void Drain()
    {
        try { _next?.Wait(); }
        catch (AggregateException) { }
    }

    /// <summary>True where a pixel with data lies in the rectangle, clipped to the raster.</summary>
    public bool AnyValid(PixelWindow window)
    {
        window = window.Intersect(new(0, 0, _width, _height));
        for (int y = window.Row; y < window.Bottom; y++)
            if (Block(y).ValidRow(y).Slice(window.Column, window.Width).Contains((byte)1)) return true;
        return false;
    }

    /// <summary>Which pixels of the rows are data in the outputs: 1, else 0.</summary>
    public byte[] CopyKept(int from, int to)
    {
        var kept = new byte[(to - from) * _width];
        for (int y = from; y < to; y++) Block(y).KeptRow(y).CopyTo(kept.AsSpan((y - from) * _width));
        return kept;
    }

    /// <summary>What the cloud rules say of the rows' pixels; empty where nothing is counted.</summary>
    public byte[] CopyKeys(int from, int to)
    {
        if (!_clouds.Counts) return [];
        var keys = new byte[(to - from) * _width];
        for (int y = from; y < to; y++) Block(y).KeyRow(y).CopyTo(keys.AsSpan((y - from) * _width));
        return keys;
    }

    /// <summary>Writes the window's reflectance, bands x height x width; outside of the raster counts as no data.</summary>
    public void Fill(PixelWindow window, Span<float> input)
    {
        PixelWindow inside = window.Intersect(new(0, 0, _width, _height));
        for (int b = 0; b < _bands.Length; b++)
        {
            Span<float> plane = input.Slice(b * window.Height * window.Width, window.Height * window.Width);
            plane[((inside.Bottom - window.Row) * window.Width)..].Fill(_mean[b]);
            for (int y = inside.Row; y < inside.Bottom; y++)
            {
                RowBlock<T> block = Block(y);
                Span<float> row = plane.Slice((y - window.Row) * window.Width, window.Width);
                row[inside.Width..].Fill(_mean[b]);
                FillRow(block.SampleRow(b, y).Slice(inside.Column, inside.Width),
                    block.ValidRow(y).Slice(inside.Column, inside.Width), b, row[..inside.Width]);
            }
        }
    }

    private void FillRow(ReadOnlySpan<T> samples, ReadOnlySpan<byte> valid, int band, Span<float> row)
    {
        (float scale, float offset) = _toReflectance[band];
        TensorPrimitives.ConvertTruncating(samples, row);
        TensorPrimitives.Multiply(row, scale, row);
        if (offset != 0) TensorPrimitives.Add(row, offset, row);
        float mean = _mean[band];
        for (int at = valid.IndexOf((byte)0); at >= 0; at = Next(valid, at + 1)) row[at] = mean;

        static int Next(ReadOnlySpan<byte> valid, int from)
        {
            int found = valid[from..].IndexOf((byte)0);
            return found < 0 ? -1 : from + found;
        }
    }

    private RowBlock<T> Block(int y)
    {
        foreach (RowBlock<T> block in _blocks)
            if (y >= block.Row && y < block.Row + block.Height) return block;
        throw new InvalidOperationException($"row {y} was not read");
    }

    private Task<RowBlock<T>> Start(int row)
    {
        RowBlock<T> block = _free.TryPop(out RowBlock<T>? used)
            ? used
            : new(Math.Min(BlockRows, _height), _width, _bands.Length, _clouds.Counts);
        block.Reset(row, Math.Min(BlockRows, _height - row));
        return Task.Run(() => Read(block));
    }

    private RowBlock<T> Read(RowBlock<T> block)
    {
        block.Zeros = _stack.ReadAndCount<T>(new(0, block.Row, _width, block.Height), _bands, block.Samples, block.Valid);
        block.Impossible = ImpossiblePixels.Clear<T>(_stack.Name, block.Samples, _limits, block.Valid);
        _clouds.Mark(block);
        return block;
    }
}
