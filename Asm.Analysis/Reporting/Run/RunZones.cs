namespace Asm.Analysis.Reporting.Run;

/// <summary>Hectares in zones.</summary>
/// <param name="Table">The zone table, CSV: zone, map, class, hectares and more.</param>
/// <param name="Areas">The zones' vector file, copied into the run's folder.</param>
/// <param name="Layer">Its layer; null for the only one.</param>
/// <param name="IdField">The field that names a zone; null: zones are numbered as in the table.</param>
public sealed record RunZones(string Table, string Areas, string? Layer, string? IdField);
