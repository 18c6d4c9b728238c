using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Zones;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm zones: hectares of every class in every zone.</summary>
internal static class ZonesVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP")
        {
            Description = "Class maps (seasons) and change maps, GeoTIFF; their grids may differ",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> zones = CommonOptions.NotEmpty<string>(new("--zones")
        {
            Description = "Polygons of the zones: .gpkg, .geojson or .shp in any CRS",
            Required = true,
        });
        Option<string> output = CommonOptions.Output(
            "The table: .csv with one row a zone, map and class; .gpkg or .geojson with one feature a zone");
        var defaults = new ZonesStage { Maps = [], Zones = "", OutputPath = "" };
        var settings = new SettingOptions<ZonesStage>(ZonesStage.List, defaults);
        Option<string?> chart = CommonOptions.OptionalPath("--chart",
            "Also draw the zones with the most hectares of --chart-class: .png or .svg");
        var chartClass = new Option<string>("--chart-class")
        {
            Description = "What the chart shows: a class, on a change map what is new of it; or a change such as "
                + "\"vegetation to mines\". Where several maps have it, the last",
            DefaultValueFactory = _ => defaults.ChartClass,
        };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb(
            "zones",
            "Measures the hectares of every class and change in every zone, on the map and on the ground, and what was never seen.",
            "asm zones 2019.classes.tif 2022.classes.tif --zones reserves.gpkg --id name -o hectares.csv",
            "asm zones change.tif --zones districts.shp --id DISTRICT --adjacent 5000 -o hectares.gpkg");
        verb.Arguments.Add(maps);
        verb.Add(zones, output);
        settings.AddTo(verb);
        verb.Add(chart, chartClass, overwrite);
        verb.Does("500MB", (parsed, reporter, run) =>
        {
            ZonesStage stage = settings.Apply(parsed, new()
            {
                Maps = parsed.GetRequiredValue(maps),
                Zones = parsed.GetRequiredValue(zones),
                OutputPath = parsed.GetRequiredValue(output),
                ChartPath = parsed.GetValue(chart),
                ChartClass = parsed.GetRequiredValue(chartClass),
                Overwrite = parsed.GetValue(overwrite),
            });
            ZoneTable table = reporter.Run(stage, run);
            foreach (string note in table.Notes) reporter.Note($"warning: {note}");
            Tell(stage.OutputPath, table);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string path, ZoneTable table)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {table.Zones.Features.Count} zones, {table.Rows.Count} rows"));
        foreach (ZoneRow row in table.Rows.Where(row => row.Zone == ZoneRow.AllZones))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {row.Map,-24} {row.Class,-24} {row.Hectares ?? row.GroundHectares,14:N2} ha in all zones {row.Share,8:P2}"));
    }
}
