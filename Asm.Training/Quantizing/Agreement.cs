using Asm.Analysis.Accuracy;

namespace Asm.Training.Quantizing;

/// <summary>How far the results of one network are from those of another on the same pixels.</summary>
internal sealed class Agreement(int classes)
{
    private readonly ConfusionMatrix _labels = new(classes);
    private double _sum;

    /// <summary>Pixels compared; those without data are not.</summary>
    public long Pixels { get; private set; }

    /// <summary>Share of the pixels with the same label, 0..1.</summary>
    public double LabelAgreement => _labels.OverallAccuracy;

    /// <summary>Largest absolute difference of a probability.</summary>
    public double LargestDifference { get; private set; }

    /// <summary>Mean absolute difference of the probabilities.</summary>
    public double MeanDifference => _sum / (Pixels * classes);

    /// <summary>Intersection over union of a class's pixels in both, class code from 1; NaN where neither has one.</summary>
    public double IntersectionOverUnion(int code) => _labels.IntersectionOverUnion(code);

    /// <summary>Takes in a window.</summary>
    /// <param name="expected">Probabilities, classes x pixels.</param>
    /// <param name="found">Probabilities, classes x pixels.</param>
    /// <param name="valid">1 for pixels that count.</param>
    public void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, ReadOnlySpan<byte> valid)
    {
        int plane = valid.Length;
        var labels = new byte[2 * plane];
        for (int i = 0; i < plane; i++)
        {
            if (valid[i] == 0) continue;
            Pixels++;
            labels[i] = Label(found, plane, i);
            labels[plane + i] = Label(expected, plane, i);
            for (int c = 0; c < classes; c++)
            {
                double difference = Math.Abs(expected[c * plane + i] - found[c * plane + i]);
                _sum += difference;
                LargestDifference = Math.Max(LargestDifference, difference);
            }
        }
        _labels.Add(labels.AsSpan(0, plane), labels.AsSpan(plane));
    }

    // The lowest code where probabilities tie, as the engine has it.
    private byte Label(ReadOnlySpan<float> probabilities, int plane, int at)
    {
        int best = 0;
        for (int c = 1; c < classes; c++)
            if (probabilities[c * plane + at] > probabilities[best * plane + at]) best = c;
        return (byte)(best + 1);
    }
}
