namespace Asm.Analysis.Accuracy.Labelling;

/// <summary>A point that a person shall label.</summary>
/// <param name="Id">Its identifier, unlike all others of the page.</param>
/// <param name="X">Easting or longitude as the table of points has it.</param>
/// <param name="Y">Northing or latitude as the table of points has it.</param>
/// <param name="Class">The map's class: goes into the table of labels, is never shown.</param>
/// <param name="Reference">A label that the point has already, or empty.</param>
/// <param name="Pictures">One PNG a view of the page, or none.</param>
internal sealed record LabellingPoint(string Id, string X, string Y, string Class, string Reference, IReadOnlyList<byte[]> Pictures);
