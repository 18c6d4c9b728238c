using System.Globalization;
using System.Text;
using Asm.Raster.Projections;
using Asm.Training.Datasets;

namespace Asm.Training.Verbs;

/// <summary>A data set in figures, for people.</summary>
internal static class DatasetTable
{
    private static readonly Split[] Splits = [Split.Train, Split.Validation, Split.Test];

    /// <summary>Classes against splits in pixels and hectares, patches, and the statistics of the bands.</summary>
    public static string Of(DatasetManifest manifest)
    {
        var text = new StringBuilder();
        double? hectares = HectaresOfPixel(manifest);
        Line("pixels", s => DatasetWriter.Key(s));
        for (int c = 0; c < manifest.Classes.Length; c++)
        {
            int at = c;
            Line(manifest.Classes[c].Name, s => Number(manifest.LabelledPixels[DatasetWriter.Key(s)][at]));
            if (hectares is { } each)
                Line("", s =>
                    string.Create(CultureInfo.InvariantCulture, $"{manifest.LabelledPixels[DatasetWriter.Key(s)][at] * each:#,0.0} ha"));
        }

        Line("patches", s => Number(manifest.Patches.GetValueOrDefault(DatasetWriter.Key(s))));
        text.Append('\n');
        if (manifest.BandMean.Length > 0)
            for (int b = 0; b < manifest.Bands.Length; b++)
                text.Append(CultureInfo.InvariantCulture,
                    $"{manifest.Bands[b],-8} mean {manifest.BandMean[b]:0.0000}  standard deviation {manifest.BandDeviation[b]:0.0000}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{manifest.Scenes.Length} scenes, split by {manifest.SplitRule}"
            + $"{(manifest.Patches.Count > 0 ? $"; patches of {manifest.PatchPixels} x {manifest.PatchPixels} pixels" : "")}\n");
        return text.ToString();

        void Line(string title, Func<Split, string> cell)
        {
            text.Append(CultureInfo.InvariantCulture, $"{title,-16}");
            foreach (Split split in Splits) text.Append(CultureInfo.InvariantCulture, $"{cell(split),16}");
            text.Append('\n');
        }
    }

    // Pixels of different sizes, of degrees, or of no place cannot be added up to an area.
    private static double? HectaresOfPixel(DatasetManifest manifest)
    {
        double[] areas = [.. manifest.Scenes.Select(s => s.Points || s.Crs is null
            ? 0
            : s.PixelWidth * s.PixelHeight * Math.Pow(Crs.OfFile(s.Crs, s.Name).MetresPerUnit ?? 0, 2) / 10_000).Distinct()];
        return areas.Length == 1 && areas[0] > 0 ? areas[0] : null;
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
