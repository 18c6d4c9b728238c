namespace Asm.Analysis.Reporting.Run;

/// <summary>A class of the maps.</summary>
/// <param name="Code">Its code, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour, "#rrggbb".</param>
public sealed record RunClass(int Code, string Name, string Color);
