using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>How samples become probabilities: sample x factor + offset.</summary>
/// <param name="Factor">Above 0.</param>
/// <param name="Offset">The probability of sample 0.</param>
internal readonly record struct ProbabilityScale(double Factor, double Offset)
{
    /// <summary>Probabilities may leave 0..1 by this much: sums of float32 do not end exactly at 1.</summary>
    public const double Tolerance = 1e-6;

    private const int GuessPixels = 128;

    private static readonly double[] FullScales = [1, 100, 200, 250, 254, 255, 1000, 10_000, 32_767, 65_535];

    /// <summary>What a raster says of its samples.</summary>
    /// <param name="source">The raster; all its bands have the same scale.</param>
    /// <param name="fullScale">
    /// The sample that means 1 in a raster that states no scale; null: integers are refused, and floating point is taken for 0..1.
    /// </param>
    /// <exception cref="AsmException">The scale is missing or makes no sense.</exception>
    public static ProbabilityScale Of(IRasterSource source, double? fullScale)
    {
        RasterInfo info = source.Info;
        BandInfo first = info.Bands[0];
        if (info.Bands.Any(b => b.Scale != first.Scale || b.Offset != first.Offset))
            throw new AsmException(source.Name, "its bands have different scales", "one scale for all bands", "rewrite it with one scale");
        if (!(first.Scale > 0))
            throw new AsmException(source.Name, $"its scale is {first.Scale}",
                "a scale above 0",
                "set the right one, such as 0.01 where the sample 100 means probability 1: gdal_edit.py -scale 0.01 FILE");
        if (!IsUnstated(info)) return new(first.Scale, first.Offset);
        if (fullScale is { } one) return new(1 / one, 0);
        return info.SampleType is SampleType.Float32 or SampleType.Float64
            ? new(1, 0)
            : throw new AsmException(source.Name,
                $"its samples are {info.SampleType} and it states no scale, so that they cannot be told to be probabilities",
                "float32 of 0..1, or integers with a scale",
                Guess(source) is { } guess
                    ? string.Create(CultureInfo.InvariantCulture,
                        $"give `full-scale` {guess} if that means probability 1: the classes of most pixels add up to about {guess}")
                    : "give the sample that means probability 1 with `full-scale`, such as 254 or 10000");
    }

    /// <summary>The scale that other programs write probabilities in whose samples add up to a sum; null for none.</summary>
    public static double? Guess(double sum)
    {
        double nearest = FullScales.MinBy(scale => Math.Abs(sum / scale - 1));
        return Math.Abs(sum / nearest - 1) < 0.02 ? nearest : null;
    }

    /// <summary>The scale that pixels in the middle of a raster speak for; null for none.</summary>
    private static double? Guess(IRasterSource source)
    {
        GeoGrid grid = source.Info.Grid;
        int bands = source.Info.Bands.Count;
        PixelWindow window = new PixelWindow(Math.Max(0, grid.Width / 2 - GuessPixels / 2), Math.Max(0, grid.Height / 2 - GuessPixels / 2),
            GuessPixels, GuessPixels).Intersect(grid.FullWindow);
        int count = (int)window.PixelCount;
        double[] samples = new double[bands * count];
        byte[] valid = new byte[count];
        source.ReadWithValidity<double>(window, [.. Enumerable.Range(0, bands)], samples, valid);
        double[] sums = [.. Enumerable.Range(0, count).Where(i => valid[i] != 0)
            .Select(i => Enumerable.Range(0, bands).Sum(b => samples[b * count + i])).Order()];
        return bands > 1 && sums.Length > 0 ? Guess(sums[sums.Length / 2]) : null;
    }

    /// <summary>True where a raster says nothing of its scale.</summary>
    public static bool IsUnstated(RasterInfo info) => info.Bands[0].Scale == 1 && info.Bands[0].Offset == 0;

    /// <summary>The probability of a sample.</summary>
    public double Of(double sample) => sample * Factor + Offset;
}
