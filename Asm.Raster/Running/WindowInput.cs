using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>A raster that a window function reads; see <see cref="WindowInput{T}"/>.</summary>
public abstract class WindowInput
{
    private protected WindowInput(IRasterSource source, IReadOnlyList<int>? bands, bool readValidity)
    {
        ArgumentNullException.ThrowIfNull(source);
        (Source, Bands, ReadValidity) =
            (source, bands is null ? [.. Enumerable.Range(0, source.Info.Bands.Count)] : [.. bands], readValidity);
    }

    /// <summary>The raster.</summary>
    public IRasterSource Source { get; }

    /// <summary>True where the function asks which pixels carry data.</summary>
    internal bool ReadValidity { get; }

    /// <summary>Positions of the bands in the raster.</summary>
    internal int[] Bands { get; }

    /// <summary>Bytes that one pixel takes in memory.</summary>
    internal abstract int PixelBytes { get; }

    /// <summary>An array for the samples of so many pixels.</summary>
    internal abstract Array NewSamples(int pixels);

    /// <summary>Reads a window of all bands.</summary>
    internal abstract void Read(PixelWindow window, Array samples, byte[] valid);

    /// <summary>Marks some of a strip's pixels as without data where a band is nodata or NaN.</summary>
    /// <param name="samples">The strip's samples, band after band.</param>
    /// <param name="valid">The strip's validity.</param>
    /// <param name="plane">Pixels of the strip.</param>
    /// <param name="start">The first pixel.</param>
    /// <param name="count">How many pixels.</param>
    internal abstract void ClearNoData(Array samples, byte[] valid, int plane, int start, int count);
}

/// <summary>A raster that a window function reads as samples of one type.</summary>
/// <typeparam name="T">
/// The type in which the function wants the samples; they are converted as <see cref="SampleTypes.Convert"/> does. A nodata value that this
/// type cannot hold is then not recognised.
/// </typeparam>
public sealed class WindowInput<T> : WindowInput where T : unmanaged, INumber<T>
{
    /// <summary>Names a raster for reading.</summary>
    /// <param name="source">The raster; the run does not dispose it.</param>
    /// <param name="bands">Positions of the bands from 0, in the order in which the function counts them; null for all.</param>
    /// <param name="readValidity">False where the function does not ask which pixels carry data; that saves time and memory.</param>
    public WindowInput(IRasterSource source, IReadOnlyList<int>? bands = null, bool readValidity = true)
        : base(source, bands, readValidity) { }

    internal override int PixelBytes => Bands.Length * SampleTypes.Of<T>().ByteCount() + (ReadValidity ? 1 : 0);

    internal override Array NewSamples(int pixels) => new T[checked(Bands.Length * pixels)];

    internal override void Read(PixelWindow window, Array samples, byte[] valid)
    {
        int count = (int)window.PixelCount;
        Source.Read(window, Bands, ((T[])samples).AsSpan(0, Bands.Length * count));
        if (ReadValidity) Source.ReadMask(window, valid.AsSpan(0, count));
    }

    internal override void ClearNoData(Array samples, byte[] valid, int plane, int start, int count) =>
        Validity.Clear<T>(Source.Info, Bands, (T[])samples, plane, start, valid.AsSpan(start, count));
}
