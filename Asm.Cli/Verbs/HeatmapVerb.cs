using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Heatmaps;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm heatmap: a class or change map to a kernel density.</summary>
internal static class HeatmapVerb
{
    public static Command Create()
    {
        Argument<string> map = CommonOptions.Paths<string>(new("MAP") { Description = "A change map or a class map" });
        Option<string> output = CommonOptions.Output("The density to write, a GeoTIFF: float32, pixels per km2");
        var settings = new SettingOptions<HeatmapStage>(HeatmapStage.List, new() { Map = "", OutputPath = "" });
        Option<string?> picture = CommonOptions.OptionalPath("--picture", "Also draw the density, with a legend: a PNG");
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb(
            "heatmap", "Maps how dense a class, or what is new of it, lies: a kernel density in pixels per km2.",
            "asm heatmap change.tif -o density.tif --picture density.png",
            "asm heatmap season1.classes.tif -o density.tif --class mines --bandwidth 500 --cell 50");
        verb.Arguments.Add(map);
        verb.Add(output);
        settings.AddTo(verb);
        verb.Add(picture, overwrite);
        verb.Does("400MB", (parsed, reporter, run) =>
        {
            HeatmapStage stage = settings.Apply(parsed, new()
            {
                Map = parsed.GetRequiredValue(map),
                OutputPath = parsed.GetRequiredValue(output),
                PicturePath = parsed.GetValue(picture),
                Overwrite = parsed.GetValue(overwrite),
            });
            HeatmapResult result = reporter.Run(stage, run);
            HeatmapSummary sum = result.Summary;
            Console.WriteLine($"{stage.OutputPath}: {result.Info.Bands[0].Name}, {result.Info.Grid}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {sum.Pixels:N0} pixels counted, highest density {sum.HighestPerKm2:0.###} per km2, "
                + $"sum over the map {sum.Integral:N1} pixels"));
            return CommandLine.Done;
        });
        return verb;
    }
}
