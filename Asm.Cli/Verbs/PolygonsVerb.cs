using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Polygons;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm polygons: a class or change map to polygons.</summary>
internal static class PolygonsVerb
{
    private const string All = "all";

    public static Command Create()
    {
        Argument<string> map = CommonOptions.Paths<string>(new("MAP") { Description = "A class map or a change map" });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The polygons to write: .gpkg, .geojson or .shp", Required = true });
        var classes = new Option<string[]>("--class") { Description = "Classes, or changes such as \"vegetation to mines\", that become polygons; on a change map a class means what is new of it [default: all]", AllowMultipleArgumentsPerToken = true };
        var minArea = new Option<double>("--min-area") { Description = "Regions smaller than this, in hectares, are left out" };
        minArea.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && !(value >= 0 && double.IsFinite(value)))
                result.AddError($"--min-area is {result.Tokens[0].Value}; expected: hectares, 0 or more");
        });
        var connect = new Option<int>("--connect") { Description = "4: pixels that share a side belong together; 8: also those that share a corner", DefaultValueFactory = _ => 4 };
        connect.AcceptOnlyFromAmong("4", "8");
        Option<string?> confidence = CommonOptions.NotEmpty<string?>(new("--confidence") { Description = "A NAME.confidence.tif on the map's grid: its mean over each region is written" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("400MB");
        Command verb = CommandLine.Verb("polygons", "Turns the regions of a class or change map into polygons with class, code, hectares and pixels.",
            "asm polygons season1.classes.tif -o mines.gpkg --class mines --min-area 0.5", "asm polygons change.tif -o new-mines.geojson --class mines");
        verb.Arguments.Add(map);
        foreach (Option option in new Option[] { output, classes, minArea, connect, confidence, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string[] words = parsed.GetValue(classes) ?? [];
            var files = new PolygonFiles
            {
                OutputPath = parsed.GetRequiredValue(output),
                Classes = words.Contains(All, StringComparer.OrdinalIgnoreCase) ? [] : words,
                ConfidencePath = parsed.GetValue(confidence),
                Options = new() { MinAreaHectares = parsed.GetValue(minArea), Connectivity = parsed.GetValue(connect) == 8 ? Connectivity.Eight : Connectivity.Four },
                Overwrite = parsed.GetValue(overwrite),
            };
            PolygonSummary summary = reporter.Track("polygons", progress => files.Run(parsed.GetRequiredValue(map),
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            System.Console.WriteLine(FormattableString.Invariant($"{files.OutputPath}: {summary.Regions:N0} polygons of {summary.Pixels:N0} pixels, {summary.Hectares:N2} ha"));
            if (summary.DroppedRegions > 0) System.Console.WriteLine(FormattableString.Invariant($"  {summary.DroppedRegions:N0} regions of {summary.DroppedPixels:N0} pixels are smaller and left out"));
            return CommandLine.Done;
        });
        return verb;
    }
}
