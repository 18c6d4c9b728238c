using Asm.Inference.Prediction;
using Asm.Maps.Stages;
using Asm.Raster.Grids;

namespace Asm.Projects.Runs;

/// <summary>A scene of a project that was opened and found to fit.</summary>
/// <param name="Stage">Its prediction, but for the place of the outputs.</param>
/// <param name="Name">The name of its outputs.</param>
/// <param name="Grid">Its grid.</param>
/// <param name="Files">The files that are read.</param>
/// <param name="HasTrueColour">True where it has B02, B03 and B04.</param>
/// <param name="Need">What its prediction takes.</param>
/// <param name="Taken">When it was taken, and of which tile; null where nothing tells it.</param>
internal sealed record CheckedScene(PredictStage Stage, string Name,
    GeoGrid Grid, IReadOnlyList<string> Files, bool HasTrueColour, StageNeed Need, Acquisition? Taken);
