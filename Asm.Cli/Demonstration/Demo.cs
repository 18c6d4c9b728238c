using Asm.Inference.Accuracy;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Simulation;

namespace Asm.Cli.Demonstration;

/// <summary>The whole chain on a simulated place whose truth is known: scenes of two dry seasons, their maps, pictures, and the agreement of map and truth.</summary>
internal sealed class Demo(string directory, SegmentationModel model, SimulationOptions simulation, bool overwrite)
{
    /// <summary>Results of one scene.</summary>
    public sealed record Outcome(string Scene, PredictionSummary Summary, ConfusionMatrix Agreement);

    private readonly SimulatedScene _scene = new(simulation);

    /// <summary>The pictures' folder.</summary>
    public string Pictures => Path.Combine(directory, "pictures");

    /// <summary>Names of the scenes: season and date, from 1.</summary>
    public static string SceneName(int season, int date) => $"season{season + 1}-date{date + 1}";

    /// <summary>Simulates, predicts, draws and compares.</summary>
    public IEnumerable<Outcome> Run(RunOptions run)
    {
        foreach (string folder in new[] { "scenes", "truth", "maps", "pictures" }) Directory.CreateDirectory(Path.Combine(directory, folder));
        for (int season = 0; season < simulation.Seasons; season++)
        {
            using IRasterSource truth = _scene.Truth(season);
            string truthPath = Path.Combine(directory, "truth", $"season{season + 1}.tif");
            Write(truth, truthPath, run);
            QuickLook.WriteClasses(truth, Path.Combine(Pictures, $"season{season + 1}.truth.png"), new() { Overwrite = overwrite, Cancellation = run.Cancellation }, PredictionProducts.Colors(model.Description));
            for (int date = 0; date < simulation.DatesPerSeason; date++)
            {
                string name = SceneName(season, date), stackPath = Path.Combine(directory, "scenes", $"{name}.tif");
                using (IRasterSource bands = _scene.Bands(season, date)) Write(bands, stackPath, run);
                yield return Predict(name, stackPath, truthPath, run);
            }
        }
    }

    private Outcome Predict(string name, string stackPath, string truthPath, RunOptions run)
    {
        var files = new PredictionFiles { Directory = Path.Combine(directory, "maps"), Name = name, PictureDirectory = Pictures, Overwrite = overwrite };
        using GeoTiffSource stack = GeoTiffSource.Open(stackPath);
        PredictionSummary summary = files.Run(stack, [stackPath], model, run);
        using GeoTiffSource classes = GeoTiffSource.Open(files.PathOf("classes")), truth = GeoTiffSource.Open(truthPath);
        return new(name, summary, ConfusionMatrix.Of(classes, truth, model.Description.Classes.Count));
    }

    private void Write(IRasterSource source, string path, RunOptions run)
    {
        using CogSink sink = CogSink.Create(path, source.Info, new CogOptions { Threads = run.Threads, Overwrite = overwrite, Cancellation = run.Cancellation });
        RasterCopy.Run(source, sink, run);
    }
}
