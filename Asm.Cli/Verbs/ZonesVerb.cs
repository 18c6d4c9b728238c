using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Zones;
using Asm.Maps.Charting;
using Asm.Raster;
using Asm.Raster.Vectors.Coverage;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm zones: hectares of every class in every zone.</summary>
internal static class ZonesVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP") { Description = "Class maps (seasons) and change maps, GeoTIFF; their grids may differ", Arity = ArgumentArity.OneOrMore });
        Option<string> zones = CommonOptions.NotEmpty<string>(new("--zones") { Description = "Polygons of the zones: .gpkg, .geojson or .shp in any CRS", Required = true });
        Option<string?> layer = new("--layer") { Description = "The layer of the zones [default: the only one]" };
        Option<string?> id = new("--id") { Description = "The field that names the zones; rows with one name are one zone [default: each row is a zone, named by its number]" };
        Option<double> adjacent = new("--adjacent") { Description = "Also measure the ring of this many metres around every zone", DefaultValueFactory = _ => 0 };
        adjacent.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double metres) && !(metres > 0 && double.IsFinite(metres)))
                result.AddError($"--adjacent is {metres}; expected: metres, above 0");
        });
        Option<PixelCoverage> coverage = new("--coverage") { Description = "exact: the share of each pixel that lies in the zone; centre: all of a pixel whose centre lies in it", DefaultValueFactory = _ => PixelCoverage.Exact };
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The table: .csv with one row a zone, map and class; .gpkg or .geojson with one feature a zone", Required = true });
        Option<string?> chart = CommonOptions.NotEmpty<string?>(new("--chart") { Description = "Also draw the zones with the most hectares of --chart-class: .png or .svg" });
        var chartClass = new Option<string>("--chart-class") { Description = "What the chart shows: a class, on a change map what is new of it; or a change such as \"vegetation to mines\". Where several maps have it, the last", DefaultValueFactory = _ => "mines" };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("500MB");
        Command verb = CommandLine.Verb("zones", "Measures the hectares of every class and change in every zone, on the map and on the ground, and what was never seen.",
            "asm zones 2019.classes.tif 2022.classes.tif --zones reserves.gpkg --id name -o hectares.csv", "asm zones change.tif --zones districts.shp --id DISTRICT --adjacent 5000 -o hectares.gpkg");
        verb.Arguments.Add(maps);
        foreach (Option option in new Option[] { zones, output, id, layer, adjacent, coverage, chart, chartClass, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            var files = new ZoneFiles
            {
                Maps = parsed.GetRequiredValue(maps),
                Zones = parsed.GetRequiredValue(zones),
                Layer = parsed.GetValue(layer),
                OutputPath = parsed.GetRequiredValue(output),
                Overwrite = parsed.GetValue(overwrite),
                Options = new ZoneOptions { IdField = parsed.GetValue(id), AdjacentMetres = parsed.GetValue(adjacent), Coverage = parsed.GetValue(coverage) },
            };
            var drawn = new ChartOptions { Overwrite = files.Overwrite };
            if (parsed.GetValue(chart) is { } picture) Charts.RequireWritable(picture, drawn);
            ZoneTable table = reporter.Track("zones", progress => files.Run(
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            foreach (string note in table.Notes) reporter.Note($"warning: {note}");
            if (parsed.GetValue(chart) is { } path) ZoneCharts.Write(path, parsed.GetRequiredValue(chartClass), table, drawn);
            Tell(files.OutputPath, table);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string path, ZoneTable table)
    {
        System.Console.WriteLine(FormattableString.Invariant($"{path}: {table.Zones.Features.Count} zones, {table.Rows.Count} rows"));
        foreach (ZoneRow row in table.Rows.Where(row => row.Zone == ZoneRow.AllZones))
            System.Console.WriteLine(FormattableString.Invariant($"  {row.Map,-24} {row.Class,-24} {row.Hectares ?? row.GroundHectares,14:N2} ha in all zones {row.Share,8:P2}"));
    }
}
