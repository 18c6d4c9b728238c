using System.Buffers;
using System.Globalization;
using System.Numerics;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>
/// A class map of another program seen as one of this product: uint8, 0 no data, codes from 1. Whole numbers of any sample type are codes;
/// nodata, NaN and what a mask excludes is 0; where 0 is a class, every code is one higher. Leaves the raster to its owner.
/// </summary>
internal sealed class RecodedMap : IRasterSource
{
    /// <summary>Values that are told apart in <see cref="Look"/>: those of a byte, any other, and NaN.</summary>
    private const int Other = 256, NotANumber = 257;

    private static readonly string[] NoDataWords =
    [
        "no data", "nodata", "no_data", "no-data", "null", "none", "na", "n/a", "missing", "masked", "unknown", "undefined",
        "unclassified", "not classified", "unlabelled", "unlabeled", "not labelled", "not labeled",
    ];

    private readonly IRasterSource _source;

    private RecodedMap(IRasterSource source, int shift)
    {
        (_source, Shift) = (source, shift);
        RasterInfo info = source.Info;
        Info = info with
        {
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = info.Bands[0].Name, NoData = 0 }],
            ClassNames = shift == 0 || info.ClassNames.Count == 0 ? info.ClassNames : [MapProducts.NoDataName, .. info.ClassNames],
            Colors = shift == 0 || info.Colors.Count == 0 ? info.Colors : [MapProducts.NoDataColor, .. info.Colors.Take(byte.MaxValue)],
        };
    }

    /// <summary>What is added to the raster's codes: 1 where 0 is a class there.</summary>
    public int Shift { get; }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes;

    /// <summary>The map as this product has them; one that is so already is returned as it is.</summary>
    /// <param name="source">One band.</param>
    /// <param name="isChange">True where its codes are of changes, which never count from 0.</param>
    /// <param name="run">Threads, memory and cancellation; is told what is assumed. Null for the defaults.</param>
    /// <exception cref="AsmException">What 0 means is not known.</exception>
    public static IRasterSource Of(IRasterSource source, bool isChange, RunOptions? run)
    {
        RasterInfo info = source.Info;
        double? noData = info.Bands[0].NoData;
        string first = info.ClassNames.Count > 0 ? info.ClassNames[0].Trim() : "";
        bool zeroIsNamed = noData != 0 && !isChange && first.Length > 0 && !NoDataWords.Contains(first, StringComparer.OrdinalIgnoreCase);
        if (zeroIsNamed) return new RecodedMap(source, 1);
        IRasterSource FromOne() => info.SampleType == SampleType.UInt8 && noData is null or 0 ? source : new RecodedMap(source, 0);
        if (isChange || first.Length > 0 || noData == 0) return FromOne();
        bool[] found = Look(source, run);
        if (noData is null && !found[NotANumber] && info.ClassNames.Count == 0) RequireZeroKnown(source.Name, found, run);
        if (!found[0] || (noData is null && !found[NotANumber])) return FromOne();
        if (info.ClassNames.Any(name => name.Length > 0)) return new RecodedMap(source, 1);
        int[] codes = [.. Enumerable.Range(0, Other + 1).Where(code => found[code])];
        IReadOnlyList<MapClass> assumed = ClassMap.DefaultClasses;
        if (!codes.SequenceEqual(Enumerable.Range(0, assumed.Count)))
            throw new AsmException(source.Name, string.Create(CultureInfo.InvariantCulture,
                $"has pixels of 0 beside its no data, {noData ?? double.NaN}, and names no classes, so that it is not known what 0 means"),
                "names of its codes, or the codes 0, 1 and 2 of " + string.Join(", ", assumed.Select(c => c.Name)),
                "name the codes from 0 in the .aux.xml beside it (CategoryNames), 0 too: 'no data' where it means that");
        run?.Notice?.Invoke($"{source.Name}: names no classes and counts from 0: "
            + $"{string.Join(", ", assumed.Select(c => $"{c.Code - 1} {c.Name}"))} are assumed");
        return new RecodedMap(source, 1);
    }

    /// <summary>Tells what 0 and 255 are taken for in a map that names no classes and declares no number for no data.</summary>
    private static void RequireZeroKnown(string name, bool[] found, RunOptions? run)
    {
        IReadOnlyList<MapClass> assumed = ClassMap.DefaultClasses;
        if (Enumerable.Range(0, Other + 1).Where(code => found[code]).SequenceEqual(Enumerable.Range(0, assumed.Count)))
            throw new AsmException(name,
                $"holds the codes 0 to {assumed.Count - 1}, names no classes and declares no number for no data, "
                + "so that it is not known what 0 means",
                $"names of its codes, or 0 declared as no data, or the codes 1 to {assumed.Count}",
                $"declare what means no data: gdal_translate -a_nodata 0 {CommandText.Quote(name)} OUT.tif, "
                + $"or -a_nodata 255 where 0 is {assumed[0].Name}");
        if (found[0])
            run?.Notice?.Invoke($"{name}: declares no number for no data and names no classes; 0 was taken for no data");
        if (found[byte.MaxValue])
            run?.Notice?.Invoke($"{name}: declares no number for no data; 255 was taken for a class. "
                + $"If it means no data, say so: gdal_translate -a_nodata 255 {CommandText.Quote(name)} OUT.tif");
    }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int count = checked((int)window.PixelCount);
        double[] values = ArrayPool<double>.Shared.Rent(count);
        byte[] codes = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            _source.ReadWithValidity<double>(window, [0], values.AsSpan(0, count), codes.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                if (codes[i] == 0) continue;
                double code = values[i] + Shift;
                // 0 that is no class is no data.
                if (!(values[i] >= 0 && code <= byte.MaxValue) || code != Math.Floor(code)) throw NoCode(values[i], window, i);
                codes[i] = (byte)code;
            }
            for (int b = 0; b < bands.Length; b++)
                SampleTypes.Convert<byte, T>(codes.AsSpan(0, count), destination.Slice(b * count, count));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(values);
            ArrayPool<byte>.Shared.Return(codes);
        }
    }

    /// <summary>Does nothing: the raster underneath is its owner's.</summary>
    public void Dispose() { }

    private AsmException NoCode(double value, PixelWindow window, int at)
    {
        (int row, int column) = Math.DivRem(at, window.Width);
        return new(Name, string.Create(CultureInfo.InvariantCulture,
            $"has {value:R} in column {window.Column + column}, row {window.Row + row}, which is no code of a class"),
            $"whole numbers of 0 to {byte.MaxValue - Shift}",
            string.Create(CultureInfo.InvariantCulture,
                $"give a map of classes; if this number means no data, say so: gdal_translate -a_nodata {value:R} IN OUT"));
    }

    /// <summary>Which values are there: 0 to 255, <see cref="Other"/> and <see cref="NotANumber"/>.</summary>
    private static bool[] Look(IRasterSource source, RunOptions? run)
    {
        var input = new WindowInput<double>(source);
        long[] counts = CodeCounts.Sum("look", [input], NotANumber + 1, (in WindowFrame frame, long[] sums) =>
        {
            ReadOnlySpan<double> values = frame.Samples(input);
            ReadOnlySpan<byte> valid = frame.Valid(input);
            for (int i = 0; i < values.Length; i++)
                if (double.IsNaN(values[i])) sums[NotANumber]++;
                else if (valid[i] != 0) sums[values[i] is >= 0 and < Other && values[i] == (int)values[i] ? (int)values[i] : Other]++;
        }, run is null ? null : run with { Progress = null });
        return [.. counts.Select(count => count > 0)];
    }
}
