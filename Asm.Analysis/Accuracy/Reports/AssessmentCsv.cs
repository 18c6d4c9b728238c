using System.Globalization;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Tables;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Writes assessments as CSV, one row a class and one for all; what is not estimable is empty.</summary>
internal static class AssessmentCsv
{
    private const string All = "(all)";

    /// <summary>Writes an assessment from points. Columns that begin with "unweighted" are of the points, the others of the map.</summary>
    public static void Write(Stream stream, PointAssessment result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(result);
        using var csv = new CsvTable(stream, [
            "class", "code", "mapPoints", "referencePoints", "mappedPixels", "mappedHectares", .. Four("accuracy"),
            .. Four("users"), .. Four("producers"), .. Four("areaShare"), .. Four("areaHectares"),
            "unweightedClassAccuracy", "unweightedOmission", "unweightedCommission", "unweightedIou"]);
        for (int i = 0; i < result.Classes.Count; i++)
        {
            AssessedClass one = result.Classes[i];
            csv.Add([
                one.Class.Name, Text(one.Class.Code), Text(one.MapPoints),
                Text(one.ReferencePoints), Text(one.MappedPixels), Text(one.MappedHectares),
                .. Four((Estimate?)null), .. Four(one.Users), .. Four(one.Producers), .. Four(one.AreaShare), .. Four(one.AreaHectares),
                Text(result.Counts.ClassAccuracy(i + 1)), Text(1 - result.Counts.ClassAccuracy(i + 1)),
                Text(1 - result.Counts.UsersAccuracy(i + 1)), Text(result.Counts.IntersectionOverUnion(i + 1))]);
        }
        long pixels = result.Strata.Sum(s => s.Pixels);
        csv.Add([
            All, "", Text(result.Counts.Total), Text(result.Counts.Total), Text(pixels), Text(pixels * result.HectaresPerPixel),
            .. Four(result.Overall), .. Four((Estimate?)null), .. Four((Estimate?)null), .. Four((Estimate?)null), .. Four((Estimate?)null),
            Text(result.Counts.OverallAccuracy), "", "", Text(result.Counts.MeanIntersectionOverUnion)]);
    }

    /// <summary>Writes an assessment from masks; with a border left out each class has a second row.</summary>
    public static void Write(Stream stream, MaskAssessment result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(result);
        using var csv = new CsvTable(stream, ["class", "code", "boundaryPixels", "mappedPixels",
            "referencePixels", "rightPixels", "classAccuracy", "users", "iou", "f1"]);
        Rows(result.All, 0);
        if (result.Interior is { } interior) Rows(interior, result.BoundaryPixels!.Value);

        void Rows(ConfusionMatrix matrix, int boundary)
        {
            for (int c = 1; c <= matrix.Classes; c++)
                csv.Add([
                    result.Classes[c - 1].Name, Text(result.Classes[c - 1].Code), Text(boundary),
                    Text(matrix.InMap(c)), Text(matrix.InReference(c)), Text(matrix[c, c]),
                    Text(matrix.ClassAccuracy(c)), Text(matrix.UsersAccuracy(c)),
                    Text(matrix.IntersectionOverUnion(c)), Text(matrix.F1(c))]);
            csv.Add([
                All, "", Text(boundary), Text(matrix.Total), Text(matrix.Total),
                Text(Enumerable.Range(1, matrix.Classes).Sum(c => matrix[c, c])),
                Text(matrix.MeanClassAccuracy), "", Text(matrix.MeanIntersectionOverUnion), Text(matrix.MeanF1)]);
        }
    }

    private static string[] Four(string name) => [name, $"{name}StandardError", $"{name}Low", $"{name}High"];

    private static string[] Four(Estimate? estimate) =>
        [Text(estimate?.Value), Text(estimate?.StandardError), Text(estimate?.Low), Text(estimate?.High)];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";
}
