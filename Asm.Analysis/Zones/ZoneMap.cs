using Asm.Maps.Classes;

namespace Asm.Analysis.Zones;

/// <summary>A map whose areas are measured.</summary>
/// <param name="Name">What the table calls it, such as the season; no two maps share one.</param>
/// <param name="Map">The class map or change map; its raster needs a CRS.</param>
public sealed record ZoneMap(string Name, ClassMap Map);
