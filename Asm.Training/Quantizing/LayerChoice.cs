namespace Asm.Training.Quantizing;

/// <summary>Chooses which layers stay float32 so that labels agree as wanted: those whose rounding disturbs the result most for the arithmetic that they take.</summary>
internal static class LayerChoice
{
    /// <summary>Share of the arithmetic that may stay float32 at most; with more there is no gain in speed left.</summary>
    public const double MostFloat = 0.5;

    /// <summary>A layer stays float32 where that takes the mean difference of probabilities to this share of what it was, or less.</summary>
    private const double LeastGain = 0.98;

    /// <summary>Chooses the layers that become integer ones.</summary>
    /// <param name="candidates">The layers that may.</param>
    /// <param name="cost">Arithmetic of a layer.</param>
    /// <param name="measure">Compares the network with these integer layers with the float32 one.</param>
    /// <param name="target">Label agreement wanted, 0..1.</param>
    public static HashSet<ConvLayer> Choose(IReadOnlyList<ConvLayer> candidates, Func<ConvLayer, double> cost, Func<HashSet<ConvLayer>, Agreement> measure, double target)
    {
        HashSet<ConvLayer> integer = [.. candidates];
        Agreement now = measure(integer);
        if (now.LabelAgreement >= target) return integer;
        // Errors of single layers add up like independent ones, by their squares.
        ConvLayer[] order = [.. candidates.OrderByDescending(l => Math.Pow(measure([l]).MeanDifference, 2) / cost(l))];
        double most = MostFloat * candidates.Sum(cost), inFloat = 0;
        foreach (ConvLayer layer in order)
        {
            if (inFloat + cost(layer) > most || integer.Count == 1) continue;
            integer.Remove(layer);
            Agreement without = measure(integer);
            if (without.MeanDifference > LeastGain * now.MeanDifference)
            {
                // Its result is rounded all the same where an integer layer reads it: nothing is won.
                integer.Add(layer);
                continue;
            }
            (now, inFloat) = (without, inFloat + cost(layer));
            if (now.LabelAgreement >= target) break;
        }
        return integer;
    }
}
