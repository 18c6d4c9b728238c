using System.CommandLine;
using Asm.Cli.Options;
using Asm.Inference.Preparation;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm prepare: band files to a ten-band stack.</summary>
internal static class PrepareVerb
{
    public static Command Create()
    {
        Argument<string[]> sources = CommonOptions.Paths<string[]>(new("SRC")
        {
            Description = "A Sentinel-2 product (.SAFE folder or .zip, or a folder with one file a band and a STAC item), a folder with "
                + "band files, band files (GeoTIFF or JPEG 2000), one ten-band GeoTIFF, or the URL of a STAC item or of files on a server",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> output = CommonOptions.Output("The stack to write, a GeoTIFF");
        var settings = new SettingOptions<PrepareStage>(PrepareStage.List, new() { Sources = [], OutputPath = "" });
        Option<string?> area = CommonOptions.OptionalPath(
            "--area",
            "Polygons to cut out: .gpkg, .geojson or .shp in any CRS. "
            + "The stack is their box; pixels whose centres lie in none of them are no data");
        Option<string?> areaLayer = new("--area-layer") { Description = "The layer of --area, where its file has several" };
        Option<bool> overwrite = CommonOptions.Overwrite();
        var masks = new MaskOptions();
        var preflight = new PreflightOptions();
        Command verb = CommandLine.Verb(
            "prepare",
            "Makes a ten-band 10 m stack (B02 B03 B04 B05 B06 B07 B08 B8A B11 B12, reflectance x 10,000, no data 0): "
            + "20 m bands are upsampled by bicubic convolution.",
            "asm prepare S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE -o stack.tif",
            "asm prepare T30NXM_*_B*.tif -o stack.tif --offset -1000 --mask lakes.gpkg --mask coast.gpkg --buffer 0 --buffer 5000");
        verb.Arguments.Add(sources);
        verb.Add(output, overwrite);
        settings.AddTo(verb);
        masks.AddTo(verb);
        verb.Add(area, areaLayer);
        preflight.AddTo(verb);
        verb.Does("750MB", (parsed, reporter, run) =>
        {
            PrepareStage stage = settings.Apply(parsed, new()
            {
                Sources = parsed.GetRequiredValue(sources),
                OutputPath = parsed.GetRequiredValue(output),
                Masks = masks.Of(parsed),
                Area = Area(parsed.GetValue(area), parsed.GetValue(areaLayer)),
                Overwrite = parsed.GetValue(overwrite),
                Notice = notice => reporter.Note($"warning: {notice}"),
            });
            stage.RequireSettings();
            OutputFiles.Require(stage, stage.Overwrite);
            preflight.Check(parsed, Scene.NameOf(stage.Sources[0]), stage, run, reporter);
            preflight.RequireNoError();
            RasterInfo stack = reporter.Run(stage, run);
            MaskOptions.Warn(stage.Masks, stack.Grid, stage.OutputPath, reporter);
            Console.WriteLine($"{stage.OutputPath}: {stack.Grid}, bands {string.Join(' ', stack.Bands.Select(b => b.Name))}");
            return CommandLine.Done;
        });
        return verb;
    }

    private static PolygonMask? Area(string? path, string? layer)
    {
        if (path is null && layer is not null)
            throw new SettingException("area-layer", "is given without `area`",
                "a vector file that has the layer", "add `area` FILE, or leave it out");
        return path is null ? null : PolygonMask.Read(path, layer);
    }
}
