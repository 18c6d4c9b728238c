namespace Asm.Analysis.Accuracy.Estimation;

/// <summary>An estimate from a sample, with its standard error and 95 % interval.</summary>
/// <remarks>
/// The interval is value +- 1.96 standard errors, as Olofsson et al. 2014 have it; its ends are cut to what the quantity can be.
/// </remarks>
public sealed record Estimate
{
    /// <summary>
    /// Standard errors from the estimate to either end of a 95 % interval: the normal quantile, as Olofsson et al. 2014 round it.
    /// </summary>
    public const double Z95 = 1.96;

    internal Estimate(double value, double? standardError, double least = 0, double most = 1) =>
        (Value, StandardError, Least, Most) = (value, standardError, least, most);

    /// <summary>The estimate.</summary>
    public double Value { get; }

    /// <summary>Its standard error; null where a stratum that matters has a single point, so that its spread is unknown.</summary>
    public double? StandardError { get; }

    /// <summary>Half of the 95 % interval, uncut: 1.96 standard errors.</summary>
    public double? HalfWidth => Z95 * StandardError;

    /// <summary>The lower end of the 95 % interval.</summary>
    public double? Low => StandardError is null ? null : Math.Max(Least, Value - HalfWidth!.Value);

    /// <summary>The upper end of the 95 % interval.</summary>
    public double? High => StandardError is null ? null : Math.Min(Most, Value + HalfWidth!.Value);

    private double Least { get; }

    private double Most { get; }

    /// <summary>The estimate in another unit, such as hectares for a share of an area.</summary>
    internal Estimate Times(double factor) => new(factor * Value, factor * StandardError, factor * Least, factor * Most);

    /// <summary>The estimate of what is missing to 1, such as the omission of a producer's accuracy.</summary>
    public Estimate Complement() => new(1 - Value, StandardError, 1 - Most, 1 - Least);
}
