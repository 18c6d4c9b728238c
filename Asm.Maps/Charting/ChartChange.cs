using Asm.Raster.Windows;

namespace Asm.Maps.Charting;

/// <summary>What one class won and lost from season to season.</summary>
/// <param name="Name">The class, such as "mines".</param>
/// <param name="Color">Its colour in maps.</param>
/// <param name="GainedHectares">For each pair of seasons what became this class, 0 or more; NaN where it is not known.</param>
/// <param name="LostHectares">For each pair of seasons what ceased to be this class, 0 or more; NaN where it is not known.</param>
public sealed record ChartChange(string Name, Rgb Color, IReadOnlyList<double> GainedHectares, IReadOnlyList<double> LostHectares);
