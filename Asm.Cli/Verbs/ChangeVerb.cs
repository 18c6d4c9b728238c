using System.CommandLine;
using Asm.Analysis.Changes;
using Asm.Cli.Options;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm change: class maps of seasons to maps and tables of changes.</summary>
internal static class ChangeVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP")
        {
            Description = "Class maps of one grid in order of time: BEFORE.tif AFTER.tif, or more seasons",
            Arity = new ArgumentArity(2, 10_000),
        });
        Option<string> output = CommonOptions.Output(
            "The change map, with its table beside it; "
            + "of more than two maps DIR/NAME of NAME.1-2.tif, NAME.2-3.tif, ... and NAME.1-N.tif, first to last");
        var settings = new SettingOptions<ChangeStage>(ChangeStage.List, new() { Maps = [], OutputPath = "" });
        var persistence = new Option<bool>("--persistence")
        {
            Description =
                "Also write NAME.persistence.tif: where the class is never, new, persistent, recovered or transient over all seasons",
        };
        Option<string?> chart = CommonOptions.OptionalPath("--chart", "Also draw the gains and losses of every class: .png or .svg");
        Option<string?> areasChart = CommonOptions.OptionalPath("--areas-chart",
            "Also draw the areas of every class by season: .png or .svg");
        Option<bool> overwrite = CommonOptions.Overwrite();
        var masks = new MaskOptions();
        Command verb = CommandLine.Verb(
            "change", "Compares class maps of seasons: a map of changes (10 x class before + class after) and a table of hectares.",
            "asm change 2018.tif 2019.tif -o change.tif --chart change.png",
            "asm change 2016.tif 2017.tif 2018.tif 2019.tif -o changes/ghana --persistence --confirm 2");
        verb.Arguments.Add(maps);
        verb.Add(output);
        settings.AddTo(verb);
        verb.Add(persistence, chart, areasChart, overwrite);
        masks.AddTo(verb);
        verb.Does("450MB", (parsed, reporter, run) =>
        {
            ChangeStage stage = settings.Apply(parsed, new()
            {
                Maps = parsed.GetRequiredValue(maps),
                OutputPath = parsed.GetRequiredValue(output),
                WritePersistence = parsed.GetValue(persistence),
                ChartPath = parsed.GetValue(chart),
                AreasChartPath = parsed.GetValue(areasChart),
                Masks = masks.Of(parsed),
                Overwrite = parsed.GetValue(overwrite),
            });
            ChangeSummary summary = reporter.Run(stage, run);
            MaskOptions.Warn(stage.Masks, summary.Grid, stage.Maps[0], reporter);
            for (int i = 0; i < summary.Pairs.Count; i++) Tell(stage, summary.Pairs[i], summary.Tables[i]);
            if (stage.Maps.Count > 2) TellAreas(summary);
            if (summary.PersistencePixels.Count > 0) TellPersistence(summary);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(ChangeStage stage, SeasonPair pair, IReadOnlyList<ChangeRow> rows)
    {
        Console.WriteLine($"{stage.NameOf(pair)}: {stage.Maps[pair.Before]} to {stage.Maps[pair.After]}");
        foreach (ChangeRow row in rows)
            Console.WriteLine($"  {(row.Code == 0 ? row.From : $"{row.From} to {row.To}"),-28} {row.Code,3} {row.Hectares,16:N2} ha");
    }

    private static void TellAreas(ChangeSummary summary)
    {
        Console.WriteLine("areas of the seasons, ha");
        foreach (IGrouping<int, AreaRow> season in summary.Areas.GroupBy(a => a.Season))
            Console.WriteLine(
                $"  {season.Key} {season.First().Map}: {string.Join(", ", season.Select(a => $"{a.Class} {a.Hectares:N2}"))}");
    }

    private static void TellPersistence(ChangeSummary summary)
    {
        Console.WriteLine("persistence, ha");
        foreach ((string name, int code) in Persistence.Classes.Select(c => (c.Name, c.Code)).Append(("no data", 0)))
            Console.WriteLine($"  {name,-12} {summary.PersistencePixels[code] * summary.HectaresPerPixel,16:N2} ha");
    }
}
