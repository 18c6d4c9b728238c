using System.CommandLine;
using System.Globalization;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;
using Asm.Terminal;
using Asm.Training.Export;
using Asm.Training.Quantizing;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train quantize MODEL.onnx -o MODEL-int8.onnx</c></summary>
internal static class QuantizeVerb
{
    private const double Acceptable = 0.999;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var defaults = new QuantizeOptions { Name = "" };
        Argument<string> model = CommonOptions.Paths<string>(new("MODEL.onnx")
        {
            Description = "A float32 model that asm-train export wrote"
        });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o")
        {
            Description = "The int8 model. A STAC item of the same name, .json, is written beside it",
            Required = true
        });
        var name = new Option<string?>("--name") { Description = "The new model's name [default: the file's]" };
        var calibrate = new Option<string[]>("--calibrate")
        {
            Description = "Stacks to find the ranges of values on [default: simulated scenes]",
            AllowMultipleArgumentsPerToken = true
        };
        var simulated = new Option<bool>("--simulated") { Description = "Calibrate on simulated scenes beside the stacks" };
        var compare = new Option<string[]>("--compare")
        {
            Description = "Stacks to compare the two models on, whole, beside the windows held out",
            AllowMultipleArgumentsPerToken = true
        };
        Option<int> windows = CommonOptions.Within(2, 10_000, new("--windows")
        {
            Description = "Windows to calibrate on of each stack and of the simulation; as many more are held out to compare on",
            DefaultValueFactory = _ => defaults.Windows
        });
        var seed = new Option<ulong>("--seed") { Description = "Decides the windows", DefaultValueFactory = _ => defaults.Seed };
        Option<RangeRule> range = CommonOptions.Choice<RangeRule>(
            "--range",
            "What 8 bits stand for: all values but 1 in 100,000 (percentile), all of them (minmax), "
                + "or the range of least squared error (leastsquares)");
        Option<int> bits = CommonOptions.Within(7, 8, new("--weight-bits")
        {
            Description = "7 for processors without VNNI, where 8 may saturate; there, compare both",
            DefaultValueFactory = _ => defaults.WeightBits
        });
        var target = new Option<double>("--target")
        {
            Description =
                "Share of labels, 0 to 1, that must agree on calibration windows; until they do, the most sensitive layers stay float32",
            DefaultValueFactory = _ => defaults.Target
        };
        CommonOptions.Share(target);
        Option<int> threads = CommonOptions.Threads();
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = CommandLine.Verb("quantize",
            "Turns a float32 model into an int8 one that is smaller and, on processors with 8-bit arithmetic, faster; "
            + "tells how far the two agree.",
            "asm-train quantize models/asm-starter.onnx -o asm-starter-int8.onnx",
            "asm-train quantize unet.onnx -o unet-int8.onnx --calibrate a.tif b.tif --simulated --compare c.tif");
        command.Arguments.Add(model);
        foreach (Option option in new Option[]
        {
            output, name, calibrate, simulated, compare, windows, seed, range, bits, target, threads, overwrite
        })
            command.Options.Add(option);
        command.Does((parsed, reporter, born) =>
        {
            RunOptions run = born with { Threads = parsed.GetValue(threads), Inputs = new InputWatch() };
            string path = parsed.GetRequiredValue(output);
            RequireFree(path, parsed.GetRequiredValue(model), parsed.GetValue(overwrite));
            var quantizer = new Quantizer(parsed.GetRequiredValue(model), new QuantizeOptions
            {
                Name = ModelOutput.Name(path, parsed.GetValue(name)),
                Windows = parsed.GetValue(windows),
                Seed = parsed.GetValue(seed),
                Range = parsed.GetValue(range),
                WeightBits = parsed.GetValue(bits),
                Target = parsed.GetValue(target),
            }, run);
            var open = new List<IRasterSource>();
            try
            {
                foreach (string file in parsed.GetValue(compare) ?? []) open.Add(run.Open(file));
                string[] stacks = parsed.GetValue(calibrate) ?? [];
                foreach (string file in stacks)
                {
                    using IRasterSource stack = run.Open(file);
                    quantizer.AddStack(stack);
                }
                if (stacks.Length == 0 || parsed.GetValue(simulated)) quantizer.AddSimulation();
                foreach ((string stage, Action<IProgress<RunProgress>> work) in new (string, Action<IProgress<RunProgress>>)[]
                {
                    ("calibrate", quantizer.Calibrate), ("choose layers", quantizer.Choose), ("compare", p => quantizer.Compare(open, p)),
                })
                    reporter.Track(stage, progress =>
                    {
                        work(progress);
                        return true;
                    });
            }
            finally
            {
                foreach (IRasterSource raster in open) raster.Dispose();
            }
            run.Inputs.RequireUnchanged();
            quantizer.Write(path, parsed.GetValue(overwrite));
            Tell(path, quantizer, reporter);
            return CommandLine.Done;
        });
        return command;
    }

    // Before the work, so that nobody waits for an error; the files are checked again when they are written.
    private static void RequireFree(string path, string model, bool overwrite)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(model))
            throw new AsmException(path, "is the model itself", "another file", "give another name with --output");
        ModelOutput.RequireFree(path, overwrite);
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new AsmException(path, "its folder does not exist", "a folder that exists", "create it, or give another path");
    }

    private static void Tell(string path, Quantizer quantizer, Reporter reporter)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length / 1e6:0.0} MB; "
            + $"{quantizer.IntegerShare:P0} of the multiplications in int8; float32: {string.Join(", ", quantizer.FloatLayers)}"));
        foreach ((string name, Agreement agreement, bool calibrated) in quantizer.Compared)
        {
            string classes = string.Join(", ",
                quantizer.Classes.Select(c => agreement.IntersectionOverUnion(c.Code) is var iou && double.IsNaN(iou)
                    ? $"{c.Name} in neither"
                    : string.Create(CultureInfo.InvariantCulture, $"{c.Name} {iou:0.0000}")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {agreement.LabelAgreement:P3} of {agreement.Pixels} labels agree; "
                + $"probabilities differ by {agreement.MeanDifference:0.00000} on average, {agreement.LargestDifference:0.000} at most; "
                + $"IoU of int8 with float32: {classes}"));
            if (agreement.LabelAgreement < Acceptable)
                reporter.Note(string.Create(CultureInfo.InvariantCulture,
                    $"warning: {name}: fewer than {Acceptable:P1} of the labels agree; {Advice(calibrated, quantizer.TargetReached)}"));
        }
    }

    // Only what can still help: a stack that was calibrated on is like itself, and no more than half may be float32.
    internal static string Advice(bool calibrated, bool targetReached) => (calibrated, targetReached) switch
    {
        (false, true) => "calibrate on stacks like it (--calibrate), or raise --target",
        (true, true) => "raise --target",
        (false, false) => string.Create(CultureInfo.InvariantCulture,
            $"no further layer may stay float32 (at most {LayerChoice.MostFloat:P0} of the arithmetic): "
            + $"calibrate on stacks like it (--calibrate), or use the float32 model for them"),
        (true, false) => string.Create(CultureInfo.InvariantCulture,
            $"no further layer may stay float32 (at most {LayerChoice.MostFloat:P0} of the arithmetic): "
            + $"use the float32 model for scenes like it"),
    };
}
