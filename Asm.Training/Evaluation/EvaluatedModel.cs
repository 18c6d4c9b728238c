using Asm.Inference.Model;

namespace Asm.Training.Evaluation;

/// <summary>A model that is compared with others.</summary>
/// <param name="Name">What reports call it; unique in an evaluation.</param>
/// <param name="File">The ONNX file.</param>
/// <param name="Description">What the file says of itself.</param>
internal sealed record EvaluatedModel(string Name, string File, ModelDescription Description)
{
    /// <summary>True where a pixel's class follows from this pixel alone.</summary>
    public bool SinglePixel => Description.ReceptiveField is { MarginPixels: 0, AlignmentPixels: 1 };

    /// <summary>True where the model can be run on a tile: a network that looks around cannot be run on points.</summary>
    public bool Runs(LabelledTile tile) => !tile.Points || SinglePixel;
}
