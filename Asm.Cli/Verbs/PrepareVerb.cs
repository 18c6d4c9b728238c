using System.CommandLine;
using Asm.Cli.Options;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm prepare: band files to a ten-band stack.</summary>
internal static class PrepareVerb
{
    public static Command Create()
    {
        Argument<string[]> sources = CommonOptions.Paths<string[]>(new("SRC") { Description = "A Sentinel-2 product (.SAFE folder or .zip, or a folder with one file a band and a STAC item), a folder with band files, band files (GeoTIFF or JPEG 2000), one ten-band GeoTIFF, or the URL of a STAC item or of files on a server", Arity = ArgumentArity.OneOrMore });
        Option<string> output = CommonOptions.NotEmpty<string>(new("--output", "-o") { Description = "The stack to write, a GeoTIFF", Required = true });
        Option<bool> overwrite = CommonOptions.Overwrite();
        Option<int> threads = CommonOptions.Threads();
        Option<long> memory = CommonOptions.MaxMemory("750MB");
        var radiometry = new RadiometryOptions();
        var masks = new MaskOptions();
        var extent = new ExtentOptions();
        Command verb = CommandLine.Verb("prepare", "Makes a ten-band 10 m stack (B02 B03 B04 B05 B06 B07 B08 B8A B11 B12, reflectance x 10,000, no data 0): 20 m bands are upsampled by bicubic convolution.",
            "asm prepare S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE -o stack.tif", "asm prepare T30NXM_*_B*.tif -o stack.tif --offset -1000 --mask lakes.gpkg --mask coast.gpkg --buffer 0 --buffer 5000");
        verb.Arguments.Add(sources);
        foreach (Option option in new Option[] { output, overwrite, threads, memory }) verb.Options.Add(option);
        radiometry.AddTo(verb);
        masks.AddTo(verb);
        extent.AddTo(verb);
        verb.Does((parsed, reporter, cancellation) =>
        {
            string path = parsed.GetRequiredValue(output);
            var preparation = new StackPreparationOptions
            {
                Sources = parsed.GetRequiredValue(sources),
                OutputPath = path,
                Radiometry = radiometry.Of(parsed),
                Masks = masks.Of(parsed),
                Bounds = extent.Bounds(parsed),
                Area = extent.Area(parsed),
                Overwrite = parsed.GetValue(overwrite),
                Notice = notice => reporter.Note($"warning: {notice}"),
            };
            RasterInfo stack = reporter.Track("prepare", progress => StackPreparation.Run(preparation,
                new RunOptions { Threads = parsed.GetValue(threads), MaxMemoryBytes = parsed.GetValue(memory), Progress = progress, Cancellation = cancellation }));
            MaskOptions.Warn(preparation.Masks, stack.Grid, path, reporter);
            System.Console.WriteLine($"{path}: {stack.Grid}, bands {string.Join(' ', stack.Bands.Select(b => b.Name))}");
            return CommandLine.Done;
        });
        return verb;
    }
}
