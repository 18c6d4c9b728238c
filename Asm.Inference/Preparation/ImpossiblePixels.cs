using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Preparation;

/// <summary>
/// Pixels with data whose reflectance cannot be: fills that no file declares, one number below 0 in all bands among them, and numbers of
/// another scale. Many are refused; a few are no data, or glint.
/// </summary>
/// <remarks>
/// Between <see cref="BandLimits.Brightest"/> and 7 a thousandth of the pixels may be, as sun glint, fires and saturation are. Anything
/// else that cannot be is refused where one number has 16 pixels or all of it more than a thousandth; less of it is no data.
/// </remarks>
internal sealed class ImpossiblePixels
{
    /// <summary>Windows are at least this large, so that a thousandth of a small one is not a handful of glints.</summary>
    private const long LeastPixels = 65_536;

    private const double ToleratedShare = 0.001;

    /// <summary>Pixels of one number from which on it is a fill.</summary>
    private const long Fill = 16;

    /// <summary>Numbers that are counted apart; the rest of a wrong scale adds nothing.</summary>
    private const int MostNumbers = 4096;

    private const byte Glint = 1, Impossible = 2;

    private readonly Dictionary<(double Number, byte Kind), long> _numbers = [];
    private SampleType _type;
    private long _pixels, _glints, _impossible;

    /// <summary>Looks at pixels, and refuses them or takes single ones out.</summary>
    /// <param name="name">What messages call the raster.</param>
    /// <param name="samples">Stored numbers, band after band.</param>
    /// <param name="limits">What they can be, by band.</param>
    /// <param name="valid">As many values as pixels; those that are no data are set to 0.</param>
    /// <returns>Pixels that were set to 0.</returns>
    /// <exception cref="AsmException">There are too many.</exception>
    public static long Clear<T>(string name, ReadOnlySpan<T> samples, ReadOnlySpan<BandLimits> limits, Span<byte> valid)
        where T : unmanaged, INumber<T>
    {
        if (!Any(samples, limits, valid)) return 0;
        var found = new ImpossiblePixels();
        byte[] kinds = found.Add(samples, limits, valid);
        found.RequireFew(name);
        for (int i = 0; i < kinds.Length; i++)
            if (kinds[i] == Impossible) valid[i] = 0;
        return found._impossible;
    }

    /// <summary>Adds pixels to what was looked at.</summary>
    /// <returns>By pixel: 0 where nothing is wrong.</returns>
    public byte[] Add<T>(ReadOnlySpan<T> samples, ReadOnlySpan<BandLimits> limits, ReadOnlySpan<byte> valid)
        where T : unmanaged, INumber<T>
    {
        var kinds = new byte[valid.Length];
        for (int i = 0; i < kinds.Length; i++)
            if (valid[i] != 0 && IsNegativeFill(samples, limits, valid.Length, i))
            {
                kinds[i] = Impossible;
                _impossible++;
                CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (double.CreateTruncating(samples[i]), Impossible), out _)++;
            }
        for (int b = 0; b < limits.Length; b++)
        {
            BandLimits limit = limits[b];
            _type = limit.Type;
            ReadOnlySpan<T> band = samples.Slice(b * valid.Length, valid.Length);
            for (int i = 0; i < band.Length; i++)
            {
                double number = double.CreateTruncating(band[i]);
                if (valid[i] == 0 || (number >= limit.Low && number <= limit.High) || !double.IsFinite(number)) continue;
                if (kinds[i] == Impossible || limit.NoData?.Contains(number) == true) continue;
                byte kind = number > limit.High && number <= limit.Hot && !limit.IsEnd(number) ? Glint : Impossible;
                if (kind == kinds[i]) continue;
                if (kinds[i] == Glint) _glints--;
                kinds[i] = kind;
                if (kind == Glint) _glints++;
                else _impossible++;
                if (_numbers.Count < MostNumbers || _numbers.ContainsKey((number, kind)))
                    CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (number, kind), out _)++;
            }
        }
        _pixels += valid.Length - valid.Count((byte)0);
        return kinds;
    }

    /// <summary>Adds what was looked at elsewhere.</summary>
    public void Add(ImpossiblePixels other)
    {
        (_type, _pixels, _glints, _impossible) =
            (other._type, _pixels + other._pixels, _glints + other._glints, _impossible + other._impossible);
        foreach (((double, byte) number, long pixels) in other._numbers)
            CollectionsMarshal.GetValueRefOrAddDefault(_numbers, number, out _) += pixels;
    }

    /// <summary>True where one number is most of it, as a fill is, and not a scale that is wrong.</summary>
    public bool IsFill => 2 * Most.Pixels >= _impossible + _glints;

    /// <summary>Refuses so many impossible pixels that it is no accident.</summary>
    /// <param name="name">What the message calls the raster.</param>
    /// <exception cref="AsmException">There are.</exception>
    public void RequireFew(string name)
    {
        double tolerated = ToleratedShare * Math.Max(_pixels, LeastPixels);
        if (_impossible <= tolerated && _glints <= tolerated && !_numbers.Any(n => n.Key.Kind == Impossible && n.Value >= Fill)) return;
        string most = Text(Most.Number);
        throw new AsmException(name, string.Create(CultureInfo.InvariantCulture,
            $"{_impossible + _glints:N0} of {_pixels:N0} pixels have a reflectance that cannot be; {Most.Pixels:N0} of them are {most}"),
            string.Create(CultureInfo.InvariantCulture,
                $"reflectance of {BandLimits.Darkest} to {BandLimits.Brightest} after scaling wherever there is data")
                + ", and not one number below 0 in all bands",
            IsFill
                ? $"if this number means no data, give `nodata` {most}"
                : StackBands.ScaleFix + ", or correct the scale that the file declares");
    }

    private (double Number, long Pixels) Most =>
        _numbers.OrderByDescending(n => n.Value).ThenBy(n => n.Key.Number).Select(n => (n.Key.Number, n.Value)).FirstOrDefault();

    /// <summary>Made for the common case, that there is none.</summary>
    private static bool Any<T>(ReadOnlySpan<T> samples, ReadOnlySpan<BandLimits> limits, ReadOnlySpan<byte> valid)
        where T : unmanaged, INumber<T>
    {
        for (int b = 0; b < limits.Length; b++)
        {
            ReadOnlySpan<T> band = samples.Slice(b * valid.Length, valid.Length);
            if (typeof(T) == typeof(ushort))
            {
                ReadOnlySpan<ushort> numbers = MemoryMarshal.Cast<T, ushort>(band);
                (ushort low, ushort high) = (ushort.CreateSaturating(Math.Ceiling(b == 0 ? limits[b].Zero : limits[b].Low)),
                    ushort.CreateSaturating(Math.Floor(limits[b].High)));
                for (int i = numbers.IndexOfAnyExceptInRange(low, high); i >= 0;)
                {
                    if (valid[i] != 0 && limits[b].NoData?.Contains(numbers[i]) != true
                        && (!(numbers[i] >= limits[b].Low && numbers[i] <= limits[b].High)
                            || IsNegativeFill(samples, limits, valid.Length, i)))
                        return true;
                    int next = numbers[(i + 1)..].IndexOfAnyExceptInRange(low, high);
                    i = next < 0 ? -1 : i + 1 + next;
                }
                continue;
            }
            (double least, double most) = (b == 0 ? limits[b].Zero : limits[b].Low, limits[b].High);
            for (int i = 0; i < band.Length; i++)
            {
                double number = double.CreateTruncating(band[i]);
                if (!(number >= least && number <= most) && valid[i] != 0 && double.IsFinite(number)
                    && limits[b].NoData?.Contains(number) != true
                    && (!(number >= limits[b].Low && number <= most) || IsNegativeFill(samples, limits, valid.Length, i)))
                    return true;
            }
        }
        return false;
    }

    /// <summary>True where all bands have one number, and reflectance below 0: no ground is so, and fills such as -1 are.</summary>
    private static bool IsNegativeFill<T>(ReadOnlySpan<T> samples, ReadOnlySpan<BandLimits> limits, int pixels, int i)
        where T : unmanaged, INumber<T>
    {
        T number = samples[i];
        double value = double.CreateTruncating(number);
        if (limits.Length < 2 || !(value < limits[0].Zero) || !double.IsFinite(value)) return false;
        for (int b = 0; b < limits.Length; b++)
            if (samples[b * pixels + i] != number || limits[b].NoData?.Contains(value) == true) return false;
        return true;
    }

    /// <summary>A number as a person gives it back.</summary>
    private string Text(double number) => _type switch
    {
        SampleType.Float32 => ((float)number).ToString("R", CultureInfo.InvariantCulture),
        // Read as float32, the end of the type lies beyond it.
        SampleType.UInt32 => Math.Min(number, uint.MaxValue).ToString("R", CultureInfo.InvariantCulture),
        SampleType.Int32 => Math.Min(number, int.MaxValue).ToString("R", CultureInfo.InvariantCulture),
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
