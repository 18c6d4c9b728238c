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
        Argument<string> map = CommonOptions.Paths<string>(new("MAP") { Description = "A class map, or a change map to sample its changes" });
        Option<string?> output = CommonOptions.NotEmpty<string?>(new("--output", "-o") { Description = "The points: .csv, .gpkg, .geojson, .json or .kml" });
        var expect = new Option<bool>("--expect") { Description = "Only tell what standard error the sample would have; write nothing" };
        var standardError = new Option<double>("--standard-error") { Description = "Target standard error of overall accuracy, which gives the number of points", DefaultValueFactory = _ => new SampleOptions().StandardError };
        Option<int?> points = new("-n", "--points") { Description = "Number of points in its place" };
        var allocation = new Option<string>("--allocation") { Description = "proportional, equal, neyman, simple (no strata), or points or shares: mines=150,built=150,vegetation=300 or mines=25%,built=25%,vegetation=50%", DefaultValueFactory = _ => "proportional" };
        Option<int?> minimum = new("--minimum") { Description = $"Points of each class at least [default: {SampleOptions.DefaultMinimum}, or half of an equal share where that is less]" };
        var accuracy = new Option<string?>("--users-accuracy") { Description = $"User's accuracies to expect, such as mines=0.9,built=0.8 [default: {SampleOptions.DefaultUsersAccuracy} each]" };
        var seed = new Option<ulong>("--seed") { Description = "Another number is another sample; a larger sample of one seed contains the smaller", DefaultValueFactory = _ => new SampleOptions().Seed };
        Option<string[]> chips = CommonOptions.NotEmpty<string[]>(new("--chips") { Description = "Scenes (stacks, one a date) to cut pictures of each point from: also write NAME.chips-1.png, ... to label without a GIS", AllowMultipleArgumentsPerToken = true });
        Option<int> chipPixels = CommonOptions.Within(8, 256, new("--chip-pixels") { Description = "Side of these pictures in pixels of the scene", DefaultValueFactory = _ => 32 });
        Option<string?> labels = CommonOptions.NotEmpty<string?>(new("--labels") { Description = "Points of a smaller sample of the same map and seed, whose labels are kept" });
        Option<string?> page = CommonOptions.NotEmpty<string?>(new("--page") { Description = "Also write a self-contained HTML page to label the points in a browser, offline, with the pictures of --chips" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("150MB");
        Command verb = CommandLine.Verb("sample", "Draws a stratified random sample of a map's pixels, for a person to say what is there and for asm assess to say how good the map is.",
            "asm sample map.tif -o points.csv", "asm sample map.tif -o points.csv --chips november.tif february.tif --page points.html", "asm sample map.tif -o points.gpkg --allocation mines=150,built=150,vegetation=300 --seed 7", "asm sample map.tif --expect -n 500 --users-accuracy mines=0.9,built=0.8");
        verb.Arguments.Add(map);
        foreach (Option option in new Option[] { output, expect, standardError, points, allocation, minimum, accuracy, seed, labels, chips, chipPixels, page, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(output) is null && !result.GetValue(expect)) result.AddError("Option '--output' is required, or --expect to write nothing");
        });
        verb.Does((parsed, reporter, cancellation) =>
        {
            var options = new SampleOptions
            {
                StandardError = parsed.GetValue(standardError),
                Points = parsed.GetValue(points),
                Allocation = SampleAllocation.Parse(parsed.GetRequiredValue(allocation)),
                MinimumPerClass = parsed.GetValue(minimum),
                UsersAccuracy = parsed.GetValue(accuracy) is { } list ? ClassFigures.ParseAccuracies("--users-accuracy", list) : new SampleOptions().UsersAccuracy,
                Seed = parsed.GetValue(seed),
            };
            RunOptions Run(IProgress<RunProgress> progress) => new() { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation };
            string path = parsed.GetRequiredValue(map);
            if (parsed.GetValue(expect))
            {
                Tell(path, reporter.Track("count", progress => SampleFiles.Expect(path, options, Run(progress))));
                return CommandLine.Done;
            }
            var files = new SampleFiles
            {
                OutputPath = parsed.GetRequiredValue(output)!,
                Options = options,
                LabelsPath = parsed.GetValue(labels),
                Scenes = parsed.GetValue(chips) ?? [],
                ChipPixels = parsed.GetValue(chipPixels),
                PagePath = parsed.GetValue(page),
                Overwrite = parsed.GetValue(overwrite),
            };
            SampleResult sample = reporter.Track("sample", progress => files.Run(path, Run(progress)));
            Tell(path, sample.Plan);
            if (sample.ContactSheets.Count > 0) System.Console.WriteLine($"{string.Join(", ", sample.ContactSheets)}: pictures of the points");
            if (files.PagePath is not null) System.Console.WriteLine($"{files.PagePath}: open it in a browser, label with the keys, save the CSV");
            System.Console.WriteLine($"{files.OutputPath}: {sample.Points.Points.Count} points; write what you see into the column reference, then: asm assess --points {files.OutputPath} --map {path}");
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string path, SamplePlan plan)
    {
        System.Console.WriteLine($"{path}: {plan.Points} points{(plan.FormulaSize is { } size ? $" (formula: {size:0.0})" : "")}");
        int width = Math.Max(12, plan.Strata.Max(s => s.Class.Name.Length));
        double all = plan.Strata.Sum(s => (double)s.Pixels);
        foreach (SampleStratum stratum in plan.Strata)
            System.Console.WriteLine($"  {stratum.Class.Name.PadRight(width)} {stratum.Pixels,14:N0} px {stratum.Pixels / all,8:P2} {stratum.Points,8:N0} points, user's accuracy {stratum.UsersAccuracy:0.###} expected{HalfWidth(stratum)}");
        System.Console.WriteLine(plan.ExpectedStandardError is { } error
            ? $"  expected standard error of overall accuracy {error:0.0000}, 95 % interval +- {Estimate.Z95 * error:0.0000}"
            : "  overall accuracy will not be estimable");
        foreach (string note in plan.Notes) System.Console.WriteLine($"  note: {note}");
    }

    private static string HalfWidth(SampleStratum stratum) =>
        stratum.Points < 2 ? "" : $" +- {Estimate.Z95 * Math.Sqrt(stratum.UsersAccuracy * (1 - stratum.UsersAccuracy) / (stratum.Points - 1)):0.000}";
}
