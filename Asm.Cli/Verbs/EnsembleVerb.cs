using System.CommandLine;
using Asm.Analysis.Ensembling;
using Asm.Cli.Options;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm ensemble: probability maps of the dates of a season to one.</summary>
internal static class EnsembleVerb
{
    private static readonly WordList<EnsembleOutputs> Outputs = new(
        "--outputs",
        [
            ("classes", EnsembleOutputs.Classes), ("probabilities", EnsembleOutputs.Probabilities), ("dates", EnsembleOutputs.Dates),
            ("agreement", EnsembleOutputs.Agreement), ("confidence", EnsembleOutputs.Confidence), ("entropy", EnsembleOutputs.Entropy),
            ("margin", EnsembleOutputs.Margin),
        ]);

    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("PROBABILITIES")
        {
            Description =
                "Probability maps of one tile and season, one a date: NAME.probabilities.tif, or float32 of 0..1, or integers with a scale",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> output = CommonOptions.Output("DIR/NAME of the outputs DIR/NAME.classes.tif and so on");
        Option<string> outputs = Outputs.Option("Which rasters to write: a list of", "classes,probabilities,dates,agreement,confidence");
        var settings = new SettingOptions<EnsembleStage>(EnsembleStage.List, new() { Inputs = [], Directory = "", Name = "" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        var masks = new MaskOptions();
        Command verb = CommandLine.Verb(
            "ensemble",
            "Averages the class probabilities of several dates, "
            + "pixel by pixel over the dates with data, and takes the class of the highest mean.",
            "asm ensemble maps/*.probabilities.tif -o seasons/2019",
            "asm ensemble date1.tif date2.tif -o seasons/2019 --outputs classes,probabilities,entropy --probability-type float32");
        verb.Arguments.Add(maps);
        verb.Add(output, outputs);
        settings.AddTo(verb);
        verb.Add(overwrite);
        masks.AddTo(verb);
        verb.Does("450MB", (parsed, reporter, run) =>
        {
            string path = parsed.GetRequiredValue(output), name = Path.GetFileName(path);
            if (name.Length == 0) throw new AsmException(path, "is a folder", "a folder and a name, DIR/NAME", "give -o DIR/NAME");
            EnsembleStage stage = settings.Apply(parsed, new()
            {
                Inputs = parsed.GetRequiredValue(maps),
                Directory = Path.GetDirectoryName(path) ?? "",
                Name = name.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name,
                Outputs = Outputs.Parse(parsed.GetRequiredValue(outputs)).Aggregate(EnsembleOutputs.None, (a, b) => a | b),
                Masks = masks.Of(parsed),
                Overwrite = parsed.GetValue(overwrite),
                Notice = notice => reporter.Note($"warning: {notice}"),
            });
            EnsembleSummary summary = reporter.Run(stage, run);
            MaskOptions.Warn(stage.Masks, summary.Grid, stage.Name, reporter);
            Tell(stage.Name, summary);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string name, EnsembleSummary summary)
    {
        double all = summary.Grid.FullWindow.PixelCount;
        int dates = summary.PixelsByDates.Count - 1;
        Console.WriteLine(
            $"{name}: {summary.Grid.Width} x {summary.Grid.Height} px, "
            + $"{dates} date{(dates == 1 ? "" : "s")}, {summary.TotalTime.TotalSeconds:0.0} s");
        void Line(string what, long pixels) => Console.WriteLine($"  {what,-12} {pixels,14:N0} px {pixels / all,8:P2}");
        foreach (MapClass @class in summary.Classes) Line(@class.Name, summary.ClassPixels[@class.Code - 1]);
        Line("no data", summary.PixelsByDates[0]);
        for (int n = 1; n <= dates; n++)
            if (summary.PixelsByDates[n] > 0) Line($"{n} date{(n == 1 ? "" : "s")}", summary.PixelsByDates[n]);
    }
}
