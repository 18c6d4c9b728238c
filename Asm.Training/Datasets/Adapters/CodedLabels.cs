using System.Buffers;
using System.Globalization;
using System.Numerics;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>A raster of any values seen as class codes; 0 where it has no data. Disposes the raster with itself.</summary>
internal sealed class CodedLabels : IRasterSource
{
    private readonly IRasterSource _source;
    private readonly ClassScheme _scheme;
    private readonly short[] _codes;

    /// <summary>Wraps a raster.</summary>
    /// <param name="source">One band of whole numbers.</param>
    /// <param name="scheme">Which class a number means.</param>
    /// <param name="grid">The grid in place of the raster's own, of the same size; null keeps its own.</param>
    /// <exception cref="AsmException">There is more than one band.</exception>
    public CodedLabels(IRasterSource source, ClassScheme scheme, GeoGrid? grid = null)
    {
        if (source.Info.Bands.Count != 1)
            throw new AsmException(source.Name, $"it has {source.Info.Bands.Count} bands",
                "one band of class values", "give a mask: gdal_translate -b 1 IN OUT");
        (_source, _scheme, Info) = (source, scheme, scheme.Info(grid ?? source.Info.Grid));
        _codes = [.. Enumerable.Range(0, 256).Select(v => Code(v))];
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int count = checked((int)window.PixelCount);
        int[] values = ArrayPool<int>.Shared.Rent(count);
        byte[] codes = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            Span<byte> valid = codes.AsSpan(0, count);
            _source.ReadWithValidity(window, [0], values.AsSpan(0, count), valid);
            for (int i = 0; i < count; i++)
            {
                if (valid[i] == 0) continue;
                short code = (uint)values[i] < 256 ? _codes[values[i]] : Code(values[i]);
                if (code < 0) throw Unknown(values.AsSpan(0, count), valid);
                // 0 is no label, so codes can take the place of the validity
                codes[i] = (byte)code;
            }

            for (int b = 0; b < bands.Length; b++)
                SampleTypes.Convert<byte, T>(codes.AsSpan(0, count), destination.Slice(b * count, count));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(values);
            ArrayPool<byte>.Shared.Return(codes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private short Code(int value) => (short?)_scheme.CodeOf(value.ToString(CultureInfo.InvariantCulture),
        value >= 0 && value < _source.Info.ClassNames.Count ? _source.Info.ClassNames[value] : null) ?? -1;

    // The first part of the validity holds codes already; all values that mean no class are told at once.
    private AsmException Unknown(ReadOnlySpan<int> values, ReadOnlySpan<byte> valid)
    {
        var unknown = new HashSet<int>();
        for (int i = 0; i < values.Length; i++)
            if (Code(values[i]) < 0 && (valid[i] != 0)) unknown.Add(values[i]);
        return _scheme.Unknown(Name, [.. unknown.Order().Select(v => v.ToString(CultureInfo.InvariantCulture))]);
    }
}
