using System.CommandLine;
using System.Globalization;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Terminal;
using Asm.Training.Export;
using Asm.Training.Fitting;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train export CHECKPOINT -o MODEL.onnx</c></summary>
internal static class ExportVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "A file that asm-train fit wrote" };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The ONNX file. A STAC item of the same name, .json, is written beside it",
            Required = true
        };
        var name = new Option<string?>("--name") { Description = "The model's name [default: the file's]" };
        var license = new Option<string>("--license")
        {
            Description = "Licence of the weights, an SPDX identifier",
            DefaultValueFactory = _ => new ExportOptions { Name = "" }.License
        };
        var trainedOn = new Option<string?>("--trained-on")
        {
            Description = "What it was trained on, in a few words [default: as the checkpoint says]"
        };
        var parity = new Option<string[]>("--parity")
        {
            Description = "Stacks (GeoTIFF) with the model's band names; the check takes the middle of each, beside random windows",
            AllowMultipleArgumentsPerToken = true
        };
        var average = new Option<string?>("--average")
        {
            Description = "A model (checkpoint or ONNX file) of the same size whose weights are averaged with the checkpoint's. "
                + "For a run that started from that model this keeps more of what it knew"
        };
        var share = new Option<double>("--average-share")
        {
            Description = "Share of --average in each weight, 0 to 1",
            DefaultValueFactory = _ => new ExportOptions { Name = "" }.AverageShare
        };
        CommonOptions.Share(share);
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace outputs that exist" };
        Command command = CommandLine.Verb("export",
            "Turns a checkpoint into an ONNX file that says all that asm needs to know of it, after checking that ONNX "
            + "Runtime computes with it what libtorch computes: probabilities within 0.00001, labels equal but for ties.",
            "asm-train export run/best.checkpoint -o small.onnx --name asm-small",
            "asm-train export run/best.checkpoint -o small.onnx --average models/asm-starter.onnx --average-share 0.3");
        command.Arguments.Add(checkpoint);
        foreach (Option option in new Option[] { output, name, license, trainedOn, parity, average, share, overwrite })
            command.Options.Add(option);
        command.Does((parsed, _, run) =>
        {
            string path = parsed.GetRequiredValue(output);
            ModelOutput.RequireFree(path, parsed.GetValue(overwrite));
            string called = ModelOutput.Name(path, parsed.GetValue(name));
            var options = new ExportOptions
            {
                Name = called,
                License = parsed.GetRequiredValue(license),
                TrainedOn = parsed.GetValue(trainedOn),
                AverageWith = parsed.GetValue(average),
                AverageShare = parsed.GetValue(share)
            };
            string from = parsed.GetRequiredValue(checkpoint);
            Parity found = Export(from, path, options, parsed.GetValue(parity) ?? [], run);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path}: {found.Windows} windows through libtorch and ONNX Runtime, "
                + $"probabilities differ by {found.LargestDifference:0.0e+0} at most, {found.TiedLabels} labels by a tie"));
            return CommandLine.Done;
        });
        return command;
    }

    private static Parity Export(string checkpoint, string output, ExportOptions options, string[] files, RunOptions run)
    {
        List<IRasterSource> rasters = [.. Scene(Checkpoint.ReadInfo(checkpoint))];
        try
        {
            foreach (string file in files) rasters.Add(run.Open(file));
            return OnnxExport.Run(checkpoint, output, options, rasters);
        }
        finally
        {
            foreach (IRasterSource raster in rasters) raster.Dispose();
        }
    }

    // Noise alone would exercise few of the network's paths; a simulated scene is there wherever its bands are the model's.
    private static IRasterSource[] Scene(CheckpointInfo info)
    {
        IRasterSource scene = new SimulatedScene(new SimulationOptions()).Bands(0, 0);
        return BandMatch.FindNamed(scene.Info, info.BandNames) is not null ? [scene] : [];
    }
}
