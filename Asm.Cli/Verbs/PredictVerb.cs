using System.CommandLine;
using Asm.Cli.Options;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm predict: stacks to class maps, confidence and probabilities.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        Argument<string[]> stacks = CommonOptions.Paths<string[]>(new("STACK") { Description = "Ten-band GeoTIFFs, or anything that asm prepare takes, such as .SAFE folders or URLs: each is one scene", Arity = ArgumentArity.OneOrMore });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "Folder for NAME.classes.tif, NAME.confidence.tif and NAME.probabilities.tif of each input", Required = true });
        Option<string?> model = ModelOption();
        var outputs = new Option<string>("--outputs") { Description = "Which rasters to write: a list of classes, confidence, probabilities", DefaultValueFactory = _ => "classes,confidence,probabilities" };
        var probabilityType = new Option<string>("--probability-type") { Description = "uint8: 1..255 = 0..1, no data 0; float32: 0..1, no data -1", DefaultValueFactory = _ => "uint8" };
        probabilityType.AcceptOnlyFromAmong("uint8", "float32");
        var tiling = new Option<Tiling>("--tiling") { Description = "blend: windows of the training size, weighted so that no seam shows; exact: equal to one run over the whole scene", DefaultValueFactory = _ => Tiling.Blend };
        Option<int> window = CommonOptions.Within(16, 16_384, new("--window") { Description = "Side of the windows in pixels [default: blend: the training size, 256 at least; exact: the largest that the memory allows]" });
        Option<int> overlap = CommonOptions.Within(0, 8192, new("--overlap") { Description = "Pixels that neighbouring windows share at least, for blend", DefaultValueFactory = _ => new PredictionOptions().OverlapPixels });
        var device = new Option<Device>("--device") { Description = "Where the network runs; cuda needs a build with the GPU packages", DefaultValueFactory = _ => Device.Cpu };
        var pictures = new Option<bool>("--pictures") { Description = "Also draw NAME.scene.png, NAME.classes.png and NAME.probabilities.png, to look at without a GIS" };
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("1.2GB");
        var radiometry = new RadiometryOptions();
        var masks = new MaskOptions();
        var preflight = new PreflightOptions();
        var clouds = new CloudOptions();

        Command verb = CommandLine.Verb("predict", "Maps classes, confidence and probabilities of stacks with a model.",
            "asm predict stack.tif -o maps --pictures", "asm predict S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE -o maps --tiling exact --outputs classes,probabilities");
        verb.Arguments.Add(stacks);
        foreach (Option option in new Option[] { output, model, outputs, probabilityType, tiling, window, overlap, pictures, device, overwrite, threads, memory }) verb.Options.Add(option);
        radiometry.AddTo(verb);
        masks.AddTo(verb);
        preflight.AddTo(verb);
        clouds.AddTo(verb);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string[] sources = parsed.GetRequiredValue(stacks);
            string[] names = Names(sources);
            IReadOnlyList<PolygonMask> left = masks.Of(parsed);
            PredictionOutputs wanted = ParseOutputs(parsed.GetRequiredValue(outputs));
            var options = new PredictionOptions
            {
                Tiling = parsed.GetValue(tiling),
                WindowPixels = parsed.GetValue(window),
                OverlapPixels = parsed.GetValue(overlap),
            };
            clouds.Require(parsed, sources.Length, parsed.GetValue(overwrite));
            using SegmentationModel network = SegmentationModel.Load(ModelPath(parsed.GetValue(model)), parsed.GetValue(threads), parsed.GetValue(device));
            for (int i = 0; i < sources.Length; i++)
            {
                using Scene scene = Scene.Open(sources[i], network.Description, radiometry.Of(parsed), new() { Cancellation = cancellation });
                foreach (string notice in scene.Notices) reporter.Note($"warning: {notice}");
                var checking = new RunOptions { Threads = parsed.GetValue(threads), Cancellation = cancellation };
                preflight.Check(parsed, names[i], MaskedSource.Wrap(scene.Stack, left), network.Description, scene.Facts, checking, reporter);
            }
            preflight.RequireNoError();
            for (int i = 0; i < sources.Length; i++)
            {
                using Scene scene = Scene.Open(sources[i], network.Description, radiometry.Of(parsed), new() { Cancellation = cancellation });
                using IRasterSource? classification = clouds.Open(parsed, i, scene, new() { Cancellation = cancellation }, out IReadOnlyList<string> classificationFiles);
                var prediction = new PredictionFiles
                {
                    Directory = parsed.GetRequiredValue(output),
                    Name = names[i],
                    Outputs = wanted,
                    ProbabilityType = parsed.GetValue(probabilityType) == "float32" ? SampleType.Float32 : SampleType.UInt8,
                    PictureDirectory = parsed.GetValue(pictures) ? parsed.GetRequiredValue(output) : null,
                    Overwrite = parsed.GetValue(overwrite),
                    Radiometry = radiometry.Of(parsed),
                    Masks = left,
                    Options = clouds.AddTo(options, parsed, classification),
                };
                PredictionSummary summary = reporter.Track($"predict {names[i]}", progress => prediction.Run(scene.Stack, [.. scene.Files.Union(classificationFiles)], network,
                    new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
                MaskOptions.Warn(left, scene.Stack.Info.Grid, names[i], reporter);
                Tell(names[i], scene.Stack.Info.Grid, network.Description, summary);
                clouds.Tell(names[i], summary);
            }
            clouds.Write(parsed, parsed.GetValue(overwrite));
            return CommandLine.Done;
        });
        return verb;
    }

    /// <summary>--model, with the shipped model as default.</summary>
    public static Option<string?> ModelOption() => CommonOptions.NotEmpty<string?>(new("--model") { Description = "An ONNX model with its metadata [default: the starter model that comes with the program]" });

    /// <summary>The model's path: the one given, else the shipped one beside the program.</summary>
    public static string ModelPath(string? given) => given ?? Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx");

    private static string[] Names(string[] sources)
    {
        string[] names = [.. sources.Select(Scene.NameOf)];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, names.Length).GroupBy(i => names[i]).Where(g => g.Count() > 1))
            throw new AsmException(string.Join(", ", same.Select(i => sources[i])), $"would all write {same.Key}.classes.tif", "inputs of different names", "rename one, or run the verb once for each with another -o");
        return names;
    }

    private static PredictionOutputs ParseOutputs(string list)
    {
        PredictionOutputs outputs = PredictionOutputs.None;
        foreach (string word in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            outputs |= word switch
            {
                "classes" => PredictionOutputs.Classes,
                "confidence" => PredictionOutputs.Confidence,
                "probabilities" => PredictionOutputs.Probabilities,
                _ => throw new AsmException("--outputs", $"names '{word}'", "classes, confidence or probabilities, separated by commas", "for example --outputs classes,probabilities"),
            };
        return outputs != PredictionOutputs.None ? outputs : throw new AsmException("--outputs", "names nothing", "classes, confidence or probabilities", "leave the option out to write all three");
    }

    private static void Tell(string name, GeoGrid grid, ModelDescription model, PredictionSummary summary)
    {
        double all = grid.FullWindow.PixelCount;
        System.Console.WriteLine($"{name}: {grid.Width} x {grid.Height} px, {summary.WindowsRun} windows of {summary.Window.Height} x {summary.Window.Width} px run, {summary.WindowsSkipped} skipped, {summary.TotalTime.TotalSeconds:0.0} s ({summary.ModelTime.TotalSeconds:0.0} s in the network)");
        foreach (MapClass @class in model.Classes)
            System.Console.WriteLine($"  {@class.Name,-12} {summary.ClassPixels[@class.Code - 1],14:N0} px {summary.ClassPixels[@class.Code - 1] / all,8:P2}");
        System.Console.WriteLine($"  {"no data",-12} {summary.NoDataPixels,14:N0} px {summary.NoDataPixels / all,8:P2}");
        System.Console.WriteLine($"  {"cloud",-12} {summary.CloudPixels,14:N0} px {summary.CloudPixels / all,8:P2}");
    }
}
