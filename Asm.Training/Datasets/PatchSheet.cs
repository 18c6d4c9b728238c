using SkiaSharp;

namespace Asm.Training.Datasets;

/// <summary>
/// A picture of some patches of each split, natural colours beside labels, so that a mix-up is seen before hours are spent.
/// </summary>
internal static class PatchSheet
{
    private const int PatchesASplit = 8, Cell = 160, Gap = 6, Title = 24;
    private static readonly string[] NaturalColours = ["B04", "B03", "B02"];

    /// <summary>Writes the picture.</summary>
    public static void Write(string path, Dataset dataset, IReadOnlyList<PatchPlace> patches)
    {
        IGrouping<Split, PatchPlace>[] splits = [.. patches.GroupBy(p => p.Split)];
        int width = PatchesASplit * (Cell + Gap) + Gap, height = splits.Length * (2 * (Cell + Gap) + Title) + Title + Gap;
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var font = new SKFont(SKTypeface.Default, 14);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        int top = 0;
        foreach (IGrouping<Split, PatchPlace> split in splits)
        {
            PatchPlace[] all = [.. split];
            canvas.DrawText($"{DatasetWriter.Key(split.Key)}: {all.Length} {(all.Length == 1 ? "patch" : "patches")} of "
                + $"{dataset.Manifest.PatchPixels} x {dataset.Manifest.PatchPixels} pixels", Gap, top + Title - 7, font, ink);
            for (int i = 0; i < Math.Min(PatchesASplit, all.Length); i++)
            {
                PatchPlace place = all[(int)((i + 0.5) * all.Length / Math.Min(PatchesASplit, all.Length))];
                using SKBitmap image = Picture(dataset, place, labels: false), labels = Picture(dataset, place, labels: true);
                int left = Gap + i * (Cell + Gap);
                canvas.DrawBitmap(image, SKRect.Create(left, top + Title, Cell, Cell));
                canvas.DrawBitmap(labels, SKRect.Create(left, top + Title + Cell + Gap, Cell, Cell));
            }

            top += 2 * (Cell + Gap) + Title;
        }

        Legend(canvas, dataset, top, font, ink);
        using SKImage picture = surface.Snapshot();
        using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        png.SaveTo(file);
    }

    private static void Legend(SKCanvas canvas, Dataset dataset, int top, SKFont font, SKPaint ink)
    {
        float left = Gap;
        foreach ((string name, string color) in dataset.Manifest.Classes.Select(c => (c.Name, c.Color)).Append(("not labelled", "#202020")))
        {
            using var fill = new SKPaint { Color = SKColor.Parse(color) };
            canvas.DrawRect(left, top + 7, 14, 14, fill);
            canvas.DrawText(name, left + 20, top + 19, font, ink);
            left += 40 + font.MeasureText(name);
        }
    }

    private static SKBitmap Picture(Dataset dataset, PatchPlace place, bool labels)
    {
        DatasetManifest manifest = dataset.Manifest;
        DatasetScene scene = manifest.Scenes[place.Scene];
        int size = manifest.PatchPixels;
        int[] rgb = [.. NaturalColours.Select(n => Math.Max(0, Array.IndexOf(manifest.Bands, n)))];
        SKColor[] colors = [SKColor.Parse("#202020"), .. manifest.Classes.Select(c => SKColor.Parse(c.Color))];
        var picture = new SKBitmap(size, size, SKColorType.Rgba8888, SKAlphaType.Opaque);
        picture.Erase(SKColors.White);
        for (int row = 0; row < Math.Min(size, scene.Height - place.Row); row++)
        {
            ReadOnlySpan<byte> codes = dataset.LabelRow(scene, place.Row + row);
            ReadOnlySpan<ushort> samples = dataset.SampleRow(scene, place.Row + row);
            for (int column = 0; column < Math.Min(size, scene.Width - place.Column); column++)
            {
                int at = place.Column + column;
                picture.SetPixel(column, row, labels ? colors[codes[at]]
                    : new SKColor(Shade(samples[rgb[0] * scene.Width + at]),
                        Shade(samples[rgb[1] * scene.Width + at]), Shade(samples[rgb[2] * scene.Width + at])));
            }
        }

        return picture;
    }

    // Reflectance 0.25 is white, with the square root's brightness: land is dark in satellite images.
    private static byte Shade(ushort sample) => (byte)(255 * Math.Sqrt(Math.Min(1, sample / (0.25 * DatasetFiles.Quantification))));
}
