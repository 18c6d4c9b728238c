using System.CommandLine;
using System.Globalization;
using Asm.Analysis.Reporting.Run;
using Asm.Cli.Options;
using Asm.Projects.Documents;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm run: a project file to maps, tables and a report.</summary>
internal static class RunVerb
{
    public static Command Create()
    {
        Argument<string> path = CommonOptions.Paths<string>(new("PROJECT")
        {
            Description = "The project file, YAML; asm init writes an example"
        });
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Check everything and tell the plan with its time, memory and disk; write nothing"
        };
        Command verb = CommandLine.Verb("run",
            "Does everything a project asks for, up to the report: only what is out of date, and what a killed run left over.",
            "asm run project.yaml", "asm run project.yaml --dry-run");
        verb.Arguments.Add(path);
        verb.Add(dryRun);
        verb.Does("2GB", (parsed, reporter, run) =>
        {
            Project project = ProjectReader.Read(parsed.GetRequiredValue(path));
            if (!parsed.GetValue(dryRun)) Console.WriteLine($"Report: {Execute(project, run, reporter).ReportPath}");
            else
            {
                ProjectForecast forecast = reporter.Track("check",
                    _ => ProjectRun.Forecast(ProjectRun.Plan(project, ModelOption.PathOf(null), run), run));
                Tell(forecast, run);
            }
            return CommandLine.Done;
        });
        return verb;
    }

    /// <summary>Runs a project with a live view, and tells what came out.</summary>
    public static ProjectResult Execute(Project project, RunOptions options, Reporter reporter)
    {
        ProjectPlan plan = reporter.Track("check", _ => ProjectRun.Plan(project, ModelOption.PathOf(null), options));
        ProjectResult result = reporter.Live(context => ProjectRun.Run(plan, options, new ProjectView(reporter.Format, context)));
        foreach (ManifestWarning warning in result.Warnings) Console.WriteLine($"warning: {warning.Subject}: {warning.Text}");
        Console.WriteLine($"{result.Done} steps done, {result.UpToDate} were up to date");
        return result;
    }

    private static void Tell(ProjectForecast forecast, RunOptions options)
    {
        foreach ((string subject, string text) in forecast.Plan.Warnings) Console.WriteLine($"warning: {subject}: {text}");
        foreach (IGrouping<string, ProjectStep> stage in forecast.Plan.Steps.GroupBy(s => s.Stage))
        {
            ProjectStep[] toDo = [.. stage.Where(s => forecast.ToDo.Contains(s.Id))];
            Console.WriteLine($"{stage.Key,-10}{stage.Count(),6} steps{toDo.Length,6} "
                + $"to do{Time(toDo.Sum(s => s.Need.CpuSeconds) / options.Threads),12}{Size(toDo.Sum(s => s.Need.DiskBytes)),12}");
        }
        Console.WriteLine($"{"all",-10}{forecast.Plan.Steps.Count,6} steps{forecast.ToDo.Count,6} "
            + $"to do{Time(forecast.Seconds),12}{Size(forecast.DiskBytes),12}");
        Console.WriteLine($"maps: {forecast.Plan.Grid}");
        Console.WriteLine($"memory: at least {Size(forecast.NeedBytes)}, limit "
            + $"{Size(options.MaxMemoryBytes)}{(forecast.NeedBytes > options.MaxMemoryBytes ? ": TOO LITTLE, raise --max-memory" : "")}");
        Console.WriteLine($"disk: about {Size(forecast.DiskBytes)}, "
            + $"free {Size(forecast.FreeBytes)}{(forecast.DiskBytes > forecast.FreeBytes ? ": TOO LITTLE" : "")}");
        Console.WriteLine("The time of predictions is measured with the model on this machine, "
            + "that of the rest is estimated from rates measured elsewhere; nothing was written.");
    }

    private static string Time(double seconds) =>
        seconds >= 3600 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h")
        : seconds >= 60 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s");

    private static string Size(long bytes) => bytes >= 1_000_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");
}
