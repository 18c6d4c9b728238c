using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Analysis.Accuracy;
using Asm.Maps.Stages;

namespace Asm.Training.Evaluation;

/// <summary>Writes all figures at full precision. Neither times nor paths are in it: the same evaluation gives the same bytes.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file.</summary>
    public static void Write(string path, EvaluationResult result) => File.WriteAllText(path, JsonSerializer.Serialize(new
    {
        Format = 1,
        ToolVersion = Provenance.ToolVersion,
        result.Options,
        Classes = result.Classes.Names.Select((name, i) => new { Name = name, Color = result.Classes.Colors[i + 1].ToString() }),
        Target = result.Classes.Names[result.Target - 1],
        Models = result.Models.Select(m => new
        {
            m.Name,
            File = m.Description.Name,
            m.Description.Sha256,
            m.Description.Bands,
            Classes = m.Description.Classes.Select(c => c.Name)
        }),
        result.Inputs,
        Tiles = result.Tiles.Select((t, i) =>
            new { t.Name, t.Group, LabelledPixels = result.Labelled[i], Results = Results(result, m => OfTile(result[i, m])) }),
        Groups = result.Groups.Select(g => new
        {
            g.Name,
            Tiles = g.Tiles.Select(t => result.Tiles[t].Name),
            Results = Results(result, m => g.Ran(result, m).Any() ? OfGroup(result, g, m) : null),
        }),
    }, Json) + "\n");

    private static Dictionary<string, object?> Results(EvaluationResult result, Func<int, object?> of) =>
        Enumerable.Range(0, result.Models.Count).ToDictionary(m => result.Models[m].Name, of);

    private static object? OfTile(TileResult? tile) =>
        tile is null ? null : new { tile.LeftOut, Figures = Of(tile.Figures), Confusion = Counts(tile.Matrix) };

    private static object OfGroup(EvaluationResult result, TileGroup group, int model)
    {
        ConfusionMatrix pooled = group.Pooled(result, model), chips = group.Chips(result, model);
        return new
        {
            Average = Of(group.Average(result, model)),
            AllPixels = new
            {
                LeftOut = group.Ran(result, model).Sum(t => t.LeftOut),
                Figures = Of(Figures.Of(pooled)),
                Confusion = Counts(pooled)
            },
            WholeTiles = result.PerChip ? new { Figures = Of(Figures.Of(chips)), Confusion = Counts(chips) } : null,
        };
    }

    private static object Of(Figures figures) => new
    {
        MeanClassAccuracy = Finite(figures.MeanClassAccuracy),
        MeanIoU = Finite(figures.MeanIntersectionOverUnion),
        OverallAccuracy = Finite(figures.OverallAccuracy),
        ClassAccuracy = figures.ClassAccuracy.Select(Finite),
        UsersAccuracy = figures.UsersAccuracy.Select(Finite),
        IoU = figures.IntersectionOverUnion.Select(Finite),
    };

    // Rows are labels, columns the map.
    private static IEnumerable<long[]> Counts(ConfusionMatrix matrix) =>
        Enumerable.Range(1, matrix.Classes)
            .Select(reference => Enumerable.Range(1, matrix.Classes).Select(map => matrix[map, reference]).ToArray());

    private static double? Finite(double figure) => double.IsFinite(figure) ? figure : null;
}
