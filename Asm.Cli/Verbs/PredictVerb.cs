using System.CommandLine;
using Asm.Cli.Options;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm predict: stacks to maps.</summary>
internal static class PredictVerb
{
    private static readonly WordList<PredictionOutputs> Outputs = new(
        "--outputs",
        [
            ("classes", PredictionOutputs.Classes), ("confidence", PredictionOutputs.Confidence),
            ("probabilities", PredictionOutputs.Probabilities),
        ]);

    public static Command Create()
    {
        Argument<string[]> stacks = CommonOptions.Paths<string[]>(new("STACK")
        {
            Description = "Ten-band GeoTIFFs, or anything that asm prepare takes, such as .SAFE folders or URLs: each is one scene",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> output =
            CommonOptions.Output("Folder for NAME.classes.tif, NAME.confidence.tif and NAME.probabilities.tif of each input");
        Option<string?> model = ModelOption.Create();
        Option<string> outputs = Outputs.Option("Which rasters to write: a list of", "classes,confidence,probabilities");
        var settings = new SettingOptions<PredictStage>(PredictStage.List, new() { Scene = "", ModelPath = "", Directory = "", Name = "" });
        Option<Device> device = CommonOptions.Choice<Device>(
            "--device", "Where the network runs; cuda needs a build with the GPU packages");
        var pictures = new Option<bool>("--pictures")
        {
            Description = "Also draw NAME.scene.png, NAME.classes.png and NAME.probabilities.png, to look at without a GIS",
        };
        Option<bool> overwrite = CommonOptions.Overwrite();
        var masks = new MaskOptions();
        var preflight = new PreflightOptions();
        var clouds = new CloudOptions(settings);
        Command verb = CommandLine.Verb(
            "predict", "Maps classes, confidence and probabilities of stacks with a model.", "asm predict stack.tif -o maps --pictures",
            "asm predict S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE "
            + "-o maps --tiling exact --outputs classes,probabilities");
        verb.Arguments.Add(stacks);
        verb.Add(output, model, outputs);
        settings.AddTo(verb);
        verb.Add(pictures, device, overwrite);
        masks.AddTo(verb);
        preflight.AddTo(verb);
        clouds.AddTo(verb);
        verb.Does("1.2GB", (parsed, reporter, run) =>
        {
            string[] scenes = parsed.GetRequiredValue(stacks), names = Names(scenes);
            bool replaces = parsed.GetValue(overwrite);
            clouds.Require(parsed, scenes.Length, replaces);
            string modelPath = ModelOption.PathOf(parsed.GetValue(model)), folder = parsed.GetRequiredValue(output);
            using SegmentationModel network = SegmentationModel.Load(modelPath, run, parsed.GetValue(device));
            PredictStage all = settings.Apply(parsed, new()
            {
                Scene = "",
                ModelPath = modelPath,
                Network = network,
                Directory = folder,
                Name = "",
                Outputs = Outputs.Parse(parsed.GetRequiredValue(outputs)).Aggregate(PredictionOutputs.None, (a, b) => a | b),
                PictureDirectory = parsed.GetValue(pictures) ? folder : null,
                Masks = masks.Of(parsed),
                Overwrite = replaces,
            });
            PredictStage[] predictions = [.. scenes.Select((scene, i) =>
                clouds.AddTo(all with { Scene = scene, Name = names[i] }, parsed, i))];
            // All scenes are looked at before the first hour is spent.
            foreach (PredictStage prediction in predictions)
            {
                using Scene scene = Scene.Open(prediction.Scene, network.Description, prediction.Radiometry, run);
                foreach (string notice in scene.Notices) reporter.Note($"warning: {notice}");
                preflight.Check(parsed, prediction.Name, MaskedSource.Wrap(scene.Stack, all.Masks),
                    network.Description, scene.Facts, run, reporter);
            }
            preflight.RequireNoError();
            foreach (PredictStage prediction in predictions)
            {
                PredictResult result = reporter.Run(prediction, run, $"predict {prediction.Name}");
                MaskOptions.Warn(all.Masks, result.Grid, prediction.Name, reporter);
                Tell(prediction.Name, result.Grid, network.Description, result.Summary);
                clouds.Tell(prediction.Name, result.Summary);
            }
            clouds.Write(parsed, replaces);
            return CommandLine.Done;
        });
        return verb;
    }

    private static string[] Names(string[] sources)
    {
        string[] names = [.. sources.Select(Scene.NameOf)];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, names.Length).GroupBy(i => names[i]).Where(g => g.Count() > 1))
            throw new AsmException(string.Join(", ", same.Select(i => sources[i])), $"would all write {same.Key}.classes.tif",
                "inputs of different names", "rename one, or run the verb once for each with another -o");
        return names;
    }

    private static void Tell(string name, GeoGrid grid, ModelDescription model, PredictionSummary summary)
    {
        double all = grid.FullWindow.PixelCount;
        Console.WriteLine($"{name}: {grid.Width} x {grid.Height} px, "
            + $"{summary.WindowsRun} windows of {summary.Window.Height} x {summary.Window.Width} px run, {summary.WindowsSkipped} skipped, "
            + $"{summary.TotalTime.TotalSeconds:0.0} s ({summary.ModelTime.TotalSeconds:0.0} s in the network)");
        foreach (MapClass @class in model.Classes)
            Console.WriteLine(
                $"  {@class.Name,-12} {summary.ClassPixels[@class.Code - 1],14:N0} px {summary.ClassPixels[@class.Code - 1] / all,8:P2}");
        Console.WriteLine($"  {"no data",-12} {summary.NoDataPixels,14:N0} px {summary.NoDataPixels / all,8:P2}");
        Console.WriteLine($"  {"cloud",-12} {summary.CloudPixels,14:N0} px {summary.CloudPixels / all,8:P2}");
    }
}
