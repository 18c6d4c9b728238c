using System.CommandLine;
using Asm.Cli.Demonstration;
using Asm.Inference.Model;
using Asm.Projects.Runs;
using Asm.Raster;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm demo: the whole chain on a simulated place.</summary>
internal static class DemoVerb
{
    /// <summary>A place that no model was trained on: training draws its places from 64-bit hashes of its own seed.</summary>
    private const ulong DefaultSeed = 20_261_122;

    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Folder for everything that the demo writes", DefaultValueFactory = _ => "asm-demo" };
        Option<string?> model = PredictVerb.ModelOption();
        Option<int> size = CommonOptions.Within(128, 20_000, new("--size") { Description = "Side of a simulated tile in pixels of 10 m", DefaultValueFactory = _ => 768 });
        var seed = new Option<ulong>("--seed") { Description = "Another number is another place", DefaultValueFactory = _ => DefaultSeed };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("2GB");
        Command verb = CommandLine.Verb("demo", "Simulates two tiles of a place with known truth (two dry seasons, three dates each, with clouds), runs a project on them up to its report, and tells how far each step is from the truth.",
            "asm demo my-demo", "asm demo my-demo --size 2048 --seed 7 --overwrite");
        verb.Arguments.Add(directory);
        foreach (Option option in new Option[] { model, size, seed, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string folder = parsed.GetRequiredValue(directory);
            var options = new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Cancellation = cancellation };
            var place = new DemoPlace(folder, parsed.GetValue(size), parsed.GetValue(seed), parsed.GetValue(overwrite));
            var project = new DemoProject(folder, parsed.GetValue(model));
            reporter.Track("simulate", progress =>
            {
                place.Simulate(options with { Progress = progress });
                return 0;
            });
            RunVerb.Execute(project.Write(withAccuracy: false), options, reporter);
            project.Label(place.Truth(DemoPlace.Seasons.Count - 1), options);
            RunResult result = RunVerb.Execute(project.Write(withAccuracy: true), options, reporter);
            using (SegmentationModel network = SegmentationModel.Load(PredictVerb.ModelPath(parsed.GetValue(model)), options.Threads))
            {
                System.Console.WriteLine("Error against the simulated truth:");
                foreach (string line in new DemoErrors(place, folder, project.Results, [.. network.Description.Classes.Select(c => c.Name)]).Tell(options)) System.Console.WriteLine($"  {line}");
            }
            System.Console.WriteLine($"Project: {project.Path}");
            System.Console.WriteLine($"Report: {result.ReportPath}");
            return CommandLine.Done;
        });
        return verb;
    }
}
