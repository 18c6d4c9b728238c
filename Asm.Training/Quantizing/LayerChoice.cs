namespace Asm.Training.Quantizing;

/// <summary>
/// Chooses which layers stay float32 so that labels agree as wanted: those whose rounding disturbs the result most for the
/// arithmetic that they take.
/// </summary>
internal static class LayerChoice
{
    /// <summary>Share of the arithmetic that may stay float32 at most; with more there is no gain in speed left.</summary>
    public const double MostFloat = 0.5;

    /// <summary>Chooses the layers that become integer ones.</summary>
    /// <param name="candidates">The layers that may.</param>
    /// <param name="cost">Arithmetic of a layer.</param>
    /// <param name="measure">Compares the network with these integer layers with the float32 one.</param>
    /// <param name="target">Label agreement wanted, 0..1.</param>
    /// <returns>The layers, and whether the target is reached with them: where it is not, no more may be float32.</returns>
    public static (HashSet<ConvLayer> Integer, bool TargetReached) Choose(IReadOnlyList<ConvLayer> candidates,
        Func<ConvLayer, double> cost, Func<HashSet<ConvLayer>, Agreement> measure, double target)
    {
        HashSet<ConvLayer> integer = [.. candidates];
        if (measure(integer).LabelAgreement >= target) return (integer, true);
        // Errors of single layers add up like independent ones, by their squares.
        ConvLayer[] order = [.. candidates.OrderByDescending(l => Math.Pow(measure([l]).MeanDifference, 2) / cost(l))];
        double all = candidates.Sum(cost), inFloat = 0;
        foreach (ConvLayer layer in order)
        {
            if ((inFloat += cost(layer)) > MostFloat * all || integer.Count == 1) break;
            integer.Remove(layer);
            if (measure(integer).LabelAgreement >= target) return (integer, true);
        }
        return (integer, false);
    }
}
