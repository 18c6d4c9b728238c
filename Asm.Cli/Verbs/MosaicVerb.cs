using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Asm.Analysis.Mosaicing;
using Asm.Cli.Options;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm mosaic: maps of many tiles to one.</summary>
internal static class MosaicVerb
{
    public static Command Create()
    {
        Argument<string[]> maps = CommonOptions.Paths<string[]>(new("MAP") { Description = "Class maps of tiles, whose UTM zones may differ; for max-probability class maps with NAME.confidence.tif beside NAME.classes.tif, or probability maps", Arity = ArgumentArity.OneOrMore });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The map to write, a GeoTIFF", Required = true });
        var rule = new Option<string>("--rule") { Description = "Which tile decides where several have data: max-class, the highest code (vegetation must be the last class); max-probability, the most probable class; first, the first tile given", DefaultValueFactory = _ => "max-class" };
        rule.AcceptOnlyFromAmong("max-class", "max-probability", "first");
        var crs = new Option<string?>("--crs") { Description = "CRS of the map: EPSG:32630, or a file of WKT1 [default: that of most tiles]" };
        var resolution = new Option<double?>("--resolution") { Description = "Side of a pixel in units of the CRS [default: as most tiles of this CRS have it]" };
        resolution.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value) && !(value > 0 && double.IsFinite(value)))
                result.AddError($"--resolution is {result.Tokens[0].Value}; expected: a number above 0");
        });
        var bounds = new Option<MapBounds?>("--bounds") { Description = "WEST,SOUTH,EAST,NORTH in units of the CRS, widened to whole pixels [default: all of all tiles]", CustomParser = ParseBounds };
        Option<double?> fullScale = EnsembleVerb.FullScaleOption();
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("900MB");
        var masks = new MaskOptions();
        Command verb = CommandLine.Verb("mosaic", "Puts maps of many tiles together; reprojects those that lie in another CRS (classes by nearest neighbour, probabilities bilinearly).",
            "asm mosaic tiles/*.classes.tif -o ghana-2019.tif", "asm mosaic tiles/*.classes.tif -o ghana-2019.tif --rule max-probability --crs EPSG:32630 --bounds 400000,500000,900000,1300000");
        verb.Arguments.Add(maps);
        foreach (Option option in new Option[] { output, rule, crs, resolution, bounds, fullScale, overwrite, threads, memory }) verb.Options.Add(option);
        masks.AddTo(verb);
        verb.Does((parsed, reporter, cancellation) =>
        {
            IReadOnlyList<PolygonMask> left = masks.Of(parsed);
            var files = new MosaicFiles
            {
                OutputPath = parsed.GetRequiredValue(output),
                Rule = parsed.GetValue(rule) switch { "max-probability" => MosaicRule.MaxProbability, "first" => MosaicRule.First, _ => MosaicRule.MaxClass },
                Grid = new() { Crs = parsed.GetValue(crs) is { } text ? Crs.Parse(text) : null, Resolution = parsed.GetValue(resolution), Bounds = parsed.GetValue(bounds) },
                FullScale = parsed.GetValue(fullScale),
                Masks = left,
                Overwrite = parsed.GetValue(overwrite),
            };
            string[] inputs = parsed.GetRequiredValue(maps);
            MosaicSummary summary = reporter.Track("mosaic", progress => files.Run(inputs,
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation },
                grid => System.Console.WriteLine($"grid: {grid}")));
            MaskOptions.Warn(left, summary.Grid, files.OutputPath, reporter);
            Tell(files.OutputPath, inputs.Length, summary);
            return CommandLine.Done;
        });
        return verb;
    }

    private static MapBounds? ParseBounds(ArgumentResult result)
    {
        string text = string.Join(' ', result.Tokens.Select(t => t.Value));
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new double[4];
        if (parts.Length == 4 && Enumerable.Range(0, 4).All(i => double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && double.IsFinite(numbers[i]))
            && numbers[0] < numbers[2] && numbers[1] < numbers[3]) return new(numbers[0], numbers[1], numbers[2], numbers[3]);
        result.AddError($"--bounds is '{text}'; expected: WEST,SOUTH,EAST,NORTH with west below east and south below north");
        return null;
    }

    private static void Tell(string path, int tiles, MosaicSummary summary)
    {
        double all = summary.Grid.FullWindow.PixelCount;
        System.Console.WriteLine($"{path}: {tiles} tile{(tiles == 1 ? "" : "s")}, {summary.TotalTime.TotalSeconds:0.0} s");
        foreach (MapClass @class in summary.Classes)
            System.Console.WriteLine($"  {@class.Name,-12} {summary.PixelsByCode[@class.Code],14:N0} px {summary.PixelsByCode[@class.Code] / all,8:P2}");
        System.Console.WriteLine($"  {"no data",-12} {summary.PixelsByCode[0],14:N0} px {summary.PixelsByCode[0] / all,8:P2}");
    }
}
