namespace Asm.Analysis.Heatmaps;

/// <summary>How a density is computed.</summary>
public sealed record HeatmapOptions
{
    /// <summary>The kernel.</summary>
    public HeatmapKernel Kernel { get; init; } = HeatmapKernel.Quartic;

    /// <summary>The distance h of the kernel in metres: half a pixel to 1,000 pixels of the map, for the Gaussian up to 250.</summary>
    public double BandwidthMetres { get; init; } = 1000;

    /// <summary>Side of an output cell in metres, a whole multiple of the map's pixel size.</summary>
    public double CellMetres { get; init; } = 100;
}
