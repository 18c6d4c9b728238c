using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>A raster that a window function writes; see <see cref="WindowOutput{T}"/>.</summary>
public abstract class WindowOutput
{
    private protected WindowOutput(IRasterSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Sink = sink;
    }

    /// <summary>The raster.</summary>
    public IRasterSink Sink { get; }

    /// <summary>Bytes that one pixel takes in memory.</summary>
    internal abstract int PixelBytes { get; }

    /// <summary>An array for the samples of so many pixels.</summary>
    internal abstract Array NewSamples(int pixels);

    /// <summary>Hands rows of all bands on to the sink.</summary>
    internal abstract void Write(PixelWindow strip, Array samples);
}

/// <summary>A raster that a window function writes as samples of one type.</summary>
/// <typeparam name="T">The sample type of the sink.</typeparam>
public sealed class WindowOutput<T> : WindowOutput where T : unmanaged, INumber<T>
{
    /// <summary>Names a raster for writing.</summary>
    /// <param name="sink">The sink. The run completes it, or disposes it where it fails.</param>
    public WindowOutput(IRasterSink sink) : base(sink) { }

    internal override int PixelBytes => Sink.Info.Bands.Count * SampleTypes.Of<T>().ByteCount();

    internal override Array NewSamples(int pixels) => new T[checked(Sink.Info.Bands.Count * pixels)];

    internal override void Write(PixelWindow strip, Array samples) =>
        Sink.WriteRows<T>(strip.Height, ((T[])samples).AsSpan(0, Sink.Info.Bands.Count * (int)strip.PixelCount));
}
