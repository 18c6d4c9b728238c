namespace Asm.Inference.Preparation.Products;

/// <summary>
/// What a Sentinel-2 product says of itself in its XML or STAC metadata. What it does not say is null or empty: nothing is guessed.
/// </summary>
public sealed record ProductMetadata
{
    /// <summary>
    /// The product's own name, such as S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825; where it tells none,
    /// that of its folder or file.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>How far it is processed.</summary>
    public ProductLevel? Level { get; init; }

    /// <summary>The processing baseline, such as "05.09".</summary>
    public string? Baseline { get; init; }

    /// <summary>The tile of the MGRS, such as "30NWM".</summary>
    public string? Tile { get; init; }

    /// <summary>When it was sensed, in UTC.</summary>
    public DateTimeOffset? SensingTime { get; init; }

    /// <summary>
    /// For each band ("B02", "B8A") what is to be added to its DNs: BOA_ADD_OFFSET or RADIO_ADD_OFFSET, or 0 where there is none to remove.
    /// Empty where nothing is known of it.
    /// </summary>
    public IReadOnlyDictionary<string, double> Offsets { get; init; } = new Dictionary<string, double>();

    /// <summary>Where <see cref="Offsets"/> come from, in a few words; empty where nothing is known of them.</summary>
    public string OffsetSource { get; init; } = "";

    /// <summary>True where whoever delivered the product has removed the offset of its baseline already.</summary>
    public bool IsOffsetRemoved { get; init; }

    /// <summary>The DN of reflectance 1, once the offset is added.</summary>
    public double? Quantification { get; init; }

    /// <summary>Clouds, in percent of the tile.</summary>
    public double? CloudPercent { get; init; }

    /// <summary>Mean zenith angle of the sun, in degrees.</summary>
    public double? SunZenithDegrees { get; init; }

    /// <summary>Mean azimuth of the sun, in degrees clockwise from north.</summary>
    public double? SunAzimuthDegrees { get; init; }

    /// <summary>True where no metadata tell the offset, and it is the one that all products of the baseline have.</summary>
    internal bool IsOffsetOfBaseline { get; init; }

    /// <summary>True from baseline 04.00 on, since when products carry an offset unless someone has removed it.</summary>
    internal bool HasOffsetBaseline => Baseline is { } baseline && string.CompareOrdinal(baseline, "04.00") >= 0;
}
