namespace Asm.Raster.Windows;

/// <summary>What one band says of itself.</summary>
public sealed record BandInfo
{
    /// <summary>The name, such as "B02" or "mines"; empty where the band has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The sample that means no data, or null. NaN is a value like any other here: pixels that are NaN are then without data.
    /// </summary>
    public double? NoData { get; init; }

    /// <summary>The physical value is sample x <see cref="Scale"/> + <see cref="Offset"/>.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>See <see cref="Scale"/>.</summary>
    public double Offset { get; init; }
}
