using System.CommandLine;
using Asm.Cli.Console;
using Asm.Cli.Demonstration;
using Asm.Inference.Accuracy;
using Asm.Inference.Model;
using Asm.Raster;
using Asm.Simulation;

namespace Asm.Cli.Verbs;

/// <summary>asm demo: the whole chain on simulated scenes.</summary>
internal static class DemoVerb
{
    /// <summary>A place that no model was trained on: training draws its places from 64-bit hashes of its own seed.</summary>
    private const ulong DefaultSeed = 20_261_122;

    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Folder for everything that the demo writes", DefaultValueFactory = _ => "asm-demo" };
        Option<string?> model = PredictVerb.ModelOption();
        Option<int> size = CommonOptions.Within(16, 20_000, new("--size") { Description = "Side of the simulated scenes in pixels of 10 m", DefaultValueFactory = _ => 1024 });
        var seed = new Option<ulong>("--seed") { Description = "Another number is another place", DefaultValueFactory = _ => DefaultSeed };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("1.2GB");
        Command verb = CommandLine.Verb("demo", "Simulates scenes of two dry seasons with known truth, maps them, draws pictures, and tells how well map and truth agree.",
            "asm demo my-demo", "asm demo my-demo --size 2048 --seed 7 --overwrite");
        verb.Arguments.Add(directory);
        foreach (Option option in new Option[] { model, size, seed, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            using SegmentationModel network = SegmentationModel.Load(PredictVerb.ModelPath(parsed.GetValue(model)), parsed.GetValue(threads));
            var simulation = new SimulationOptions { Width = parsed.GetValue(size), Height = parsed.GetValue(size), Seed = parsed.GetValue(seed), Seasons = 2, DatesPerSeason = 2, CloudCover = 0.03 };
            var demo = new Demo(parsed.GetRequiredValue(directory), network, simulation, parsed.GetValue(overwrite));
            var outcomes = new List<Demo.Outcome>();
            int scenes = simulation.Seasons * simulation.DatesPerSeason;
            reporter.Track("demo", progress =>
            {
                progress.Report(new("demo", 0, scenes));
                foreach (Demo.Outcome outcome in demo.Run(new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Cancellation = cancellation }))
                {
                    outcomes.Add(outcome);
                    progress.Report(new("demo", outcomes.Count, scenes));
                }
                return 0;
            });
            Tell(network.Description, outcomes);
            System.Console.WriteLine($"Pictures of scenes, truth, classes and probabilities: {demo.Pictures}");
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(ModelDescription model, List<Demo.Outcome> outcomes)
    {
        System.Console.WriteLine("Agreement of the maps with the simulated truth (clouded pixels left out):");
        System.Console.WriteLine($"{"scene",-16}{"mean IoU",10}{string.Concat(model.Classes.Select(c => $"{c.Name + " IoU",16}{c.Name + " acc.",17}"))}");
        foreach (Demo.Outcome outcome in outcomes)
        {
            ConfusionMatrix matrix = outcome.Agreement;
            System.Console.WriteLine($"{outcome.Scene,-16}{matrix.MeanIntersectionOverUnion,10:0.000}{string.Concat(model.Classes.Select(c => $"{matrix.IntersectionOverUnion(c.Code),16:0.000}{matrix.ClassAccuracy(c.Code),17:0.000}"))}");
        }
    }
}
