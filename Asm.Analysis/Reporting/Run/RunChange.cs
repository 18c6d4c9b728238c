namespace Asm.Analysis.Reporting.Run;

/// <summary>The change from one season to another.</summary>
/// <param name="Before">The earlier season's name.</param>
/// <param name="After">The later season's name.</param>
/// <param name="ChangeMap">The change map: code 10 x before + after.</param>
/// <param name="Table">The from-to hectares, CSV.</param>
/// <param name="Density">Density of what is new per km2; null where it was not made.</param>
/// <param name="Polygons">What is new as polygons; null where they were not made.</param>
public sealed record RunChange(string Before, string After, string ChangeMap, string Table, string? Density, string? Polygons);
