namespace Asm.Analysis.Changes;

/// <summary>A row of a from-to table.</summary>
/// <param name="From">The class before; "no data" for code 0.</param>
/// <param name="To">The class after; "no data" for code 0.</param>
/// <param name="Code">10 x before + after, 0 where either is no data.</param>
/// <param name="Pixels">Pixels of the code.</param>
/// <param name="Hectares">Their nominal area: pixels times the area of a pixel in the plane of the map's projection.</param>
public sealed record ChangeRow(string From, string To, int Code, long Pixels, double Hectares);
