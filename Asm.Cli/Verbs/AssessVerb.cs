using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Reports;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm assess: how good a map is, from labelled points or from a reference mask.</summary>
internal static class AssessVerb
{
    public static Command Create()
    {
        Option<string> map = CommonOptions.NotEmpty<string>(new("--map")
        {
            Description = "The class map or change map to assess",
            Required = true
        });
        Option<string?> points = CommonOptions.OptionalPath(
            "--points",
            "Labelled points: .csv with the columns id,x,y,class,reference, "
            + "or .gpkg, .geojson, .shp or .kml with the fields id, class, reference");
        Option<string?> reference = CommonOptions.OptionalPath("--reference", "A reference mask on the map's grid, in place of points");
        Option<string?> strata = CommonOptions.OptionalPath(
            "--strata", "The map from whose classes the points were drawn, where it is not the map that is assessed");
        var settings = new SettingOptions<AssessStage>(AssessStage.List, new() { Map = "" });
        var target = new Option<double?>("--target-standard-error")
        {
            Description = "With --points: also tell how many more points bring the standard error of overall accuracy down to this",
        };
        Option<string?> json = CommonOptions.OptionalPath("--json", "Also write all figures as JSON");
        Option<string?> csv = CommonOptions.OptionalPath("--csv", "Also write a table of the classes");
        Option<string?> picture = CommonOptions.OptionalPath("--picture", "Also draw the figures with their intervals: .png");
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb(
            "assess",
            "Tells how good a map is: from labelled points accuracies and areas with 95 % intervals, "
            + "from a reference mask class accuracy, IoU and F1.",
            "asm assess --points points.csv --map map.tif --json accuracy.json",
            "asm assess --map map.tif --reference truth.tif --boundary 1");
        verb.Add(map, points, reference, strata);
        settings.AddTo(verb);
        verb.Add(target, json, csv, picture, overwrite);
        verb.Validators.Add(result =>
        {
            bool hasPoints = result.GetResult(points) is not null, hasReference = result.GetResult(reference) is not null;
            if (hasPoints == hasReference) result.AddError("give --points or --reference, one of the two");
            foreach (Option option in new Option[] { strata, settings["crs"], target })
                if (!hasPoints && result.GetResult(option) is not null) result.AddError($"{option.Name} goes with --points only");
            if (!hasReference && result.GetResult(settings["boundary"]) is not null)
                result.AddError("--boundary goes with --reference only");
            if (result.GetResult(target) is { Errors: var wrong } && !wrong.Any()
                && result.GetValue(target) is { } value && !(value > 0 && value < 1))
                result.AddError($"--target-standard-error is {value}; expected: above 0 and below 1");
        });
        verb.Does("250MB", (parsed, reporter, run) =>
        {
            AssessStage stage = settings.Apply(parsed, new()
            {
                Map = parsed.GetRequiredValue(map),
                PointsPath = parsed.GetValue(points),
                StrataPath = parsed.GetValue(strata),
                ReferencePath = parsed.GetValue(reference),
                JsonPath = parsed.GetValue(json),
                CsvPath = parsed.GetValue(csv),
                PicturePath = parsed.GetValue(picture),
                Overwrite = parsed.GetValue(overwrite),
            });
            AssessResult result = reporter.Run(stage, run);
            if (result.Mask is { } mask) MaskAssessmentText.Write(Console.Out, mask);
            if (result.Points is not { } assessment) return CommandLine.Done;
            PointAssessmentText.Write(Console.Out, assessment);
            if (parsed.GetValue(target) is { } error) TellMore(assessment, error);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void TellMore(PointAssessment result, double error)
    {
        IReadOnlyList<MorePoints> more = MorePoints.For(result, error);
        long sum = more.Sum(m => m.Points);
        string list = string.Join(", ",
            more.Where(m => m.Points > 0).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Stratum} {m.Points:N0}")));
        if (!(result.Overall?.StandardError <= error))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"For a standard error of {error} of overall accuracy {sum:N0} more points are needed: {list}"));
            return;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The sample reaches a standard error of {error} of overall accuracy."));
        if (sum > 0)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  It counts classes without a wrong point as perfect. "
                + $"To be sure of {error} even if the next point there were wrong, {sum:N0} more points are needed: {list}"));
    }
}
