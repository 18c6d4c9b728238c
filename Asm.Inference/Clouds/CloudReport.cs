using Asm.Maps.Classes;

namespace Asm.Inference.Clouds;

/// <summary>
/// How many pixels of a scene each cloud rule would remove, and what the model calls them: whether a mask deletes the
/// mines that are looked for.
/// </summary>
/// <param name="Reflectance">The threshold of the three-band rule that was counted with.</param>
/// <param name="Classes">The model's classes.</param>
/// <param name="Rows">First all pixels with data, then the rules, last what the run removed.</param>
public sealed record CloudReport(double Reflectance, IReadOnlyList<MapClass> Classes, IReadOnlyList<CloudReportRow> Rows);
