using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Asm.Raster.Grids;

namespace Asm.Raster.Running;

/// <summary>One run of a window function: its rasters, its strips and its buffers.</summary>
internal sealed class WindowRun
{
    /// <summary>
    /// Strips of one kind that are held at a time: one at work in either of two steps. None waits between them, which is no slower.
    /// </summary>
    private const int HeldStrips = 2;

    /// <summary>Pixels of one call; few enough that a call's samples stay in the processor's cache.</summary>
    private const int CallPixels = 1 << 16;

    private readonly ConcurrentBag<WindowBuffers> _freeInputs = [];
    private readonly ConcurrentBag<WindowBuffers> _freeOutputs = [];
    private readonly string _stage;
    private readonly RunOptions _options;
    private readonly GeoGrid _grid;
    private readonly int _stripHeight;

    public WindowRun(string stage, IReadOnlyList<WindowInput> inputs, IReadOnlyList<WindowOutput> outputs, RunOptions options)
    {
        (_stage, Inputs, Outputs, _options) = (stage, inputs, outputs, options);
        _grid = CommonGrid();
        _stripHeight = PlanStripHeight();
    }

    public IReadOnlyList<WindowInput> Inputs { get; }

    public IReadOnlyList<WindowOutput> Outputs { get; }

    /// <summary>Reads, computes and writes all strips.</summary>
    public void Execute(WindowFunction function) =>
        Pipeline.Run(Read(), strip => Compute(strip, function), Write, 0, _options.Cancellation);

    private IEnumerable<(PixelWindow Window, WindowBuffers Read)> Read()
    {
        int pixels = _stripHeight * _grid.Width;
        for (int row = 0; row < _grid.Height; row += _stripHeight)
        {
            var window = new PixelWindow(0, row, _grid.Width, Math.Min(_stripHeight, _grid.Height - row));
            if (!_freeInputs.TryTake(out WindowBuffers? buffers))
                buffers = new([.. Inputs.Select(i => i.NewSamples(pixels))],
                    [.. Inputs.Select(i => i.ReadValidity ? new byte[pixels] : [])]);
            for (int i = 0; i < Inputs.Count; i++) Inputs[i].Read(window, buffers.Samples[i], buffers.Valid[i]);
            yield return (window, buffers);
        }
    }

    private (PixelWindow Window, WindowBuffers Written) Compute((PixelWindow Window, WindowBuffers Read) item, WindowFunction function)
    {
        if (!_freeOutputs.TryTake(out WindowBuffers? written))
            written = new([.. Outputs.Select(o => o.NewSamples(_stripHeight * _grid.Width))], []);
        var strip = new WindowStrip(this, item.Window, item.Read, written);
        int rows = Math.Max(1, CallPixels / _grid.Width), height = item.Window.Height;
        try
        {
            Parallel.For(0, (height + rows - 1) / rows,
                new() { MaxDegreeOfParallelism = _options.Threads, CancellationToken = _options.Cancellation },
                i => strip.Call(function, i * rows, Math.Min(rows, height - i * rows)));
        }
        catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
        _freeInputs.Add(item.Read);
        return (item.Window, written);
    }

    private void Write((PixelWindow Window, WindowBuffers Written) item)
    {
        for (int i = 0; i < Outputs.Count; i++) Outputs[i].Write(item.Window, item.Written.Samples[i]);
        _freeOutputs.Add(item.Written);
        _options.Progress?.Report(new(_stage, item.Window.Bottom, _grid.Height));
    }

    private GeoGrid CommonGrid()
    {
        (string Name, GeoGrid Grid)[] all =
            [.. Inputs.Select(i => (i.Source.Name, i.Source.Info.Grid)), .. Outputs.Select(o => ("the output", o.Sink.Info.Grid))];
        if (all.Length == 0) throw new ArgumentException("a run needs a raster to read or to write");
        foreach ((string name, GeoGrid grid) in all) all[0].Grid.RequireSame(grid, all[0].Name, name);
        return all[0].Grid;
    }

    private int PlanStripHeight() =>
        StripPlan.Height(_stage, _grid, HeldStrips * (Inputs.Sum(i => (long)i.PixelBytes) + Outputs.Sum(o => (long)o.PixelBytes)),
            Math.Max(Inputs.Select(i => i.Bands.Length).DefaultIfEmpty().Max(),
                Outputs.Select(o => o.Sink.Info.Bands.Count).DefaultIfEmpty().Max()),
            Inputs.Sum(i => i.Source.BufferBytes) + Outputs.Sum(o => o.Sink.BufferBytes), _options);
}
