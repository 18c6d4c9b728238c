using System.CommandLine;
using Asm.Analysis.Ensembling;
using Asm.Cli.Options;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm ensemble: probability maps of the dates of a season to one.</summary>
internal static class EnsembleVerb
{
    private const string DefaultOutputs = "classes,probabilities,dates,agreement,confidence";

    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("PROBABILITIES") { Description = "Probability maps of one tile and season, one a date: NAME.probabilities.tif, or float32 of 0..1, or integers with a scale", Arity = ArgumentArity.OneOrMore });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "DIR/NAME of the outputs DIR/NAME.classes.tif and so on", Required = true });
        var outputs = new Option<string>("--outputs") { Description = "Which rasters to write: a list of classes, probabilities, dates, agreement, confidence, entropy, margin", DefaultValueFactory = _ => DefaultOutputs };
        var probabilityType = new Option<string>("--probability-type") { Description = "uint8: 1..255 = 0..1, no data 0; float32: 0..1, no data -1", DefaultValueFactory = _ => "uint8" };
        probabilityType.AcceptOnlyFromAmong("uint8", "float32");
        Option<double?> fullScale = FullScaleOption();
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("450MB");
        var masks = new MaskOptions();
        Command verb = CommandLine.Verb("ensemble", "Averages the class probabilities of several dates, pixel by pixel over the dates with data, and takes the class of the highest mean.",
            "asm ensemble maps/*.probabilities.tif -o seasons/2019", "asm ensemble date1.tif date2.tif -o seasons/2019 --outputs classes,probabilities,entropy --probability-type float32");
        verb.Arguments.Add(maps);
        foreach (Option option in new Option[] { output, outputs, probabilityType, fullScale, overwrite, threads, memory }) verb.Options.Add(option);
        masks.AddTo(verb);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string path = parsed.GetRequiredValue(output), name = Path.GetFileName(path);
            if (name.Length == 0) throw new AsmException(path, "is a folder", "a folder and a name, DIR/NAME", "give -o DIR/NAME");
            IReadOnlyList<PolygonMask> left = masks.Of(parsed);
            var files = new EnsembleFiles
            {
                Directory = Path.GetDirectoryName(path) ?? "",
                Name = name.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name,
                Outputs = ParseOutputs(parsed.GetRequiredValue(outputs)),
                ProbabilityType = parsed.GetValue(probabilityType) == "float32" ? SampleType.Float32 : SampleType.UInt8,
                FullScale = parsed.GetValue(fullScale),
                Masks = left,
                Overwrite = parsed.GetValue(overwrite),
            };
            EnsembleSummary summary = reporter.Track("ensemble", progress => files.Run(parsed.GetRequiredValue(maps),
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            MaskOptions.Warn(left, summary.Grid, files.Name, reporter);
            Tell(files.Name, summary);
            return CommandLine.Done;
        });
        return verb;
    }

    /// <summary>--full-scale, for maps that others wrote.</summary>
    public static Option<double?> FullScaleOption()
    {
        var option = new Option<double?>("--full-scale") { Description = "The sample that means probability 1 in integer maps whose metadata state no scale, such as 254 or 10000 [default: such maps are refused]" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && !(value > 0 && double.IsFinite(value)))
                result.AddError($"--full-scale is {result.Tokens[0].Value}; expected: a number above 0");
        });
        return option;
    }

    private static EnsembleOutputs ParseOutputs(string list)
    {
        EnsembleOutputs outputs = EnsembleOutputs.None;
        foreach (string word in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            outputs |= word switch
            {
                "classes" => EnsembleOutputs.Classes,
                "probabilities" => EnsembleOutputs.Probabilities,
                "dates" => EnsembleOutputs.Dates,
                "agreement" => EnsembleOutputs.Agreement,
                "confidence" => EnsembleOutputs.Confidence,
                "entropy" => EnsembleOutputs.Entropy,
                "margin" => EnsembleOutputs.Margin,
                _ => throw new AsmException("--outputs", $"names '{word}'", $"{DefaultOutputs},entropy or margin, separated by commas", "for example --outputs classes,entropy"),
            };
        return outputs != EnsembleOutputs.None ? outputs : throw new AsmException("--outputs", "names nothing", $"{DefaultOutputs},entropy,margin", $"leave the option out to write {DefaultOutputs}");
    }

    private static void Tell(string name, EnsembleSummary summary)
    {
        double all = summary.Grid.FullWindow.PixelCount;
        int dates = summary.PixelsByDates.Count - 1;
        System.Console.WriteLine($"{name}: {summary.Grid.Width} x {summary.Grid.Height} px, {dates} date{(dates == 1 ? "" : "s")}, {summary.TotalTime.TotalSeconds:0.0} s");
        foreach (MapClass @class in summary.Classes)
            System.Console.WriteLine($"  {@class.Name,-12} {summary.ClassPixels[@class.Code - 1],14:N0} px {summary.ClassPixels[@class.Code - 1] / all,8:P2}");
        System.Console.WriteLine($"  {"no data",-12} {summary.PixelsByDates[0],14:N0} px {summary.PixelsByDates[0] / all,8:P2}");
        for (int n = 1; n <= dates; n++)
            if (summary.PixelsByDates[n] > 0) System.Console.WriteLine($"  {$"{n} date{(n == 1 ? "" : "s")}",-12} {summary.PixelsByDates[n],14:N0} px {summary.PixelsByDates[n] / all,8:P2}");
    }
}
