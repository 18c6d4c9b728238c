using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy;

/// <summary>
/// Counts of pixels by class in a map and in a reference, and the accuracies of Gallwey et al. 2020, section 2.5, that follow from them.
/// Pixels that are no data (0) in either are not counted.
/// </summary>
public sealed class ConfusionMatrix
{
    private const int Codes = 256;

    private readonly long[,] _counts;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classes">Classes, with codes 1 to this; 1 to 255.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 255);
        _counts = new long[classes, classes];
    }

    /// <summary>Classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>
    /// Pixels that are class <paramref name="map"/> in the map and <paramref name="reference"/> in the reference; codes from 1.
    /// </summary>
    public long this[int map, int reference] => _counts[map - 1, reference - 1];

    /// <summary>Pixels counted.</summary>
    public long Total => _counts.Cast<long>().Sum();

    /// <summary>Counts pixels.</summary>
    /// <param name="map">Class codes of the map; 0 no data.</param>
    /// <param name="reference">Class codes of the reference at the same pixels; 0 no data.</param>
    public void Add(ReadOnlySpan<byte> map, ReadOnlySpan<byte> reference)
    {
        if (map.Length != reference.Length)
            throw new ArgumentException($"{map.Length} map and {reference.Length} reference pixels", nameof(reference));
        for (int i = 0; i < map.Length; i++)
            if (map[i] != 0 && reference[i] != 0) _counts[map[i] - 1, reference[i] - 1]++;
    }

    /// <summary>Counts pixels or points of one kind.</summary>
    /// <param name="map">The class in the map, from 1.</param>
    /// <param name="reference">The class in the reference, from 1.</param>
    /// <param name="count">How many, 0 or more.</param>
    public void Add(int map, int reference, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _counts[map - 1, reference - 1] += count;
    }

    /// <summary>Adds the counts of another matrix of the same classes, such as that of another tile.</summary>
    /// <exception cref="ArgumentException">The other has another number of classes.</exception>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes) throw new ArgumentException($"{other.Classes} classes, {Classes} expected", nameof(other));
        for (int map = 0; map < Classes; map++)
            for (int reference = 0; reference < Classes; reference++) _counts[map, reference] += other._counts[map, reference];
    }

    /// <summary>Counts all pixels of two class maps on one grid, strip by strip.</summary>
    /// <param name="map">The map.</param>
    /// <param name="reference">What is true.</param>
    /// <param name="classes">Classes, with codes 1 to this; 1 to 255.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="GridMismatchException">The grids differ.</exception>
    /// <exception cref="AsmException">A raster holds a code beyond the classes, or cannot be read.</exception>
    public static ConfusionMatrix Of(IRasterSource map, IRasterSource reference, int classes, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(reference);
        map.Info.Grid.RequireSame(reference.Info.Grid, map.Name, reference.Name);
        return OfPairs(CodeCounts.OfPairs(map, reference, run), classes, map.Name, reference.Name);
    }

    /// <summary>The matrix of counts of pairs of codes, at 256 x map + reference.</summary>
    internal static ConfusionMatrix OfPairs(ReadOnlySpan<long> pairs, int classes, string mapName, string referenceName)
    {
        var matrix = new ConfusionMatrix(classes);
        for (int map = 0; map < Codes; map++)
            for (int reference = 0; reference < Codes; reference++)
            {
                long count = pairs[Codes * map + reference];
                if (count == 0) continue;
                RequireCode(map, classes, mapName);
                RequireCode(reference, classes, referenceName);
                if (map > 0 && reference > 0) matrix.Add(map, reference, count);
            }
        return matrix;
    }

    /// <summary>
    /// TP / (TP + FN) of a class (equation 4), also called recall or producer's accuracy; NaN where the reference has no such pixel.
    /// </summary>
    public double ClassAccuracy(int code) => (double)this[code, code] / InReference(code);

    /// <summary>TP / (TP + FP), also called precision or user's accuracy; NaN where the map has no such pixel.</summary>
    public double UsersAccuracy(int code) => (double)this[code, code] / InMap(code);

    /// <summary>
    /// TP / (TP + FP + FN) of a class (the text above equation 6; the printed equation drops FN); NaN where neither map nor
    /// reference has such a pixel.
    /// </summary>
    public double IntersectionOverUnion(int code) => (double)this[code, code] / (InMap(code) + InReference(code) - this[code, code]);

    /// <summary>
    /// 2 TP / (2 TP + FP + FN) of a class, the harmonic mean of its precision and recall; NaN where neither map nor
    /// reference has such a pixel.
    /// </summary>
    public double F1(int code) => 2.0 * this[code, code] / (InMap(code) + InReference(code));

    /// <summary>Unweighted mean of the class accuracies of the classes in the reference (equation 5).</summary>
    public double MeanClassAccuracy => Mean(ClassAccuracy);

    /// <summary>Unweighted mean of the IoU of the classes that occur in map or reference.</summary>
    public double MeanIntersectionOverUnion => Mean(IntersectionOverUnion);

    /// <summary>Unweighted mean of the F1 of the classes that occur in map or reference.</summary>
    public double MeanF1 => Mean(F1);

    /// <summary>Pixels of the right class over all pixels.</summary>
    public double OverallAccuracy => (double)Enumerable.Range(1, Classes).Sum(c => this[c, c]) / Total;

    /// <summary>Pixels of a class in the map.</summary>
    public long InMap(int code) => Enumerable.Range(1, Classes).Sum(r => this[code, r]);

    /// <summary>Pixels of a class in the reference.</summary>
    public long InReference(int code) => Enumerable.Range(1, Classes).Sum(m => this[m, code]);

    private double Mean(Func<int, double> figure) =>
        Enumerable.Range(1, Classes).Select(figure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static void RequireCode(int code, int classes, string name)
    {
        if (code > classes)
            throw new AsmException(name, $"holds the value {code}",
                $"class codes 0 (no data) to {classes}", "give a class map of these classes");
    }
}
