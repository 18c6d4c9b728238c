using Asm.Raster.Projections;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>One point of a sample: a pixel that a person looks at.</summary>
/// <param name="Row">
/// Where it stands in its file, for messages: the row of a spreadsheet, whose header is row 1; of a vector file the feature.
/// </param>
/// <param name="Id">What the person knows it by; no other point has it.</param>
/// <param name="Position">Where it is; of a drawn point the centre of its pixel.</param>
/// <param name="Stratum">
/// The map's class there, from which it was drawn: a name or code, or <see cref="PointsFile.AllStrata"/> in a simple random sample.
/// </param>
/// <param name="Reference">What the person saw, a name or code; empty where nobody has looked yet.</param>
public sealed record SamplePoint(long Row, string Id, MapPoint Position, string Stratum, string Reference = "");
