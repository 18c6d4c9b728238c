namespace Asm.Analysis.Changes;

/// <summary>The area of a class in a season.</summary>
/// <param name="Season">The season, from 1.</param>
/// <param name="Map">The map's name.</param>
/// <param name="Class">The class; "no data" for code 0.</param>
/// <param name="Code">The class's code.</param>
/// <param name="Pixels">Pixels of the class.</param>
/// <param name="Hectares">Their nominal area, as in <see cref="ChangeRow"/>.</param>
public sealed record AreaRow(int Season, string Map, string Class, int Code, long Pixels, double Hectares);
