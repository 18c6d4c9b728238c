using Asm.Raster.Windows;

namespace Asm.Maps.Charting;

/// <summary>Areas of one class over the seasons.</summary>
/// <param name="Name">The class, such as "mines".</param>
/// <param name="Color">Its colour in maps.</param>
/// <param name="Hectares">One area a season, 0 or more; NaN where it is not known.</param>
public sealed record ChartSeries(string Name, Rgb Color, IReadOnlyList<double> Hectares);
