using System.CommandLine;
using Asm.Analysis.Changes;
using Asm.Cli.Options;
using Asm.Maps.Charting;
using Asm.Raster;
using Asm.Raster.Vectors.Masking;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm change: class maps of seasons to maps and tables of changes.</summary>
internal static class ChangeVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP") { Description = "Class maps of one grid in order of time: BEFORE.tif AFTER.tif, or more seasons", Arity = new ArgumentArity(2, 10_000) });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The change map, with its table beside it; of more than two maps DIR/NAME of NAME.1-2.tif, NAME.2-3.tif, ... and NAME.1-N.tif, first to last", Required = true });
        var followed = new Option<string?>("--class") { Description = "The class that stands out, by name or code [default: mines, or the first class]" };
        var persistence = new Option<bool>("--persistence") { Description = "Also write NAME.persistence.tif: where the class is never, new, persistent, recovered or transient over all seasons" };
        Option<int> confirm = CommonOptions.Within(1, 1000, new("--confirm") { Description = "Seasons at the end that must agree before the persistence map calls a pixel new or recovered", DefaultValueFactory = _ => 1 });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("450MB");
        var masks = new MaskOptions();
        Option<string?> chart = CommonOptions.NotEmpty<string?>(new("--chart") { Description = "Also draw the gains and losses of every class: .png or .svg" });
        Option<string?> areasChart = CommonOptions.NotEmpty<string?>(new("--areas-chart") { Description = "Also draw the areas of every class by season: .png or .svg" });
        Command verb = CommandLine.Verb("change", "Compares class maps of seasons: a map of changes (10 x class before + class after) and a table of hectares.",
            "asm change 2018.tif 2019.tif -o change.tif --chart change.png", "asm change 2016.tif 2017.tif 2018.tif 2019.tif -o changes/ghana --persistence --confirm 2");
        verb.Arguments.Add(maps);
        foreach (Option option in new Option[] { output, followed, persistence, confirm, chart, areasChart, overwrite, threads, memory }) verb.Options.Add(option);
        masks.AddTo(verb);
        verb.Does((parsed, reporter, cancellation) =>
        {
            IReadOnlyList<PolygonMask> left = masks.Of(parsed);
            var files = new ChangeFiles
            {
                OutputPath = parsed.GetRequiredValue(output),
                Options = new() { ClassName = parsed.GetValue(followed), ConfirmingSeasons = parsed.GetValue(confirm) },
                WritePersistence = parsed.GetValue(persistence),
                Masks = left,
                Overwrite = parsed.GetValue(overwrite),
            };
            var drawn = new ChartOptions { Overwrite = parsed.GetValue(overwrite) };
            foreach (string picture in new[] { parsed.GetValue(chart), parsed.GetValue(areasChart) }.OfType<string>()) Charts.RequireWritable(picture, drawn);
            string[] inputs = parsed.GetRequiredValue(maps);
            ChangeSummary summary = reporter.Track("change", progress => files.Run(inputs,
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            MaskOptions.Warn(left, summary.Grid, inputs[0], reporter);
            if (parsed.GetValue(chart) is { } changes) ChangeCharts.WriteChanges(changes, summary, drawn);
            if (parsed.GetValue(areasChart) is { } areas) ChangeCharts.WriteAreas(areas, summary, drawn);
            for (int i = 0; i < summary.Pairs.Count; i++) Tell(files.NameOf(summary.Pairs[i], inputs.Length), inputs, summary.Pairs[i], summary.Tables[i]);
            if (inputs.Length > 2) TellAreas(summary);
            if (summary.PersistencePixels.Count > 0) TellPersistence(summary);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string name, string[] inputs, SeasonPair pair, IReadOnlyList<ChangeRow> rows)
    {
        System.Console.WriteLine($"{name}: {inputs[pair.Before]} to {inputs[pair.After]}");
        foreach (ChangeRow row in rows) System.Console.WriteLine($"  {(row.Code == 0 ? row.From : $"{row.From} to {row.To}"),-28} {row.Code,3} {row.Hectares,16:N2} ha");
    }

    private static void TellAreas(ChangeSummary summary)
    {
        System.Console.WriteLine("areas of the seasons, ha");
        foreach (IGrouping<int, AreaRow> season in summary.Areas.GroupBy(a => a.Season))
            System.Console.WriteLine($"  {season.Key} {season.First().Map}: {string.Join(", ", season.Select(a => $"{a.Class} {a.Hectares:N2}"))}");
    }

    private static void TellPersistence(ChangeSummary summary)
    {
        System.Console.WriteLine("persistence, ha");
        foreach ((string name, int code) in Persistence.Classes.Select(c => (c.Name, c.Code)).Append(("no data", 0)))
            System.Console.WriteLine($"  {name,-12} {summary.PersistencePixels[code] * summary.HectaresPerPixel,16:N2} ha");
    }
}
