namespace Asm.Analysis.Accuracy.Estimation;

/// <summary>
/// A stratified random sample of pixels, counted: how many pixels each stratum has, and how many of its points bear each pair of map class
/// and reference class. Strata may be the map's classes or others (Stehman 2014); a simple random sample has one stratum.
/// </summary>
public sealed class StratifiedSample
{
    private readonly long[,] _pixels;
    private readonly Dictionary<(int Map, int Reference), long>[] _points;

    /// <summary>Creates a sample without points.</summary>
    /// <param name="strata">Strata, 1 or more; counted from 0.</param>
    /// <param name="classes">Classes of map and reference, 1 or more; counted from 0.</param>
    public StratifiedSample(int strata, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(strata, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (_pixels, _points) = (new long[strata, classes], [.. Enumerable.Range(0, strata).Select(_ => new Dictionary<(int, int), long>())]);
    }

    /// <summary>Strata.</summary>
    public int Strata => _points.Length;

    /// <summary>Classes of map and reference.</summary>
    public int Classes => _pixels.GetLength(1);

    /// <summary>Pixels of all strata.</summary>
    public long TotalPixels => Enumerable.Range(0, Strata).Sum(Pixels);

    /// <summary>The sample of a confusion matrix whose rows are both the map's classes and the strata.</summary>
    /// <param name="pixels">Pixels of each class in the map.</param>
    /// <param name="counts">Points; rows map, columns reference.</param>
    public static StratifiedSample OfMatrix(IReadOnlyList<long> pixels, int[,] counts)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != pixels.Count || counts.GetLength(1) != pixels.Count)
            throw new ArgumentException($"{counts.GetLength(0)} x {counts.GetLength(1)} counts for {pixels.Count} classes", nameof(counts));
        var sample = new StratifiedSample(pixels.Count, pixels.Count);
        for (int i = 0; i < pixels.Count; i++)
        {
            sample.AddPixels(i, i, pixels[i]);
            for (int j = 0; j < pixels.Count; j++) sample.AddPoints(i, i, j, counts[i, j]);
        }
        return sample;
    }

    /// <summary>Adds pixels of a stratum that the map gives a class.</summary>
    public void AddPixels(int stratum, int map, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _pixels[stratum, map] += count;
    }

    /// <summary>Adds points of a stratum.</summary>
    public void AddPoints(int stratum, int map, int reference, long count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)map, (uint)Classes, nameof(map));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)reference, (uint)Classes, nameof(reference));
        if (count > 0) _points[stratum][(map, reference)] = _points[stratum].GetValueOrDefault((map, reference)) + count;
    }

    /// <summary>Pixels of a stratum.</summary>
    public long Pixels(int stratum) => Enumerable.Range(0, Classes).Sum(map => _pixels[stratum, map]);

    /// <summary>Pixels of a stratum that the map gives a class.</summary>
    public long Pixels(int stratum, int map) => _pixels[stratum, map];

    /// <summary>Pixels of a class in the map.</summary>
    public long MappedPixels(int map) => Enumerable.Range(0, Strata).Sum(stratum => _pixels[stratum, map]);

    /// <summary>Points of a stratum.</summary>
    public long Points(int stratum) => _points[stratum].Values.Sum();

    /// <summary>Points with a class in the map and one in the reference, of all strata.</summary>
    public long Points(int map, int reference) => _points.Sum(cells => cells.GetValueOrDefault((map, reference)));

    /// <summary>The pairs of classes that a stratum's points bear, with how many they are.</summary>
    internal IReadOnlyDictionary<(int Map, int Reference), long> Cells(int stratum) => _points[stratum];
}
