using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>What a heatmap is.</summary>
/// <param name="Info">The raster that was written.</param>
/// <param name="Summary">What it adds up to.</param>
public sealed record HeatmapResult(RasterInfo Info, HeatmapSummary Summary);
