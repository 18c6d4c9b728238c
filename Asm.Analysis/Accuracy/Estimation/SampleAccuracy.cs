namespace Asm.Analysis.Accuracy.Estimation;

/// <summary>
/// Accuracies and areas that a stratified sample estimates: each pixel of the map counts the same, however densely its stratum was sampled.
/// </summary>
/// <remarks>
/// Null is "not estimable": a stratum that matters for the figure has pixels but no point, or the figure is a share of nothing. An estimate
/// without standard error comes from a stratum with a single point.
/// </remarks>
public sealed class SampleAccuracy
{
    private readonly StratifiedSample _sample;

    /// <summary>Estimates all figures.</summary>
    public SampleAccuracy(StratifiedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        _sample = sample;
        // Olofsson et al. 2014, eqs. 1 and 5; Stehman 2014, eq. 12.
        Overall = StratifiedEstimator.Mean(sample, (map, reference) => map == reference ? 1 : 0, _ => true);
        Users = [.. Enumerable.Range(0, sample.Classes).Select(UsersOf)];
        Producers = [.. Enumerable.Range(0, sample.Classes).Select(ProducersOf)];
        AreaShares = [.. Enumerable.Range(0, sample.Classes).Select(AreaShareOf)];
    }

    /// <summary>The share of pixels that the map gives the class that they are.</summary>
    public Estimate? Overall { get; }

    /// <summary>User's accuracy of each class: the share of the pixels mapped as it that are it. 1 less it is the commission.</summary>
    public IReadOnlyList<Estimate?> Users { get; }

    /// <summary>
    /// Producer's accuracy of each class: the share of the pixels that are it that are mapped as it. 1 less it is the omission.
    /// </summary>
    public IReadOnlyList<Estimate?> Producers { get; }

    /// <summary>The share of all pixels that are each class, corrected for the map's errors.</summary>
    public IReadOnlyList<Estimate?> AreaShares { get; }

    /// <summary>
    /// The share of all pixels that are one class in the map and one in the reference: a cell of the confusion matrix as area proportions
    /// (Olofsson et al. 2014, eq. 4; Stehman 2014, eq. 16).
    /// </summary>
    public Estimate? AreaShare(int map, int reference) =>
        StratifiedEstimator.Mean(_sample, (m, r) => m == map && r == reference ? 1 : 0, stratum => _sample.Pixels(stratum, map) > 0);

    /// <summary>
    /// A mean over all pixels of any value of their classes in map and reference, such as what a class won less what it lost.
    /// </summary>
    /// <param name="value">The value of a pixel, -1 to 1.</param>
    public Estimate? Mean(Func<int, int, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return StratifiedEstimator.Mean(_sample, value, _ => true, -1);
    }

    /// <summary>Olofsson et al. 2014, eqs. 2 and 6. Only strata with pixels of the map class matter.</summary>
    private Estimate? UsersOf(int i) =>
        StratifiedEstimator.Ratio(_sample, (map, reference) => map != i ? (0, 0) : (reference == i ? 1 : 0, 1),
            stratum => _sample.Pixels(stratum, i) > 0);

    /// <summary>
    /// Olofsson et al. 2014, eqs. 3 and 7, whose first term has 1 - P and whose second the row totals, as here. The
    /// class can be in any stratum.
    /// </summary>
    private Estimate? ProducersOf(int j) =>
        StratifiedEstimator.Ratio(_sample, (map, reference) => reference != j ? (0, 0) : (map == j ? 1 : 0, 1), _ => true);

    /// <summary>Olofsson et al. 2014, eqs. 9 and 10; Stehman 2014, eq. 14.</summary>
    private Estimate? AreaShareOf(int j) => StratifiedEstimator.Mean(_sample, (_, reference) => reference == j ? 1 : 0, _ => true);
}
