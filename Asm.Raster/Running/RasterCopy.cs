using System.Numerics;

namespace Asm.Raster;

/// <summary>Copies rasters.</summary>
public static class RasterCopy
{
    /// <summary>Copies all bands from a source, which may compute them, to a sink, and completes it.</summary>
    /// <param name="source">What is copied; it is not disposed.</param>
    /// <param name="sink">Has the same grid and as many bands. Where its sample type is another, samples are converted as <see cref="SampleTypes.Convert"/> does.</param>
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
            throw new ArgumentException($"{source.Name} has {source.Info.Bands.Count} bands, the sink {sink.Info.Bands.Count}", nameof(sink));
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

    private static void Run<T>(IRasterSource source, IRasterSink sink, RunOptions? options, string stage) where T : unmanaged, INumber<T>
    {
        var from = new WindowInput<T>(source, readValidity: false);
        var to = new WindowOutput<T>(sink);
        WindowRunner.Run(stage, [from], [to], (in WindowFrame frame) =>
        {
            for (int band = 0; band < source.Info.Bands.Count; band++) frame.Samples(from, band).CopyTo(frame.Samples(to, band));
        }, options);
    }
}
