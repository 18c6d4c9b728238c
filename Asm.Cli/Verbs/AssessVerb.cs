using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Reports;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm assess: how good a map is, from labelled points or from a reference mask.</summary>
internal static class AssessVerb
{
    public static Command Create()
    {
        Option<string> map = CommonOptions.NotEmpty<string>(new("--map") { Description = "The class map or change map to assess", Required = true });
        Option<string?> points = CommonOptions.NotEmpty<string?>(new("--points") { Description = "Labelled points: .csv with the columns id,x,y,class,reference, or .gpkg or .geojson with the fields id, class, reference" });
        Option<string?> reference = CommonOptions.NotEmpty<string?>(new("--reference") { Description = "A reference mask on the map's grid, in place of points" });
        Option<string?> strata = CommonOptions.NotEmpty<string?>(new("--strata") { Description = "The map from whose classes the points were drawn, where it is not the map that is assessed" });
        Option<string?> crs = CommonOptions.NotEmpty<string?>(new("--crs") { Description = "CRS of x and y in the CSV, such as EPSG:4326 [default: the map's]" });
        var boundary = new Option<int?>("--boundary") { Description = $"With --reference: also leave out pixels within so many pixels, 1 to {MaskAssessment.MostBoundaryPixels}, of a class border of the reference" };
        var target = new Option<double?>("--target-standard-error") { Description = "With --points: also tell how many more points bring the standard error of overall accuracy down to this" };
        Option<string?> json = CommonOptions.NotEmpty<string?>(new("--json") { Description = "Also write all figures as JSON" });
        Option<string?> csv = CommonOptions.NotEmpty<string?>(new("--csv") { Description = "Also write a table of the classes" });
        Option<string?> picture = CommonOptions.NotEmpty<string?>(new("--picture") { Description = "Also draw the figures with their intervals: .png" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("250MB");
        Command verb = CommandLine.Verb("assess", "Tells how good a map is: from labelled points accuracies and areas with 95 % intervals, from a reference mask class accuracy, IoU and F1.",
            "asm assess --points points.csv --map map.tif --json accuracy.json", "asm assess --map map.tif --reference truth.tif --boundary 1");
        foreach (Option option in new Option[] { map, points, reference, strata, crs, boundary, target, json, csv, picture, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Validators.Add(result =>
        {
            bool hasPoints = result.GetResult(points) is not null, hasReference = result.GetResult(reference) is not null;
            if (hasPoints == hasReference) result.AddError("give --points or --reference, one of the two");
            foreach (Option option in new Option[] { strata, crs, target })
                if (!hasPoints && result.GetResult(option) is not null) result.AddError($"{option.Name} goes with --points only");
            if (!hasReference && result.GetResult(boundary) is not null) result.AddError("--boundary goes with --reference only");
            if (result.GetResult(boundary) is { Errors: var errors } && !errors.Any() && result.GetValue(boundary) is < 1 or > MaskAssessment.MostBoundaryPixels) result.AddError($"--boundary is {result.GetValue(boundary)}; expected: 1 to {MaskAssessment.MostBoundaryPixels}");
            if (result.GetResult(target) is { Errors: var wrong } && !wrong.Any() && result.GetValue(target) is { } value && !(value > 0 && value < 1)) result.AddError($"--target-standard-error is {value}; expected: above 0 and below 1");
        });
        verb.Does((parsed, reporter, cancellation) =>
        {
            var files = new AssessmentFiles { JsonPath = parsed.GetValue(json), CsvPath = parsed.GetValue(csv), PicturePath = parsed.GetValue(picture), Overwrite = parsed.GetValue(overwrite) };
            RunOptions Run(IProgress<RunProgress> progress) => new() { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation };
            string mapPath = parsed.GetRequiredValue(map);
            if (parsed.GetValue(reference) is { } referencePath)
            {
                MaskAssessmentText.Write(System.Console.Out, reporter.Track("assess", progress => files.RunMask(mapPath, referencePath, parsed.GetValue(boundary), Run(progress))));
                return CommandLine.Done;
            }
            PointTable table = PointsFile.Read(parsed.GetRequiredValue(points)!, parsed.GetValue(crs) is { } text ? Crs.Parse(text) : null);
            PointAssessment result = reporter.Track("assess", progress => files.RunPoints(mapPath, table, parsed.GetValue(strata), Run(progress)));
            PointAssessmentText.Write(System.Console.Out, result);
            if (parsed.GetValue(target) is { } error) TellMore(result, error);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void TellMore(PointAssessment result, double error)
    {
        IReadOnlyList<MorePoints> more = MorePoints.For(result, error);
        long sum = more.Sum(m => m.Points);
        string list = string.Join(", ", more.Where(m => m.Points > 0).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Stratum} {m.Points:N0}")));
        if (!(result.Overall?.StandardError <= error)) System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"For a standard error of {error} of overall accuracy {sum:N0} more points are needed: {list}"));
        else
        {
            System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The sample reaches a standard error of {error} of overall accuracy."));
            if (sum > 0) System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  It counts classes without a wrong point as perfect. To be sure of {error} even if the next point there were wrong, {sum:N0} more points are needed: {list}"));
        }
    }
}
