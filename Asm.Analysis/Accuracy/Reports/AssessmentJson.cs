using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Writes assessments as JSON; see docs/file-formats.md. What is not estimable is null.</summary>
internal static class AssessmentJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>
    /// Writes an assessment from points: counts, classes, areaShare, overall, perClass, unweighted and what belongs to them.
    /// </summary>
    public static void Write(Stream stream, PointAssessment result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(result);
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("map", Path.GetFileName(result.MapName));
        json.WriteString("points", Path.GetFileName(result.PointsName));
        List(json, "classes", result.Classes, c => json.WriteStringValue(c.Class.Name));
        Matrix(json, "counts", result.Counts);
        List(json, "areaShare", result.AreaShares, row => List(json, null, row, cell => Number(json, cell?.Value)));
        json.WriteNumber("labelled", result.Counts.Total);
        json.WriteNumber("unlabelled", result.Unlabelled);
        json.WriteNumber("cannotTell", result.CannotTell);
        json.WriteNumber("onNoData", result.OnNoData);
        Write(json, "overall", result.Overall);
        List(json, "perClass", result.Classes, one =>
        {
            json.WriteStartObject();
            json.WriteString("class", one.Class.Name);
            json.WriteNumber("code", one.Class.Code);
            json.WriteNumber("mapPoints", one.MapPoints);
            json.WriteNumber("referencePoints", one.ReferencePoints);
            json.WriteNumber("mappedPixels", one.MappedPixels);
            Number(json, "mappedHectares", one.MappedHectares);
            Write(json, "users", one.Users);
            Write(json, "producers", one.Producers);
            Write(json, "commission", one.Users?.Complement());
            Write(json, "omission", one.Producers?.Complement());
            Write(json, "areaShare", one.AreaShare);
            Write(json, "areaHectares", one.AreaHectares);
            json.WriteEndObject();
        });
        List(json, "strata", result.Strata, stratum =>
        {
            json.WriteStartObject();
            json.WriteString("stratum", stratum.Name);
            json.WriteNumber("pixels", stratum.Pixels);
            json.WriteNumber("points", stratum.Points);
            json.WriteEndObject();
        });
        if (result.IsChange)
        {
            List(json, "netChange", result.NetChanges, net =>
            {
                json.WriteStartObject();
                json.WriteString("class", net.Class);
                json.WriteNumber("mappedHectares", net.MappedHectares);
                Write(json, "areaHectares", net.Hectares);
                json.WriteEndObject();
            });
            List(json, "findings", ChangeFinding.Of(result), sentence => json.WriteStringValue(sentence));
        }
        json.WriteStartObject("unweighted");
        Figures(json, result.Counts);
        json.WriteEndObject();
        List(json, "notes", result.Notes, note => json.WriteStringValue(note));
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes an assessment from masks: counts, classes, classAccuracy, meanClassAccuracy, iou, meanIou and what belongs to them.
    /// </summary>
    public static void Write(Stream stream, MaskAssessment result)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(result);
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteString("map", Path.GetFileName(result.MapName));
        json.WriteString("reference", Path.GetFileName(result.ReferenceName));
        List(json, "classes", result.Classes, c => json.WriteStringValue(c.Name));
        Matrix(json, "counts", result.All);
        Figures(json, result.All);
        if (result.Interior is { } interior)
        {
            json.WriteStartObject("withoutBoundary");
            json.WriteNumber("pixels", result.BoundaryPixels!.Value);
            json.WriteNumber("leftOut", result.All.Total - interior.Total);
            Matrix(json, "counts", interior);
            Figures(json, interior);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Figures(Utf8JsonWriter json, ConfusionMatrix matrix)
    {
        int[] codes = [.. Enumerable.Range(1, matrix.Classes)];
        Number(json, "overallAccuracy", matrix.OverallAccuracy);
        List(json, "classAccuracy", codes, c => Number(json, matrix.ClassAccuracy(c)));
        Number(json, "meanClassAccuracy", matrix.MeanClassAccuracy);
        List(json, "omission", codes, c => Number(json, 1 - matrix.ClassAccuracy(c)));
        List(json, "commission", codes, c => Number(json, 1 - matrix.UsersAccuracy(c)));
        List(json, "iou", codes, c => Number(json, matrix.IntersectionOverUnion(c)));
        Number(json, "meanIou", matrix.MeanIntersectionOverUnion);
        List(json, "f1", codes, c => Number(json, matrix.F1(c)));
        Number(json, "meanF1", matrix.MeanF1);
    }

    private static void Matrix(Utf8JsonWriter json, string name, ConfusionMatrix matrix)
    {
        int[] codes = [.. Enumerable.Range(1, matrix.Classes)];
        List(json, name, codes, m => List(json, null, codes, r => json.WriteNumberValue(matrix[m, r])));
    }

    private static void Write(Utf8JsonWriter json, string name, Estimate? estimate)
    {
        if (estimate is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("estimate", estimate.Value);
        Number(json, "standardError", estimate.StandardError);
        Number(json, "low", estimate.Low);
        Number(json, "high", estimate.High);
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<T> write)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (T item in items) write(item);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    private static void Number(Utf8JsonWriter json, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteNullValue();
    }
}
