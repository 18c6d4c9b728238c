using Asm.Analysis.Accuracy;

namespace Asm.Training.Evaluation;

/// <summary>What a model made of a tile.</summary>
/// <param name="Matrix">Counts of the labelled pixels that the model's map has data at.</param>
/// <param name="LeftOut">Labelled pixels that the map has no data at: no data in the stack, or cloud.</param>
internal sealed record TileResult(ConfusionMatrix Matrix, long LeftOut)
{
    /// <summary>The figures of the matrix.</summary>
    public Figures Figures { get; } = Figures.Of(Matrix);
}
