namespace Asm.Training.Fitting;

/// <summary>Pixels by reference class (row) and predicted class (column); pixels without a reference are left out.</summary>
/// <param name="classes">Number of classes.</param>
internal sealed class ConfusionCounts(int classes)
{
    private readonly long[,] _counts = new long[classes, classes];

    /// <summary>Adds pixels.</summary>
    /// <param name="reference">Class positions from 0; negative where there is none.</param>
    /// <param name="predicted">Class positions from 0.</param>
    public void Add(ReadOnlySpan<long> reference, ReadOnlySpan<long> predicted)
    {
        for (int i = 0; i < reference.Length; i++)
            if (reference[i] >= 0) _counts[reference[i], predicted[i]]++;
    }

    /// <summary>Class accuracy TP / (TP + FN); NaN where the reference lacks the class.</summary>
    public double Accuracy(int position) => Ratio(_counts[position, position], Row(position));

    /// <summary>Intersection over union TP / (TP + FP + FN); NaN where neither has the class.</summary>
    public double IntersectionOverUnion(int position) => Ratio(_counts[position, position], Row(position) + Column(position) - _counts[position, position]);

    /// <summary>Unweighted mean over the classes that are there; NaN where none is.</summary>
    public double MeanAccuracy() => Mean(Accuracy);

    /// <summary>Unweighted mean over the classes that are there; NaN where none is.</summary>
    public double MeanIntersectionOverUnion() => Mean(IntersectionOverUnion);

    private static double Ratio(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;

    private double Mean(Func<int, double> measure)
    {
        double[] values = [.. Enumerable.Range(0, classes).Select(measure).Where(v => !double.IsNaN(v))];
        return values.Length == 0 ? double.NaN : values.Average();
    }

    private long Row(int position) => Enumerable.Range(0, classes).Sum(c => _counts[position, c]);

    private long Column(int position) => Enumerable.Range(0, classes).Sum(r => _counts[r, position]);
}
