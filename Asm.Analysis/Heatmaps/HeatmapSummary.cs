namespace Asm.Analysis.Heatmaps;

/// <summary>What a density adds up to.</summary>
/// <param name="Pixels">Pixels of the map whose density it is.</param>
/// <param name="HighestPerKm2">The highest density, pixels per km².</param>
/// <param name="Integral">
/// The sum over all cells of density x area, in pixels; <paramref name="Pixels"/> where none is near a border and cells are much
/// smaller than the bandwidth.
/// </param>
public sealed record HeatmapSummary(long Pixels, double HighestPerKm2, double Integral);
