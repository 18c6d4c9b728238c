namespace Asm.Raster.Pictures;

/// <summary>How a picture of a raster is made.</summary>
public sealed record QuickLookOptions
{
    /// <summary>The longer side of the picture in pixels at most, 1 to 16,384.</summary>
    public int MaxSidePixels { get; init; } = 2048;

    /// <summary>The percentile of each band, over the picture's pixels with data, that becomes black; 0 to 100.</summary>
    public double LowPercentile { get; init; } = 2;

    /// <summary>The percentile of each band that becomes full brightness.</summary>
    public double HighPercentile { get; init; } = 98;

    /// <summary>The samples that become black and full brightness, the same for all bands; null to take the percentiles.</summary>
    public (double Black, double Full)? Range { get; init; }

    /// <summary>True replaces a file that is there; false refuses it.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Refuses values that make no picture.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSidePixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxSidePixels, 16_384);
        if (!(LowPercentile >= 0 && LowPercentile <= HighPercentile && HighPercentile <= 100))
            throw new ArgumentException($"percentiles {LowPercentile} and {HighPercentile} are not in order within 0 to 100");
    }
}
