using System.CommandLine;
using System.Diagnostics;
using Asm.Raster;
using Asm.Terminal;
using Asm.Training.Baselines;
using Asm.Training.Export;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train baseline sam|rf|mlp DATASET -o MODEL.onnx</c></summary>
internal static class BaselineVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var kind = new Argument<string>("KIND")
        {
            Description = "sam: Spectral Angle Mapper; rf: random forest; mlp: multi-layer perceptron with 10 and 5 hidden units"
        };
        kind.AcceptOnlyFromAmong("sam", "rf", "mlp");
        kind.HelpName = "KIND";
        var dataset = new Argument<string?>("DATASET")
        {
            Description = "A folder that asm-train dataset wrote; its training split is learnt from",
            Arity = ArgumentArity.ZeroOrOne
        };
        var stack = new Option<string[]>("--stack")
        {
            Description = "Instead of DATASET: GeoTIFF of bands to learn from; several with as many --labels",
            AllowMultipleArgumentsPerToken = true
        };
        var labels = new Option<string[]>("--labels")
        {
            Description = "GeoTIFF of class codes from 1 on the stack's grid; 0: not labelled",
            AllowMultipleArgumentsPerToken = true
        };
        var classes = new Option<string[]>("--classes")
        {
            Description = "With --stack: names of classes 1, 2, ... [default: those that the labels name, else mines built vegetation]",
            AllowMultipleArgumentsPerToken = true
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The ONNX file. A STAC item of the same name, .json, is written beside it",
            Required = true
        };
        var name = new Option<string?>("--name") { Description = "The model's name [default: the file's]" };
        var most = new Option<int>("--max-per-class")
        {
            Description = "Most pixels of a class but the majority; 0: all",
            DefaultValueFactory = _ => new SampleOptions().MaxPerClass
        };
        var majority = new Option<string?>("--majority")
        {
            Description = $"The class that is cut to {SampleOptions.MajorityRatio} times the pixels of class 1 [default: the last]"
        };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Decides the pixels drawn and everything random in the training",
            DefaultValueFactory = _ => 1
        };
        var trees = new Option<int>("--trees")
        {
            Description = "rf: number of trees, 1 to 1000",
            DefaultValueFactory = _ => new ForestOptions().Trees
        };
        var leaf = new Option<int>("--min-leaf")
        {
            Description = "rf: fewest pixels of a leaf. 1, as in scikit-learn, makes a file four to five times as large",
            DefaultValueFactory = _ => new ForestOptions().MinLeaf
        };
        Option<int> threads = CommonOptions.Threads();
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace outputs that exist" };
        Command command = CommandLine.Verb("baseline",
            "Trains a classifier of single pixels, to compare the network with, and exports it to ONNX so that asm predict runs it.",
            "asm-train baseline rf my-dataset -o rf.onnx",
            "asm-train baseline mlp --stack stack.tif --labels labels.tif -o mlp.onnx");
        command.Arguments.Add(kind);
        command.Arguments.Add(dataset);
        command.Validators.Add(result =>
        {
            bool files = (result.GetValue(stack) ?? []).Length > 0 && (result.GetValue(labels) ?? []).Length > 0;
            bool folder = result.GetValue(dataset) is not null;
            if (files == folder) result.AddError("Give either DATASET, or --stack and --labels.");
            foreach (Option<int> option in (Option<int>[])[trees, leaf])
                if (result.GetResult(kind)?.Tokens is [{ Value: "sam" or "mlp" } other] && result.GetResult(option) is { Implicit: false })
                    result.AddError($"{option.Name} is for rf, and the classifier is {other.Value}");
        });
        foreach (Option option in new Option[]
        {
            stack, labels, classes, output, name, most, majority, seed, trees, leaf, threads, overwrite
        })
            command.Options.Add(option);
        command.Does((parsed, reporter, born) =>
        {
            RunOptions run = born with { Threads = parsed.GetValue(threads), Inputs = new InputWatch() };
            string path = parsed.GetRequiredValue(output);
            ModelOutput.RequireFree(path, parsed.GetValue(overwrite));
            string called = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path);
            var forest = new ForestOptions
            {
                Trees = parsed.GetValue(trees),
                MinLeaf = parsed.GetValue(leaf),
                Seed = parsed.GetValue(seed),
                Threads = run.Threads
            };
            forest.Validate();
            if (parsed.GetValue(most) < 0)
                throw new AsmException("--max-per-class", $"{parsed.GetValue(most)}", "0 or more", "give a number of pixels, or 0 for all");
            var draw = new SampleOptions
            {
                MaxPerClass = parsed.GetValue(most),
                Majority = parsed.GetValue(majority),
                Seed = parsed.GetValue(seed)
            };
            using LabelledRasters source = parsed.GetValue(dataset) is { } folder
                ? LabelledRasters.Open(folder)
                : LabelledRasters.Open(parsed.GetValue(stack)!, parsed.GetValue(labels)!,
                    parsed.GetValue(classes) ?? [], run);
            PixelSamples samples = SampleDraw.Draw(source.Rasters, source.BandNames, source.Classes, draw, run.Cancellation);
            reporter.Note(
                $"{samples.Count} pixels: {string.Join(", ", samples.ClassCounts().Select((n, i) => $"{n} {samples.Classes[i].Name}"))}");
            var clock = Stopwatch.StartNew();
            IPixelClassifier classifier = reporter.Track<IPixelClassifier>("train", progress => parsed.GetRequiredValue(kind) switch
            {
                "rf" => RandomForest.Train(samples, forest, progress, run.Cancellation),
                "mlp" => Perceptron.Train(samples, forest.Seed, progress, run.Cancellation),
                _ => SpectralAngleMapper.Train(samples),
            });
            reporter.Note($"trained in {clock.Elapsed.TotalSeconds:0.0} s");
            ModelCard card = BaselineModel.Card(classifier, samples, new ExportOptions { Name = called, TrainedOn = source.Description });
            byte[] model = BaselineModel.Build(classifier, card);
            Parity parity = BaselineParity.Run(classifier, samples, model);
            run.Cancellation.ThrowIfCancellationRequested();
            run.Inputs.RequireUnchanged();
            BaselineModel.Write(path, model, card, parsed.GetValue(overwrite));
            Console.WriteLine($"{path}: {model.Length / 1e6:0.0} MB; {parity.Windows} windows through the classifier and ONNX Runtime, "
                + $"probabilities differ by {parity.LargestDifference:0.0e+0} at most, {parity.TiedLabels} labels by a tie");
            return CommandLine.Done;
        });
        return command;
    }
}
