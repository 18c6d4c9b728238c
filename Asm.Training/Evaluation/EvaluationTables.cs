using Asm.Analysis.Accuracy;

namespace Asm.Training.Evaluation;

/// <summary>The tables of an evaluation, in the form of tables 1 and 2 of Gallwey et al. 2020: tiles down, models across.</summary>
internal static class EvaluationTables
{
    /// <summary>All tables, the one of models against tiles first.</summary>
    public static IReadOnlyList<ReportTable> Of(EvaluationResult result)
    {
        string target = result.Classes.Names[result.Target - 1];
        var tables = new List<ReportTable>
        {
            Against(result, "Models against tiles",
                ("mean class accuracy", f => f.MeanClassAccuracy), ($"{target} accuracy", f => f.ClassAccuracy[result.Target - 1]),
                ("mean IoU", f => f.MeanIntersectionOverUnion), ($"{target} IoU", f => f.IntersectionOverUnion[result.Target - 1])),
            Against(result, "Class accuracy",
                [.. result.Classes.Names.Select((n, c) => (n, (Func<Figures, double>)(f => f.ClassAccuracy[c])))]),
            Against(result, "IoU",
                [.. result.Classes.Names.Select((n, c) => (n, (Func<Figures, double>)(f => f.IntersectionOverUnion[c])))]),
        };
        foreach (TileGroup group in result.Groups)
            for (int model = 0; model < result.Models.Count; model++)
                if (group.Ran(result, model).Any()) tables.Add(Confusion(result, group, model));
        if (result.PerChip) tables.Add(Chips(result));
        if (LeftOut(result) is { } leftOut) tables.Add(leftOut);
        return tables;
    }

    private static ReportTable Against(EvaluationResult result, string title, params (string Name, Func<Figures, double> Of)[] figures)
    {
        var table = new ReportTable(title,
            [("", "tile"), ("labelled", "pixels"), .. figures.SelectMany(f => result.Models.Select(m => (f.Name, m.Name)))]);
        foreach (TileGroup group in result.Groups)
        {
            table.AddHeading(group.Name);
            if (group.Listed)
                foreach (int tile in group.Tiles)
                    Add($"  {result.Tiles[tile].Name}", result.Labelled[tile].Sum(), m => result[tile, m]?.Figures);
            if (group.Listed && group.Tiles.Count > 1) Add("  average", null, m => group.Average(result, m));
            if (group.Tiles.Count > 1)
                Add(group.Listed ? "  all pixels" : $"  all pixels of {group.Tiles.Count} tiles",
                    group.Tiles.Sum(t => result.Labelled[t].Sum()), m => Figures.Of(group.Pooled(result, m)));
        }

        return table;

        void Add(string name, long? pixels, Func<int, Figures?> of)
        {
            Figures?[] models = [.. Enumerable.Range(0, result.Models.Count).Select(of)];
            double[][] values = [.. figures.Select(f =>
                models.Select(m => m is { ClassAccuracy.Length: > 0 } ? f.Of(m) : double.NaN).ToArray())];
            bool[] best = [false, false,
                .. values.SelectMany(v => v.Select(x => v.Length > 1 && x == v.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max()))];
            table.AddRow([name, pixels is { } n ? $"{n:N0}" : "", .. values.SelectMany(v => v).Select(Show)], best);
        }
    }

    private static ReportTable Confusion(EvaluationResult result, TileGroup group, int model)
    {
        ConfusionMatrix matrix = group.Pooled(result, model);
        int[] codes = [.. Enumerable.Range(1, matrix.Classes)];
        var table = new ReportTable($"Pixels by class, {result.Models[model].Name} on {group.Name}",
            [("", "label"), .. result.Classes.Names.Select(n => ("mapped as", n))]);
        foreach (int reference in codes)
            table.AddRow([result.Classes.Names[reference - 1], .. codes.Select(map => $"{matrix[map, reference]:N0}")]);
        return table;
    }

    private static ReportTable Chips(EvaluationResult result)
    {
        var table = new ReportTable("Whole tiles: the class that most labelled pixels are mapped as, against their label",
            [("", "model"), ("", "tiles"), ("", "right"), ("", "accuracy"),
                ("", "mean class accuracy"), .. result.Classes.Names.Select(n => ("", n))]);
        foreach (TileGroup group in result.Groups)
        {
            table.AddHeading(group.Name);
            for (int model = 0; model < result.Models.Count; model++)
            {
                ConfusionMatrix chips = group.Chips(result, model);
                var figures = Figures.Of(chips);
                long right = Enumerable.Range(1, chips.Classes).Sum(c => chips[c, c]);
                table.AddRow([$"  {result.Models[model].Name}", $"{chips.Total:N0}", $"{right:N0}",
                    Show(figures.OverallAccuracy), Show(figures.MeanClassAccuracy), .. figures.ClassAccuracy.Select(Show)]);
            }
        }

        return table;
    }

    private static ReportTable? LeftOut(EvaluationResult result)
    {
        var table = new ReportTable("Labelled pixels left out, for the map has no data there (no data in the stack, or cloud)",
            [("", "tile"), .. result.Models.Select(m => ("", m.Name))]);
        bool any = false;
        foreach (TileGroup group in result.Groups)
        {
            long[] sums = [.. Enumerable.Range(0, result.Models.Count).Select(m => group.Ran(result, m).Sum(t => t.LeftOut))];
            if (sums.Sum() == 0) continue;
            any = true;
            if (group.Listed)
                foreach (int tile in group.Tiles.Where(t => Enumerable.Range(0, sums.Length).Any(m => result[t, m] is { LeftOut: > 0 })))
                    table.AddRow([result.Tiles[tile].Name,
                        .. Enumerable.Range(0, sums.Length).Select(m => result[tile, m] is { } r ? $"{r.LeftOut:N0}" : "-")]);
            else table.AddRow([group.Name, .. sums.Select(s => $"{s:N0}")]);
        }

        return any ? table : null;
    }

    private static string Show(double figure) => double.IsFinite(figure) ? $"{figure:0.000}" : "-";
}
