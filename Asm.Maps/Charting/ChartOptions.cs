namespace Asm.Maps.Charting;

/// <summary>How a chart is drawn and written.</summary>
public sealed record ChartOptions
{
    /// <summary>The heading; null for the chart's own.</summary>
    public string? Title { get; init; }

    /// <summary>Width in pixels, 300 to 10,000.</summary>
    public int WidthPixels { get; init; } = 1000;

    /// <summary>Height in pixels, 200 to 10,000; null for one that suits the chart.</summary>
    public int? HeightPixels { get; init; }

    /// <summary>Replace a file that exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Refuses sizes that make no picture.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WidthPixels, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WidthPixels, 10_000);
        if (HeightPixels is not { } height) return;
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 10_000);
    }
}
