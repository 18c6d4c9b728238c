using Asm.Analysis.Accuracy;

namespace Asm.Training.Evaluation;

/// <summary>
/// The figures of a confusion matrix, or their mean over tiles, 0 to 1. NaN where a class occurs on neither side, and where
/// there is nothing to count.
/// </summary>
/// <param name="ClassAccuracy">TP / (TP + FN) by class.</param>
/// <param name="UsersAccuracy">TP / (TP + FP) by class.</param>
/// <param name="IntersectionOverUnion">TP / (TP + FP + FN) by class.</param>
/// <param name="MeanClassAccuracy">Mean over the classes with a figure.</param>
/// <param name="MeanIntersectionOverUnion">Mean over the classes with a figure.</param>
/// <param name="OverallAccuracy">Share of the pixels that are right.</param>
internal sealed record Figures(
    double[] ClassAccuracy, double[] UsersAccuracy, double[] IntersectionOverUnion,
    double MeanClassAccuracy, double MeanIntersectionOverUnion, double OverallAccuracy)
{
    /// <summary>The figures of a matrix.</summary>
    public static Figures Of(ConfusionMatrix matrix)
    {
        int[] codes = [.. Enumerable.Range(1, matrix.Classes)];
        return new([.. codes.Select(matrix.ClassAccuracy)],
            [.. codes.Select(matrix.UsersAccuracy)], [.. codes.Select(matrix.IntersectionOverUnion)],
            matrix.MeanClassAccuracy, matrix.MeanIntersectionOverUnion, matrix.OverallAccuracy);
    }

    /// <summary>
    /// The unweighted mean of each figure over the tiles that have it, as the "average" rows of the paper's tables 1 and 2.
    /// </summary>
    public static Figures Average(IReadOnlyList<Figures> tiles)
    {
        double Mean(Func<Figures, double> figure) => tiles.Select(figure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        double[] Means(Func<Figures, double[]> figures) =>
            tiles.Count == 0 ? [] : [.. Enumerable.Range(0, figures(tiles[0]).Length).Select(c => Mean(t => figures(t)[c]))];
        return new(Means(t => t.ClassAccuracy), Means(t => t.UsersAccuracy), Means(t => t.IntersectionOverUnion),
            Mean(t => t.MeanClassAccuracy), Mean(t => t.MeanIntersectionOverUnion), Mean(t => t.OverallAccuracy));
    }
}
