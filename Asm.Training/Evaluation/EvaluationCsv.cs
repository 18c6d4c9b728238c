using System.Globalization;
using Asm.Analysis.Accuracy;
using Asm.Maps.Tables;

namespace Asm.Training.Evaluation;

/// <summary>
/// Writes a row for each tile, model and class, and rows of all classes, of the tiles' average and of all pixels of a group.
/// </summary>
internal static class EvaluationCsv
{
    /// <summary>The class of rows that stand for all classes: their accuracies and IoU are means over the classes.</summary>
    public const string AllClasses = "(all)";

    /// <summary>Writes the file.</summary>
    public static void Write(string path, EvaluationResult result)
    {
        using FileStream file = File.Create(path);
        using var csv = new CsvTable(file, ["group", "row", "tile", "model", "class", "labelled_pixels", "mapped_pixels",
            "right_pixels", "left_out_pixels", "class_accuracy", "users_accuracy", "iou"]);
        foreach (TileGroup group in result.Groups)
            for (int model = 0; model < result.Models.Count; model++)
            {
                TileResult[] ran = [.. group.Ran(result, model)];
                if (ran.Length == 0) continue;
                foreach (int tile in group.Tiles)
                    if (result[tile, model] is { } one) Rows("tile", result.Tiles[tile].Name, one.Figures, one.Matrix, one.LeftOut);
                Rows("average", "", group.Average(result, model), null, null);
                ConfusionMatrix pooled = group.Pooled(result, model);
                Rows("all pixels", "", Figures.Of(pooled), pooled, ran.Sum(t => t.LeftOut));

                void Rows(string row, string tile, Figures figures, ConfusionMatrix? matrix, long? leftOut)
                {
                    int[] codes = [.. Enumerable.Range(1, result.Classes.Names.Count)];
                    foreach (int c in codes)
                        Row(row, tile, result.Classes.Names[c - 1], matrix is null ? null : codes.Sum(m => matrix[m, c]),
                            matrix is null ? null : codes.Sum(r => matrix[c, r]), matrix?[c, c], null,
                            figures.ClassAccuracy[c - 1], figures.UsersAccuracy[c - 1], figures.IntersectionOverUnion[c - 1]);
                    Row(row, tile, AllClasses, matrix?.Total, matrix?.Total, matrix is null ? null : codes.Sum(c => matrix[c, c]), leftOut,
                        figures.MeanClassAccuracy, figures.UsersAccuracy.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
                        figures.MeanIntersectionOverUnion);
                }

                void Row(string row, string tile, string name, long? labelled, long? mapped,
                    long? right, long? leftOut, double accuracy, double users, double iou)
                {
                    csv.Add([group.Name, row, tile, result.Models[model].Name, name, Text(labelled),
                        Text(mapped), Text(right), Text(leftOut), Text(accuracy), Text(users), Text(iou)]);
                }
            }
    }

    private static string Text(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(double figure) => double.IsFinite(figure) ? figure.ToString("R", CultureInfo.InvariantCulture) : "";
}
