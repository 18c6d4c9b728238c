using System.CommandLine;
using Asm.Analysis.Mosaicing;
using Asm.Cli.Options;
using Asm.Maps.Classes;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm mosaic: maps of many tiles to one.</summary>
internal static class MosaicVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP")
        {
            Description = "Class maps of tiles, whose UTM zones may differ; "
                + "for max-probability class maps with NAME.confidence.tif beside NAME.classes.tif, or probability maps",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> output = CommonOptions.Output("The map to write, a GeoTIFF");
        var settings = new SettingOptions<MosaicStage>(MosaicStage.List, new() { Inputs = [], OutputPath = "" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        var masks = new MaskOptions();
        Command verb = CommandLine.Verb(
            "mosaic",
            "Puts maps of many tiles together; "
            + "reprojects those that lie in another CRS (classes by nearest neighbour, probabilities bilinearly).",
            "asm mosaic tiles/*.classes.tif -o ghana-2019.tif",
            "asm mosaic tiles/*.classes.tif -o ghana-2019.tif --rule max-probability "
            + "--crs EPSG:32630 --bounds 400000,500000,900000,1300000");
        verb.Arguments.Add(maps);
        verb.Add(output);
        settings.AddTo(verb);
        verb.Add(overwrite);
        masks.AddTo(verb);
        verb.Does("900MB", (parsed, reporter, run) =>
        {
            MosaicStage stage = settings.Apply(parsed, new()
            {
                Inputs = parsed.GetRequiredValue(maps),
                OutputPath = parsed.GetRequiredValue(output),
                Announce = grid => Console.WriteLine($"grid: {grid}"),
                Masks = masks.Of(parsed),
                Overwrite = parsed.GetValue(overwrite),
            });
            MosaicSummary summary = reporter.Run(stage, run);
            MaskOptions.Warn(stage.Masks, summary.Grid, stage.OutputPath, reporter);
            Tell(stage.OutputPath, stage.Inputs.Count, summary);
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(string path, int tiles, MosaicSummary summary)
    {
        double all = summary.Grid.FullWindow.PixelCount;
        Console.WriteLine($"{path}: {tiles} tile{(tiles == 1 ? "" : "s")}, {summary.TotalTime.TotalSeconds:0.0} s");
        foreach (MapClass @class in summary.Classes)
            Console.WriteLine(
                $"  {@class.Name,-12} {summary.PixelsByCode[@class.Code],14:N0} px {summary.PixelsByCode[@class.Code] / all,8:P2}");
        Console.WriteLine($"  {"no data",-12} {summary.PixelsByCode[0],14:N0} px {summary.PixelsByCode[0] / all,8:P2}");
    }
}
