using System.CommandLine;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Terminal;
using Asm.Training.Datasets;
using Asm.Training.Evaluation;

namespace Asm.Training.Verbs;

/// <summary><c>asm-train evaluate DATASET --model A.onnx --model B.onnx -o DIR</c></summary>
internal static class EvaluateVerb
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Argument<string[]> datasets = CommonOptions.Paths<string[]>(new("DATASET")
        {
            Description = "Folders that asm-train dataset made; the scenes of each are a group where there are several",
            Arity = ArgumentArity.ZeroOrMore
        });
        var models = new Option<string[]>("--model", "-m")
        {
            Description = "An ONNX model, PATH or NAME=PATH; give it once for each model",
            Required = true
        };
        var tiles = new Option<string[]>("--tile")
        {
            Description = "A stack, PATH or NAME=PATH; give --tile and --labels once for each tile, in the same order"
        };
        var labels = new Option<string[]>("--labels")
        {
            Description = "The labels of a tile: a class map on the stack's grid, 0 or no data where there is no label"
        };
        var classes = new Option<string?>("--classes")
        {
            Description = "Names of the values 1, 2, 3, ... of --labels, separated by commas [default: those that the files state]"
        };
        var split = new Option<string>("--split")
        {
            Description = "Which labels of the data sets count: test, validation or train",
            DefaultValueFactory = _ => "test"
        };
        split.AcceptOnlyFromAmong("test", "validation", "train");
        var groups = new Option<string[]>("--group")
        {
            Description = "Tiles to be averaged together, NAME=TILE,TILE; * stands for any text; give it once for each group"
        };
        var map = new Option<string[]>("--map")
        {
            Description = "Count classes of models or labels as others, FROM=TO,...; X=X leaves a class in that only one side has"
        };
        var target = new Option<string?>("--target")
        {
            Description = "The class with columns of its own in the first table [default: mines, else the first]"
        };
        var perChip = new Option<bool>("--per-chip")
        {
            Description = "Also tell whole tiles as one answer each: the class that most labelled pixels are mapped as"
        };
        var radiometry = new SettingOptions<StackRadiometry>(
            RadiometrySettings.Of<StackRadiometry>(r => r, (_, given) => given), new());
        var preflight = new PreflightOption();
        Option<Tiling> tiling = CommonOptions.Choice<Tiling>("--tiling", "How scenes are cut into windows and joined, as for asm predict");
        var noCloud = new Option<bool>("--no-cloud-rule") { Description = "Compare bright pixels too, which asm predict would call cloud" };
        var noPictures = new Option<bool>("--no-pictures")
        {
            Description = $"Draw no pictures. Groups of more than {TileGroup.MostTilesListed} tiles never have any"
        };
        Option<Device> device = CommonOptions.Choice<Device>("--device", "Where models run; cuda needs a build with the GPU packages");
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o")
        {
            Description = "Folder for evaluation.json, evaluation.csv, evaluation.md and pictures/",
            Required = true
        });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = CommandLine.Verb("evaluate",
            "Compares models with labels, through the same code as asm predict: "
            + "class accuracies, IoU, confusion matrices, and pictures side by side.",
            "asm-train evaluate ghana/ -m unet=unet.onnx -m forest=forest.onnx -o evaluation",
            "asm-train evaluate --tile a.tif --labels a-labels.tif --tile b.tif --labels b-labels.tif "
            + "--classes mines,built,vegetation --group \"new place\"=b -m unet.onnx -o evaluation");
        command.Arguments.Add(datasets);
        foreach (Option option in new Option[]
        {
            models, tiles, labels, classes, split, groups, map, target, perChip, tiling, noCloud, noPictures, device, output, overwrite
        })
            command.Options.Add(option);
        radiometry.AddTo(command);
        preflight.AddTo(command);
        command.Does("1.2GB", (parsed, reporter, born) =>
        {
            RunOptions run = born with { Inputs = new InputWatch() };
            Dataset[] open = [.. (parsed.GetValue(datasets) ?? []).Select(Dataset.Open)];
            try
            {
                string[] stacks = parsed.GetValue(tiles) ?? [];
                if (open.Length + stacks.Length == 0)
                    throw new AsmException("evaluate", "neither a data set nor a --tile is given",
                        "labelled images to compare the models on",
                        "give a folder that asm-train dataset made, or --tile STACK.tif --labels LABELS.tif");
                StackRadiometry given = radiometry.Apply(parsed, new());
                if (stacks.Length == 0 && given != new StackRadiometry())
                    throw new AsmException("evaluate", "how numbers are read is told, and no --tile is given",
                        "`offset`, `quantification`, `nodata` and `bands` for tiles only",
                        "leave them out: the numbers of a data set were read when it was made");
                var options = new EvaluationOptions
                {
                    Models = [.. parsed.GetRequiredValue(models).Select(NamedPath.Parse)],
                    Tiles = TileGroup.Assign([.. OfDatasets(open, Enum.Parse<Split>(parsed.GetRequiredValue(split), ignoreCase: true)),
                        .. OfFiles(stacks, parsed.GetValue(labels) ?? [], parsed.GetValue(classes), given, run)],
                        parsed.GetValue(groups) ?? []),
                    Output = parsed.GetRequiredValue(output),
                    Overwrite = parsed.GetValue(overwrite),
                    Split = open.Length > 0 ? parsed.GetValue(split) : null,
                    Map = Pairs(parsed.GetValue(map) ?? []),
                    Target = parsed.GetValue(target),
                    Radiometry = given,
                    PerChip = parsed.GetValue(perChip),
                    Pictures = !parsed.GetValue(noPictures),
                    Prediction = new PredictionOptions
                    {
                        Tiling = parsed.GetValue(tiling),
                        CloudReflectance = parsed.GetValue(noCloud) ? null : PredictionOptions.DefaultCloudReflectance
                    },
                    Device = parsed.GetValue(device),
                    Run = run,
                };
                using var evaluation = new ModelEvaluation(options, reporter.Note);
                preflight.Check(parsed, evaluation.Result, run, reporter);
                for (int i = 0; i < options.Models.Count; i++)
                {
                    int model = i;
                    reporter.Track($"{options.Models[i].Name} ({i + 1} of {options.Models.Count})", progress =>
                    {
                        evaluation.Run(model, progress);
                        return true;
                    });
                }

                run.Inputs.RequireUnchanged();
                evaluation.Write();
                Console.WriteLine(string.Join("\n", EvaluationTables.Of(evaluation.Result).Select(t => t.ToText())));
                return CommandLine.Done;
            }
            finally
            {
                foreach (Dataset dataset in open) dataset.Dispose();
            }
        });
        return command;
    }

    private static IEnumerable<LabelledTile> OfDatasets(Dataset[] open, Split split)
    {
        string[] names = [.. open.Select(d => open.Length == 1
            ? ""
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(d.Folder))))];
        if (open.Length > 1) NamedPath.RequireDistinct(names, "the data sets", "rename one of the folders");
        return open.Zip(names).SelectMany(d => LabelledTile.Of(d.First, split, d.Second));
    }

    private static IEnumerable<LabelledTile> OfFiles(
        string[] stacks, string[] labels, string? classes, StackRadiometry radiometry, RunOptions run)
    {
        if (stacks.Length != labels.Length)
            throw new AsmException("--tile and --labels", $"{stacks.Length} stacks and {labels.Length} labels",
                "one --labels for each --tile, in the same order", "give the one that is missing");
        string[] names = classes?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return stacks.Zip(labels).Select(t => LabelledTile.Of(NamedPath.Parse(t.First), t.Second, names, radiometry, run));
    }

    private static Dictionary<string, string> Pairs(string[] texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string text in texts.SelectMany(t => t.Split(',')))
        {
            string[] parts = text.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts.Contains("") || !pairs.TryAdd(parts[0], parts[1]))
                throw new AsmException("--map", $"'{text}'", "FROM=TO, each class once", "for example: --map urban=built");
        }

        return pairs;
    }
}
