using System.CommandLine;
using Asm.Analysis.Heatmaps;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm heatmap: a class or change map to a kernel density.</summary>
internal static class HeatmapVerb
{
    public static Command Create()
    {
        Argument<string> map = CommonOptions.Paths<string>(new("MAP") { Description = "A change map or a class map" });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The density to write, a GeoTIFF: float32, pixels per km2", Required = true });
        var defaults = new DensityOptions();
        var @class = new Option<string>("--class") { Description = "What is counted: a class, on a change map what is new of it; or a change such as \"vegetation to mines\"", DefaultValueFactory = _ => "mines" };
        var bandwidth = new Option<double>("--bandwidth") { Description = "Distance in metres within which pixels count; for the Gaussian kernel its standard deviation", DefaultValueFactory = _ => defaults.BandwidthMetres };
        var kernel = new Option<DensityKernel>("--kernel") { Description = "quartic: 3/(pi h^2) (1-d^2/h^2)^2 within h; uniform: 1/(pi h^2) within h; gaussian: cut at 4 bandwidths and scaled to 1", DefaultValueFactory = _ => defaults.Kernel };
        var cell = new Option<double>("--cell") { Description = "Side of an output cell in metres, a whole multiple of the map's pixel size", DefaultValueFactory = _ => defaults.CellMetres };
        Option<string?> picture = CommonOptions.NotEmpty<string?>(new("--picture") { Description = "Also draw the density, with a legend: a PNG" });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("400MB");
        Command verb = CommandLine.Verb("heatmap", "Maps how dense a class, or what is new of it, lies: a kernel density in pixels per km2.",
            "asm heatmap change.tif -o density.tif --picture density.png", "asm heatmap season1.classes.tif -o density.tif --class mines --bandwidth 500 --cell 50");
        verb.Arguments.Add(map);
        foreach (Option option in new Option[] { output, @class, bandwidth, kernel, cell, picture, overwrite, threads, memory }) verb.Options.Add(option);
        verb.Does((parsed, reporter, cancellation) =>
        {
            var files = new DensityFiles
            {
                OutputPath = parsed.GetRequiredValue(output),
                PicturePath = parsed.GetValue(picture),
                Class = parsed.GetRequiredValue(@class),
                Options = new() { Kernel = parsed.GetValue(kernel), BandwidthMetres = parsed.GetValue(bandwidth), CellMetres = parsed.GetValue(cell) },
                Overwrite = parsed.GetValue(overwrite),
            };
            (RasterInfo info, DensitySummary summary) = reporter.Track("heatmap", progress => files.Run(parsed.GetRequiredValue(map),
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            System.Console.WriteLine($"{files.OutputPath}: {info.Bands[0].Name}, {info.Grid}");
            System.Console.WriteLine(FormattableString.Invariant($"  {summary.Pixels:N0} pixels counted, highest density {summary.HighestPerKm2:0.###} per km2, sum over the map {summary.Integral:N1} pixels"));
            return CommandLine.Done;
        });
        return verb;
    }
}
