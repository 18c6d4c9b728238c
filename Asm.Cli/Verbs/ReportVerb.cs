using System.CommandLine;
using Asm.Analysis.Reporting.Page;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm report: one HTML page over a run.</summary>
internal static class ReportVerb
{
    public static Command Create()
    {
        Argument<string> directory = CommonOptions.Paths<string>(new("RUN_DIR") { Description = "The output folder of a run; it holds run.json" });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The page to write, an .html file that needs no other file and no network", Required = true });
        var defaults = new ReportPageOptions();
        Option<int> side = CommonOptions.Within(100, 8192, new("--picture-size") { Description = "The longer side of each picture of the map in pixels at most; the page's size grows with its square", DefaultValueFactory = _ => defaults.PictureSidePixels });
        Option<int> polygons = CommonOptions.Within(0, 1_000_000, new("--polygons") { Description = "Polygons of each season and change that are drawn and listed, the largest ones", DefaultValueFactory = _ => defaults.MostPolygons });
        Option<string?> @class = new("--class") { Description = "The class that the page follows [default: mines, or the model's first]" };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("600MB");
        Command verb = CommandLine.Verb("report", "Writes one HTML page over a run that opens offline in any browser: map, charts, tables, accuracy, methods and provenance.",
            "asm report my-run -o report.html", "asm report my-run -o small.html --picture-size 1200 --overwrite");
        verb.Arguments.Add(directory);
        foreach (Option option in new Option[] { output, side, polygons, @class, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string path = parsed.GetRequiredValue(output);
            var options = new ReportPageOptions { PictureSidePixels = parsed.GetValue(side), MostPolygons = parsed.GetValue(polygons), Class = parsed.GetValue(@class), Overwrite = parsed.GetValue(overwrite) };
            ReportPageSummary summary = reporter.Track("report", progress => ReportPage.Write(parsed.GetRequiredValue(directory), path, options,
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            System.Console.WriteLine(FormattableString.Invariant($"{path}: {summary.Bytes / 1e6:0.0} MB, of which {summary.Pictures} pictures {summary.PictureBytes / 1e6:0.0} MB; open it in a browser"));
            return CommandLine.Done;
        });
        return verb;
    }
}
