using Asm.Inference.Preparation.Products;

namespace Asm.Inference.Preparation;

/// <summary>
/// What the metadata of a scene say of it; null is not known. Checks go by the pixels where they can, so an empty record is enough.
/// </summary>
public sealed record SceneFacts
{
    /// <summary>What the metadata of a product say; nothing where there are none.</summary>
    internal static SceneFacts Of(ProductMetadata? product) => product is null ? new() : new()
    {
        Level = product.Level switch { ProductLevel.Level1C => "L1C", ProductLevel.Level2A => "L2A", _ => null },
        SensingTime = product.SensingTime,
        Baseline = product.Baseline,
        OffsetDeclared = product.Offsets.Count == 0 ? null : product.Offsets.Values.Any(offset => offset != 0),
    };

    /// <summary>"L1C" or "L2A".</summary>
    public string? Level { get; init; }

    /// <summary>When the scene was taken.</summary>
    public DateTimeOffset? SensingTime { get; init; }

    /// <summary>The processing baseline, such as "05.09".</summary>
    public string? Baseline { get; init; }

    /// <summary>True where the metadata declared an offset, which was then removed; false where they declare none.</summary>
    public bool? OffsetDeclared { get; init; }
}
