using System.Globalization;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Tables;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Tells an assessment from points to people.</summary>
public static class PointAssessmentText
{
    /// <summary>Writes all figures as tables of text.</summary>
    public static void Write(TextWriter writer, PointAssessment result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteLine($"{result.MapName} assessed with {TextTable.Count(result.Counts.Total)} points of {result.PointsName}");
        string left = string.Join(", ", new[] { (result.Unlabelled, "not yet labelled"), (result.CannotTell, "cannot tell"),
            (result.OnNoData, "on no data of the map") }.Where(p => p.Item1 > 0).Select(p => $"{p.Item1} {p.Item2}"));
        if (left.Length > 0) writer.WriteLine($"  not counted: {left}");
        writer.WriteLine();
        writer.WriteLine("Points: rows map, columns reference");
        Matrix(result, (m, r) => TextTable.Count(result.Counts[m + 1, r + 1]), m => TextTable.Count(result.Classes[m].MapPoints))
            .Write(writer);
        writer.WriteLine();
        writer.WriteLine("Shares of the area: rows map, columns reference");
        Matrix(result, (m, r) => result.AreaShares[m][r] is { } share ? share.Value.ToString("0.0000", CultureInfo.InvariantCulture) : "-",
            m => ((double)result.Classes[m].MappedPixels / result.Strata.Sum(s => s.Pixels)).ToString("0.0000",
                CultureInfo.InvariantCulture)).Write(writer);
        writer.WriteLine();
        writer.WriteLine("Accuracy weighted by area, "
            + $"+- half of the 95 % interval ({(result.HasOtherStrata ? "Stehman 2014" : "Olofsson et al. 2014")})");
        writer.WriteLine($"  overall {EstimateText.Share(result.Overall)}");
        var accuracies = new TextTable();
        accuracies.Add("", "user's", "producer's", "commission", "omission");
        foreach (AssessedClass one in result.Classes)
            accuracies.Add(one.Class.Name, EstimateText.Share(one.Users), EstimateText.Share(one.Producers),
                TextTable.Share(1 - one.Users?.Value), TextTable.Share(1 - one.Producers?.Value));
        accuracies.Write(writer);
        writer.WriteLine();
        writer.WriteLine(
            $"Area{(result.HectaresPerPixel is null ? " as share of all pixels" : " in hectares")}, +- half of the 95 % interval");
        Areas(result).Write(writer);
        foreach (string sentence in ChangeFinding.Of(result)) writer.WriteLine($"  {sentence}");
        writer.WriteLine();
        Unweighted(writer, result);
        foreach (string note in result.Notes) writer.WriteLine($"note: {note}");
    }

    private static TextTable Matrix(PointAssessment result, Func<int, int, string> cell, Func<int, string> total)
    {
        var table = new TextTable();
        int[] all = [.. Enumerable.Range(0, result.Classes.Count)];
        table.Add(["", .. result.Classes.Select(c => c.Class.Name), "map"]);
        foreach (int m in all) table.Add([result.Classes[m].Class.Name, .. all.Select(r => cell(m, r)), total(m)]);
        return table;
    }

    private static TextTable Areas(PointAssessment result)
    {
        var table = new TextTable();
        table.Add("", "mapped", "estimated", "interval");
        double pixels = result.Strata.Sum(s => s.Pixels);
        foreach (AssessedClass one in result.Classes)
            if (result.HectaresPerPixel is null)
                table.Add(one.Class.Name, TextTable.Share(one.MappedPixels / pixels),
                    EstimateText.Share(one.AreaShare), Interval(one.AreaShare, TextTable.Share));
            else
                table.Add(one.Class.Name, TextTable.Hectares(one.MappedHectares),
                    EstimateText.Hectares(one.AreaHectares), Interval(one.AreaHectares, TextTable.Hectares));
        foreach (NetChange net in result.NetChanges)
            table.Add($"net change of {net.Class}", TextTable.Hectares(net.MappedHectares),
                EstimateText.Hectares(net.Hectares), Interval(net.Hectares, TextTable.Hectares));
        return table;
    }

    private static string Interval(Estimate? estimate, Func<double?, string> text) =>
        estimate?.StandardError is null ? "" : $"{text(estimate.Low)} to {text(estimate.High)}";

    private static void Unweighted(TextWriter writer, PointAssessment result)
    {
        ConfusionMatrix counts = result.Counts;
        writer.WriteLine("Unweighted figures, as in Gallwey et al. 2020, table 3: of the points, not of the map; "
            + "where classes were sampled unequally they say little about the map");
        writer.WriteLine($"  overall {TextTable.Share(counts.OverallAccuracy)}, mean class "
            + $"accuracy {TextTable.Share(counts.MeanClassAccuracy)}, mean IoU {TextTable.Share(counts.MeanIntersectionOverUnion)}");
        var table = new TextTable();
        table.Add("", "class accuracy", "omission", "commission", "IoU");
        for (int c = 1; c <= counts.Classes; c++)
            table.Add(result.Classes[c - 1].Class.Name, TextTable.Share(counts.ClassAccuracy(c)),
                TextTable.Share(1 - counts.ClassAccuracy(c)), TextTable.Share(1 - counts.UsersAccuracy(c)),
                TextTable.Share(counts.IntersectionOverUnion(c)));
        table.Write(writer);
    }
}
