using Asm.Analysis.Accuracy.Masks;
using Asm.Maps.Tables;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Tells an assessment from masks to people.</summary>
public static class MaskAssessmentText
{
    /// <summary>Writes all figures as tables of text.</summary>
    public static void Write(TextWriter writer, MaskAssessment result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteLine($"{result.MapName} against {result.ReferenceName}: {TextTable.Count(result.All.Total)} pixels with data in both");
        writer.WriteLine();
        writer.WriteLine("Pixels: rows map, columns reference");
        var matrix = new TextTable();
        int[] codes = [.. Enumerable.Range(1, result.Classes.Count)];
        matrix.Add(["", .. result.Classes.Select(c => c.Name), "map"]);
        foreach (int m in codes)
            matrix.Add([result.Classes[m - 1].Name, .. codes.Select(r => TextTable.Count(result.All[m, r])),
                TextTable.Count(result.All.InMap(m))]);
        matrix.Add(["reference", .. codes.Select(r => TextTable.Count(result.All.InReference(r))), TextTable.Count(result.All.Total)]);
        matrix.Write(writer);
        writer.WriteLine();
        Figures(writer, "All pixels", result, result.All);
        if (result.Interior is null) return;
        writer.WriteLine();
        Figures(writer, $"Without pixels within {result.BoundaryPixels} px of a class border of the "
            + $"reference ({TextTable.Count(result.All.Total - result.Interior.Total)} left out)", result, result.Interior);
    }

    private static void Figures(TextWriter writer, string title, MaskAssessment result, ConfusionMatrix matrix)
    {
        writer.WriteLine($"{title}: overall accuracy {TextTable.Share(matrix.OverallAccuracy)}");
        var table = new TextTable();
        table.Add("", "class accuracy", "user's", "IoU", "F1");
        for (int c = 1; c <= matrix.Classes; c++)
            table.Add(result.Classes[c - 1].Name, TextTable.Share(matrix.ClassAccuracy(c)), TextTable.Share(matrix.UsersAccuracy(c)),
                TextTable.Share(matrix.IntersectionOverUnion(c)), TextTable.Share(matrix.F1(c)));
        table.Add("mean", TextTable.Share(matrix.MeanClassAccuracy), "",
            TextTable.Share(matrix.MeanIntersectionOverUnion), TextTable.Share(matrix.MeanF1));
        table.Write(writer);
    }
}
