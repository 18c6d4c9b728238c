namespace Asm.Analysis.Reporting.Page;

/// <summary>The polygons of a file.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Hectares">The area of all of them.</param>
/// <param name="Largest">The largest ones, largest first.</param>
internal sealed record PageShapes(int Count, double Hectares, IReadOnlyList<PageShape> Largest);
