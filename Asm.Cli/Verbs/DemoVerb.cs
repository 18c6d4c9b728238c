using System.CommandLine;
using Asm.Cli.Demonstration;
using Asm.Cli.Options;
using Asm.Inference.Model;
using Asm.Projects.Runs;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm demo: the whole chain on a simulated place.</summary>
internal static class DemoVerb
{
    /// <summary>A place that no model was trained on: training draws its places from 64-bit hashes of its own seed.</summary>
    private const ulong DefaultSeed = 20_261_122;

    public static Command Create()
    {
        var directory = new Argument<string>("DIR")
        {
            Description = "Folder for everything that the demo writes",
            DefaultValueFactory = _ => "asm-demo"
        };
        Option<string?> model = ModelOption.Create();
        Option<int> size = CommonOptions.Within(128, 20_000,
            new("--size") { Description = "Side of a simulated tile in pixels of 10 m", DefaultValueFactory = _ => 768 });
        var seed = new Option<ulong>("--seed") { Description = "Another number is another place", DefaultValueFactory = _ => DefaultSeed };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command verb = CommandLine.Verb("demo",
            "Simulates two tiles of a place with known truth (two dry seasons, three dates each, with clouds), "
            + "runs a project on them up to its report, and tells how far each step is from the truth.",
            "asm demo my-demo", "asm demo my-demo --size 2048 --seed 7 --overwrite");
        verb.Arguments.Add(directory);
        verb.Add(model, size, seed, overwrite);
        verb.Does("2GB", (parsed, reporter, run) =>
        {
            string folder = parsed.GetRequiredValue(directory);
            var place = new DemoPlace(folder, parsed.GetValue(size), parsed.GetValue(seed), parsed.GetValue(overwrite));
            var project = new DemoProject(folder, parsed.GetValue(model));
            reporter.Track("simulate", progress =>
            {
                place.Simulate(run with { Progress = progress });
                return 0;
            });
            RunVerb.Execute(project.Write(withAccuracy: false), run, reporter);
            project.Label(place.Truth(DemoPlace.Seasons.Count - 1), run);
            ProjectResult result = RunVerb.Execute(project.Write(withAccuracy: true), run, reporter);
            using (SegmentationModel network = SegmentationModel.Load(ModelOption.PathOf(parsed.GetValue(model)), run))
            {
                Console.WriteLine("Error against the simulated truth:");
                foreach (string line
                    in new DemoErrors(place, folder, project.Results, [.. network.Description.Classes.Select(c => c.Name)]).Tell(run))
                    Console.WriteLine($"  {line}");
            }
            Console.WriteLine($"Project: {project.Path}");
            Console.WriteLine($"Report: {result.ReportPath}");
            return CommandLine.Done;
        });
        return verb;
    }
}
