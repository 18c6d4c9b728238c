using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Reporting.Page;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm report: one HTML page over a run.</summary>
internal static class ReportVerb
{
    public static Command Create()
    {
        Argument<string> directory = CommonOptions.Paths<string>(new("RUN_DIR")
        {
            Description = "The output folder of a run; it holds run.json"
        });
        Option<string> output = CommonOptions.Output("The page to write, an .html file that needs no other file and no network");
        var settings = new SettingOptions<ReportStage>(ReportStage.List, new() { RunDirectory = "", OutputPath = "" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb(
            "report",
            "Writes one HTML page over a run that opens offline in any browser: map, charts, tables, accuracy, methods and provenance.",
            "asm report my-run -o report.html", "asm report my-run -o small.html --picture-size 1200 --overwrite");
        verb.Arguments.Add(directory);
        verb.Add(output);
        settings.AddTo(verb);
        verb.Add(overwrite);
        verb.Does("600MB", (parsed, reporter, run) =>
        {
            ReportStage stage = settings.Apply(parsed, new()
            {
                RunDirectory = parsed.GetRequiredValue(directory),
                OutputPath = parsed.GetRequiredValue(output),
                Overwrite = parsed.GetValue(overwrite),
            });
            ReportPageSummary sum = reporter.Run(stage, run);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.OutputPath}: {sum.Bytes / 1e6:0.0} MB, of which {sum.Pictures} pictures {sum.PictureBytes / 1e6:0.0} MB; "
                + $"open it in a browser"));
            return CommandLine.Done;
        });
        return verb;
    }
}
