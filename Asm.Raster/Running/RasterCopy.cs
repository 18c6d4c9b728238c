using System.Collections.Concurrent;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>Copies rasters.</summary>
public static class RasterCopy
{
    /// <summary>Strips that are held at a time: one being read, one being written.</summary>
    private const int HeldStrips = 2;

    /// <summary>Copies all bands from a source, which may compute them, to a sink, and completes it.</summary>
    /// <param name="source">What is copied; it is not disposed.</param>
    /// <param name="sink">
    /// Has the same grid and as many bands. Where its sample type is another, samples are converted as
    /// <see cref="SampleTypes.Convert"/> does.
    /// </param>
    /// <param name="options">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <param name="stage">What is being done, for progress and messages.</param>
    /// <exception cref="ArgumentException">The numbers of bands differ.</exception>
    /// <exception cref="GridMismatchException">The grids differ.</exception>
    /// <exception cref="AsmException">The memory is too little, or a raster cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run(IRasterSource source, IRasterSink sink, RunOptions? options = null, string stage = "copy")
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        if (source.Info.Bands.Count != sink.Info.Bands.Count)
            throw new ArgumentException($"{source.Name} has {source.Info.Bands.Count} bands, the sink {sink.Info.Bands.Count}",
                nameof(sink));
        switch (sink.Info.SampleType)
        {
            case SampleType.UInt8: Run<byte>(source, sink, options, stage); break;
            case SampleType.Int16: Run<short>(source, sink, options, stage); break;
            case SampleType.UInt16: Run<ushort>(source, sink, options, stage); break;
            case SampleType.Int32: Run<int>(source, sink, options, stage); break;
            case SampleType.UInt32: Run<uint>(source, sink, options, stage); break;
            case SampleType.Float32: Run<float>(source, sink, options, stage); break;
            default: Run<double>(source, sink, options, stage); break;
        }
    }

    /// <summary>What was read is written from the same memory.</summary>
    private static void Run<T>(IRasterSource source, IRasterSink sink, RunOptions? options, string stage) where T : unmanaged, INumber<T>
    {
        options ??= new();
        try
        {
            GeoGrid grid = source.Info.Grid;
            grid.RequireSame(sink.Info.Grid, source.Name, "the output");
            int bands = source.Info.Bands.Count;
            int[] all = [.. Enumerable.Range(0, bands)];
            int height = StripPlan.Height(stage, grid, HeldStrips * bands * SampleTypes.Of<T>().ByteCount(),
                bands, source.BufferBytes + sink.BufferBytes, options);
            var free = new ConcurrentBag<T[]>();
            IEnumerable<(PixelWindow Window, T[] Samples)> Read()
            {
                for (int row = 0; row < grid.Height; row += height)
                {
                    var window = new PixelWindow(0, row, grid.Width, Math.Min(height, grid.Height - row));
                    if (!free.TryTake(out T[]? samples)) samples = new T[bands * height * grid.Width];
                    source.Read(window, all, samples.AsSpan(0, bands * (int)window.PixelCount));
                    yield return (window, samples);
                }
            }
            Pipeline.Run(Read(), strip =>
            {
                sink.WriteRows<T>(strip.Window.Height, strip.Samples.AsSpan(0, bands * (int)strip.Window.PixelCount));
                free.Add(strip.Samples);
                return strip.Window.Bottom;
            }, rows => options.Progress?.Report(new(stage, rows, grid.Height)), 0, options.Cancellation);
            sink.Complete();
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }
}
