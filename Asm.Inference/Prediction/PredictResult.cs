using Asm.Raster.Grids;

namespace Asm.Inference.Prediction;

/// <summary>What a prediction was.</summary>
/// <param name="Grid">The grid of the outputs.</param>
/// <param name="Notices">What a person has to know of the scene, in whole sentences; none where it was open already.</param>
/// <param name="Summary">What the prediction adds up to.</param>
public sealed record PredictResult(GeoGrid Grid, IReadOnlyList<string> Notices, PredictionSummary Summary);
