using System.CommandLine;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Inference.Preparation.Products;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Windows;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>asm inspect: what a raster or a model is.</summary>
internal static class InspectVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A GeoTIFF, a JPEG 2000 file, a Sentinel-2 product (.SAFE folder, zip file, STAC item), "
                + "the URL of a raster or an item, or an ONNX model"
        };
        Command verb = CommandLine.Verb("inspect",
            "Tells what a file is: a raster's grid, bands and compression; "
            + "a product's level, baseline, offsets and bands; a model's bands, classes, receptive field and safe halo.",
            "asm inspect stack.tif", "asm inspect S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE",
            "asm inspect models/asm-starter.onnx");
        verb.Arguments.Add(file);
        verb.Does((parsed, _, run) =>
        {
            string path = parsed.GetRequiredValue(file);
            if (Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
            {
                // A run on a small window tells what the file does not: whether the output is one of probabilities.
                using SegmentationModel model = SegmentationModel.Load(path, run);
                Tell(path, model.Description);
            }
            else if (StackSource.IsProduct(path))
                foreach ((string name, string value) in ProductTelling.Of(path, ProductDescription.Read(path, run))) Line(name, value);
            else
            {
                using IRasterSource raster = run.Open(path);
                if (raster is Jpeg2000Source jpeg)
                    foreach ((string name, string value) in ProductTelling.Of(jpeg)) Line(name, value);
                else Tell((GeoTiffSource)raster);
            }
            return CommandLine.Done;
        });
        return verb;
    }

    private static void Tell(GeoTiffSource raster)
    {
        (RasterInfo info, GeoTiffLayout layout) = (raster.Info, raster.Layout);
        GeoGrid grid = info.Grid;
        Line("file", raster.Name);
        Line("format", $"{(layout.IsBigTiff ? "BigTIFF" : "TIFF")}, {(layout.IsLittleEndian ? "little" : "big")}-endian");
        Line("size", $"{grid.Width} x {grid.Height} px, {info.Bands.Count} band{(info.Bands.Count == 1 ? "" : "s")} of "
            + $"{info.SampleType}{(layout.BitsPerSample == 8 * info.SampleType.ByteCount() ? "" : $" ({layout.BitsPerSample}-bit)")}");
        Line("CRS", grid.Crs is { } crs ? $"{crs}, {crs.Name}" : "none");
        Line("origin", $"({grid.Origin.X:0.########}, {grid.Origin.Y:0.########})");
        Line("pixel", $"{grid.PixelWidth:0.##########} x "
            + $"{grid.PixelHeight:0.##########}{(layout.PixelIsPoint ? " (stored as points: shifted by half a pixel)" : "")}");
        Line("blocks", $"{(layout.IsTiled ? "tiles" : "strips")} of {layout.BlockWidth} x {layout.BlockHeight}, "
            + $"bands {(layout.IsPlanar ? "apart" : "together")}");
        Line("compression", layout.Predictor > 1 ? $"{layout.Compression}, predictor {layout.Predictor}" : layout.Compression);
        Line("overviews",
            layout.OverviewSizes.Count == 0 ? "none" : string.Join(", ", layout.OverviewSizes.Select(s => $"{s.Width} x {s.Height}")));
        if (layout.HasMask) Line("mask", string.Join(", ", layout.Masks));
        for (int b = 0; b < info.Bands.Count; b++)
        {
            BandInfo band = info.Bands[b];
            Line($"band {b + 1}",
                $"{(band.Name.Length == 0 ? "(no name)" : band.Name)}{(band.NoData is { } value ? $", no data {value}" : "")}"
                + $"{(band.Scale != 1 || band.Offset != 0 ? $", scale {band.Scale:0.########}, offset {band.Offset:0.########}" : "")}");
        }
        if (info.ClassNames.Count > 0)
            Line("classes", string.Join(", ", info.ClassNames.Select((name, code) => code < info.Colors.Count
                ? $"{code} {name} {info.Colors[code]}"
                : $"{code} {name}")));
        foreach ((string key, string value) in info.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            Line("metadata", $"{key} = {value}");
    }

    private static void Tell(string path, ModelDescription model)
    {
        Line("file", path);
        Line("SHA-256", model.Sha256);
        Line("size", $"{model.FileBytes / 1e6:0.0} MB");
        Line("bands", string.Join(' ', model.Bands));
        foreach (MapClass @class in model.Classes) Line($"class {@class.Code}", $"{@class.Name}, {@class.Color}");
        Line("input", "reflectance 0..1; "
            + (model.Metadata.ContainsKey(ModelMetadataKeys.Scale)
                ? "normalised inside the graph"
                : $"the model does not state its scale ({ModelMetadataKeys.Scale})"));
        Line("window", $"{model.WindowPixels} px");
        if (model.ReceptiveField is { } field)
        {
            Line("receptive field", $"{field.MarginPixels} px to every side");
            Line("safe halo", $"{field.HaloPixels} px, windows aligned to {field.AlignmentPixels} px");
        }
        else Line("receptive field", $"not bounded: {model.Unbounded}");
        Line("activations", $"{model.PeakActivationBytesPerPixel:0} bytes a pixel at the peak");
        for (int b = 0; b < model.Bands.Count; b++)
            Line("training", $"{model.Bands[b]}: reflectance {model.BandMean[b]:0.0000} +- {model.BandStandardDeviation[b]:0.0000}");
        foreach (string key in new[]
        {
            ModelMetadataKeys.Architecture, ModelMetadataKeys.TrainedOn,
            ModelMetadataKeys.ToolVersion, ModelMetadataKeys.License, ModelMetadataKeys.Quantization
        })
            if (model.Metadata.TryGetValue(key, out string? value)) Line(key, value);
    }

    private static void Line(string name, string value) => Console.WriteLine($"{name,-16} {PlainText.Show(value)}");
}
