namespace Asm.Maps.Charting;

/// <summary>The area found in one zone.</summary>
/// <param name="Name">The zone, such as a forest reserve.</param>
/// <param name="Hectares">The area, 0 or more.</param>
public sealed record ChartZone(string Name, double Hectares);
