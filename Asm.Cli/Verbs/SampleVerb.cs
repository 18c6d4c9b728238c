using System.CommandLine;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Sampling;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm sample: a map to points for people to look at.</summary>
internal static class SampleVerb
{
    public static Command Create()
    {
        Argument<string> map = CommonOptions.Paths<string>(new("MAP")
        {
            Description = "A class map, or a change map to sample its changes"
        });
        Option<string?> output = CommonOptions.NotEmpty<string?>(new("--output", "-o")
        {
            Description = "The points: .csv, .gpkg, .geojson, .json or .kml"
        });
        var expect = new Option<bool>("--expect") { Description = "Only tell what standard error the sample would have; write nothing" };
        var settings = new SettingOptions<SampleStage>(SampleStage.List, new() { Map = "", OutputPath = "" });
        settings["points"].Aliases.Add("-n");
        Option<string[]> chips = CommonOptions.NotEmpty<string[]>(new("--chips")
        {
            Description =
                "Scenes (stacks, one a date) to cut pictures of each point from: also write NAME.chips-1.png, ... to label without a GIS",
            AllowMultipleArgumentsPerToken = true
        });
        Option<string?> labels = CommonOptions.NotEmpty<string?>(new("--labels")
        {
            Description = "Points of a smaller sample of the same map and seed, whose labels are kept"
        });
        Option<string?> page = CommonOptions.NotEmpty<string?>(new("--page")
        {
            Description = "Also write a self-contained HTML page to label the points in a browser, offline, with the pictures of --chips"
        });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb("sample",
            "Draws a stratified random sample of a map's pixels, for a person to "
            + "say what is there and for asm assess to say how good the map is.",
            "asm sample map.tif -o points.csv", "asm sample map.tif -o points.csv --chips november.tif february.tif --page points.html",
            "asm sample map.tif -o points.gpkg --allocation mines=150,built=150,vegetation=300 --seed 7",
            "asm sample map.tif --expect -n 500 --users-accuracy mines=0.9,built=0.8");
        verb.Arguments.Add(map);
        verb.Add(output, expect);
        settings.AddTo(verb);
        verb.Add(labels, chips, page, overwrite);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(output) is null && !result.GetValue(expect))
                result.AddError("Option '--output' is required, or --expect to write nothing");
        });
        verb.Does("150MB", (parsed, reporter, run) =>
        {
            SampleStage stage = settings.Apply(parsed, new()
            {
                Map = parsed.GetRequiredValue(map),
                OutputPath = parsed.GetValue(output) ?? "",
                LabelsPath = parsed.GetValue(labels),
                Scenes = parsed.GetValue(chips) ?? [],
                PagePath = parsed.GetValue(page),
                Overwrite = parsed.GetValue(overwrite),
            });
            if (parsed.GetValue(expect))
            {
                Tell(stage.Map, reporter.Track("count", progress => stage.Expect(run with { Progress = progress })));
                return CommandLine.Done;
            }
            SampleResult sample = reporter.Run(stage, run);
            Tell(stage.Map, sample.Plan);
            if (sample.ContactSheets.Count > 0) Console.WriteLine($"{string.Join(", ", sample.ContactSheets)}: pictures of the points");
            if (stage.PagePath is not null) Console.WriteLine($"{stage.PagePath}: open it in a browser, label with the keys, save the CSV");
            Console.WriteLine($"{stage.OutputPath}: {sample.Points.Points.Count} points; "
                + $"write what you see into the column reference, then: asm assess --points "
                + $"{CommandText.Quote(stage.OutputPath)} --map {CommandText.Quote(stage.Map)}");
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string path, SamplePlan plan)
    {
        Console.WriteLine($"{path}: {plan.Points} points{(plan.FormulaSize is { } size ? $" (formula: {size:0.0})" : "")}");
        int width = Math.Max(12, plan.Strata.Max(s => s.Class.Name.Length));
        double all = plan.Strata.Sum(s => (double)s.Pixels);
        foreach (SampleStratum stratum in plan.Strata)
            Console.WriteLine($"  {stratum.Class.Name.PadRight(width)} {stratum.Pixels,14:N0} px {stratum.Pixels / all,8:P2} "
                + $"{stratum.Points,8:N0} points, user's accuracy {stratum.UsersAccuracy:0.###} expected{HalfWidth(stratum)}");
        Console.WriteLine(plan.ExpectedStandardError is { } error
            ? $"  expected standard error of overall accuracy {error:0.0000}, 95 % interval +- {Estimate.Z95 * error:0.0000}"
            : "  overall accuracy will not be estimable");
        foreach (string note in plan.Notes) Console.WriteLine($"  note: {note}");
    }

    private static string HalfWidth(SampleStratum stratum) =>
        stratum.Points < 2
            ? ""
            : $" +- {Estimate.Z95 * Math.Sqrt(stratum.UsersAccuracy * (1 - stratum.UsersAccuracy) / (stratum.Points - 1)):0.000}";
}
