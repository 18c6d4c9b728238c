using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Polygons;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm polygons: a class or change map to polygons.</summary>
internal static class PolygonsVerb
{
    private const string All = "all";

    public static Command Create()
    {
        Argument<string> map = CommonOptions.Paths<string>(new("MAP") { Description = "A class map or a change map" });
        Option<string> output = CommonOptions.Output("The polygons to write: .gpkg, .geojson or .shp");
        // Several, each in words of its own: names of changes have spaces.
        var classes = new Option<string[]>("--class")
        {
            Description = "Classes, or changes such as "
                + "\"vegetation to mines\", that become polygons; on a change map a class means what is new of it [default: all]",
            AllowMultipleArgumentsPerToken = true,
        };
        var settings = new SettingOptions<PolygonsStage>(PolygonsStage.List, new() { Map = "", OutputPath = "" }, "class");
        Option<string?> confidence = CommonOptions.OptionalPath(
            "--confidence", "A NAME.confidence.tif on the map's grid: its mean over each region is written");
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb(
            "polygons", "Turns the regions of a class or change map into polygons with class, code, hectares and pixels.",
            "asm polygons season1.classes.tif -o mines.gpkg --class mines --min-area 0.5",
            "asm polygons change.tif -o new-mines.geojson --class mines");
        verb.Arguments.Add(map);
        verb.Add(output, classes);
        settings.AddTo(verb);
        verb.Add(confidence, overwrite);
        verb.Does("400MB", (parsed, reporter, run) =>
        {
            string[] words = parsed.GetValue(classes) ?? [];
            PolygonsStage stage = settings.Apply(parsed, new()
            {
                Map = parsed.GetRequiredValue(map),
                OutputPath = parsed.GetRequiredValue(output),
                Classes = words.Contains(All, StringComparer.OrdinalIgnoreCase) ? [] : words,
                ConfidencePath = parsed.GetValue(confidence),
                Overwrite = parsed.GetValue(overwrite),
            });
            PolygonSummary sum = reporter.Run(stage, run);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.OutputPath}: {sum.Regions:N0} polygons of {sum.Pixels:N0} pixels, {sum.Hectares:N2} ha"));
            if (sum.DroppedRegions > 0)
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {sum.DroppedRegions:N0} regions of {sum.DroppedPixels:N0} pixels are smaller and left out"));
            return CommandLine.Done;
        });
        return verb;
    }
}
