using System.Globalization;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>
/// A raster with the probability of each class, one band a class in the order of the codes: of this product, or of another one.
/// </summary>
/// <remarks>
/// Read are float32 or float64 of 0..1, and integers with a scale (and offset) in their metadata, as uint8 with 1..255 = 0..1 is. A
/// pixel is without data where any band is nodata or NaN, all bands are 0, or a mask excludes it; elsewhere the probabilities add up to 1.
/// Bands are named by class; three bands without names are the method's classes.
/// </remarks>
public sealed class ProbabilityMap
{
    /// <summary>Sums of what was rounded to a hundredth, or resampled.</summary>
    private const double LeastSumTolerance = 0.05;

    private ProbabilityMap(IRasterSource source, IReadOnlyList<MapClass> classes, ProbabilityScale scale) =>
        (Source, Classes, Scale) = (source, classes, scale);

    /// <summary>The raster: one band a class.</summary>
    public IRasterSource Source { get; }

    /// <summary>
    /// The classes in the order of their codes. The map knows only their names: the colours are the default ones, or of a
    /// palette for the colour-blind.
    /// </summary>
    public IReadOnlyList<MapClass> Classes { get; }

    /// <summary>How samples become probabilities.</summary>
    internal ProbabilityScale Scale { get; }

    /// <summary>Positions of all bands.</summary>
    internal int[] Bands => [.. Enumerable.Range(0, Classes.Count)];

    /// <summary>Looks at what a raster says of itself.</summary>
    /// <param name="source">The raster; it stays the caller's to dispose.</param>
    /// <param name="fullScale">
    /// The sample that means probability 1, above 0, for rasters that state no scale; null: integers are refused, and floating point is
    /// taken for 0..1.
    /// </param>
    /// <exception cref="AsmException">The raster is no map of probabilities, or its scale is not known.</exception>
    public static ProbabilityMap Of(IRasterSource source, double? fullScale = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (fullScale is { } one && !(one > 0 && double.IsFinite(one)))
            throw new ArgumentOutOfRangeException(nameof(fullScale), fullScale, "must be above 0");
        int bands = source.Info.Bands.Count;
        if (bands is < 2 or > byte.MaxValue)
            throw new AsmException(source.Name, $"has {bands} band{(bands == 1 ? "" : "s")}",
                "one band of probabilities for each of 2 to 255 classes", "give NAME.probabilities.tif of a prediction");
        return new(source, ClassPalette.Classes(Names(source)), ProbabilityScale.Of(source, fullScale));
    }

    /// <summary>How far the probabilities of a pixel may add up to more or less than 1: rounded integers do.</summary>
    internal double SumTolerance => LeastSumTolerance
        + (Source.Info.SampleType is SampleType.Float32 or SampleType.Float64 ? 0 : Classes.Count * Scale.Factor);

    /// <summary>The sum of the samples of all classes as a probability.</summary>
    internal double SumOf(double samples) => samples * Scale.Factor + Classes.Count * Scale.Offset;

    /// <summary>The error for a pixel whose samples are no probabilities.</summary>
    /// <param name="found">What is wrong, and where.</param>
    /// <param name="samples">The sum of the pixel's samples.</param>
    internal AsmException Unfit(string found, double samples)
    {
        double? full = ProbabilityScale.IsUnstated(Source.Info) && SumOf(samples) is < 0.98 or > 1.02
            ? ProbabilityScale.Guess(samples)
            : null;
        return new(Source.Name, found, "probabilities of 0..1 that add up to 1, or 0 in all classes where there is no data",
            full is { } one
                ? string.Create(CultureInfo.InvariantCulture,
                    $"give `full-scale` {one}: the samples of this pixel add up to {samples:0.###}")
                : "correct the scale that the file declares, or give `full-scale` where it declares none; if a sample means no data, "
                    + "declare it: gdal_translate -a_nodata; where the classes are no parts of a whole, divide each by their sum first");
    }

    /// <summary>Refuses another map whose classes have other names or another order.</summary>
    /// <exception cref="AsmException">The classes differ; the message names both maps.</exception>
    internal void RequireSameClasses(ProbabilityMap other) =>
        MapClasses.RequireSame(Classes, Source.Name, other.Classes, other.Source.Name);

    private static string[] Names(IRasterSource source)
    {
        string[] names = [.. source.Info.Bands.Select(b => b.Name)];
        if (names.All(n => n.Length == 0) && names.Length == ClassMap.DefaultClasses.Count)
            return [.. ClassMap.DefaultClasses.Select(c => c.Name)];
        string told = string.Join(", ", names.Select(n => n.Length == 0 ? "(no name)" : n));
        if (names.Any(n => n.Length == 0))
            throw new AsmException(source.Name, $"its bands are named: {told}",
                "the name of a class for every band, or three bands without names",
                "name the bands, for example with gdal_translate to a VRT and <Description>");
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
            throw new AsmException(source.Name, $"its bands are named: {told}", "every class once", "name the bands differently");
        return names;
    }
}
