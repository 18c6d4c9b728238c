using System.CommandLine;
using Asm.Raster;
using Asm.Terminal;
using Asm.Training.Datasets;
using Asm.Training.Datasets.Adapters;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train dataset SOURCE... --labels FILE... -o DIR</c></summary>
internal static class DatasetVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var arguments = new DatasetArguments();
        Command command = CommandLine.Verb("dataset",
            "Makes a data set to train on: labelled pixels of images, shared out to training, "
            + "validation and test by place, and patches drawn at random. Pixels without a label are normal.",
            "asm-train dataset --layout simulated --seeds 1,2,3 --size 512 --patch 128 --patches 64 -o simulated-set",
            "asm-train dataset scene-2023.tif scene-2024.tif --labels polygons.gpkg --class-field class -o ghana",
            "asm-train dataset stack.tif --labels worldcover.tif --map 50=built,10=vegetation --rest none --allow-empty -o built",
            "asm-train dataset EuroSAT_MS --layout chips --map Residential=built,Industrial=built,Forest=vegetation "
            + "--rest none --allow-empty --bands B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A -o eurosat",
            "asm-train dataset SmallMinesDS --layout small-mines --map 1=mines --rest none --allow-empty -o small-mines");
        arguments.AddTo(command);
        var preflight = new PreflightOption();
        preflight.AddTo(command);
        command.Does((parsed, reporter, born) =>
        {
            RunOptions run = born with { Inputs = new InputWatch() };
            DatasetRequest request = arguments.Request(parsed);
            void Warn(string message) => reporter.Note($"warning: {message}");
            IReadOnlyList<SceneInput> scenes = arguments.Scenes(parsed, request.Scheme, Warn);
            preflight.Check(parsed, scenes, run, reporter);
            var build = new DatasetBuild(request, Warn);
            DatasetManifest manifest = build.Run(scenes, reporter.Track, run);
            Console.Write(DatasetTable.Of(manifest));
            Console.WriteLine(Path.Combine(request.Output, manifest.Patches.Count > 0 ? DatasetFiles.Preview : DatasetFiles.Manifest));
            return CommandLine.Done;
        });
        return command;
    }
}
