using Asm.Inference.Preparation;
using Asm.Raster;

namespace Asm.Training.Datasets.Adapters;

/// <summary>One image that goes into a data set, not yet opened.</summary>
/// <param name="Name">The scene's name, unique.</param>
/// <param name="Source">What it is made from: a path, or a simulation's options.</param>
/// <param name="Open">Opens image and labels, with the threads, servers and cancellation of a run.</param>
internal sealed record SceneInput(string Name, string Source, Func<RunOptions, OpenScene> Open)
{
    /// <summary>
    /// Opens the image alone, so that it is looked at before anything is read; gives null for one too small for that. Null where none is.
    /// </summary>
    public Func<RunOptions, StackSource?>? OpenImage { get; init; }

    /// <summary>The raster of values that the labels are; null where they are polygons, columns or made here.</summary>
    public string? LabelRaster { get; init; }

    /// <summary>A name that scenes of one place share; null where their position alone says what they share.</summary>
    public string? Ground { get; init; }

    /// <summary>True where neighbouring pixels are unrelated.</summary>
    public bool Points { get; init; }

    /// <summary>
    /// True where a scene without a single label is an error, as a stack beside its own polygons; small masks may well be empty.
    /// </summary>
    public bool NeedsLabels { get; init; }
}
