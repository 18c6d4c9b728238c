using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Pictures;
using Asm.Raster.Windows;
using SkiaSharp;

namespace Asm.Training.Evaluation;

/// <summary>A tile as figure 5 of Gallwey et al. 2020 shows it: the scene, the labels and each model's classes side by side.</summary>
internal static class ComparisonPicture
{
    private const int PanelPixels = 512, SmallestPanelPixels = 256, PanelsARow = 6, Gap = 16, Title = 56, Heading = 44, Legend = 44;

    private static readonly string[] NaturalColours = ["B04", "B03", "B02"];
    private static readonly SKColor WithoutData = new(0xd9, 0xd9, 0xd9);

    /// <summary>Land is dark in satellite images: reflectance 0.25 is white, and brightness goes with the square root.</summary>
    private const double FullReflectance = 0.25;

    /// <summary>Draws a class map, small, into a file.</summary>
    public static void DrawClasses(IRasterSource map, string path, IReadOnlyList<Rgb> colors, RunOptions run) =>
        QuickLook.WriteClasses(map, path, new QuickLookOptions { MaxSidePixels = PanelPixels, Overwrite = true },
            colors, run);

    /// <summary>Writes the picture of a tile.</summary>
    /// <param name="path">The picture, PNG.</param>
    /// <param name="result">The figures, which stand above the panels.</param>
    /// <param name="tile">Position of the tile.</param>
    /// <param name="stack">The samples.</param>
    /// <param name="labels">The labels, by the codes of the classes that are compared.</param>
    /// <param name="work">A folder for files that may be left.</param>
    /// <param name="drawn">The files that <see cref="DrawClasses"/> made of each model's map.</param>
    /// <param name="run">Threads and cancellation.</param>
    public static void Write(string path, EvaluationResult result, int tile, IRasterSource stack,
        IRasterSource labels, string work, Func<int, string> drawn, RunOptions run)
    {
        string scene = Path.Combine(work, "scene.png"), truth = Path.Combine(work, "labels.png");
        string sceneTitle = DrawScene(stack, scene, run);
        DrawClasses(labels, truth, result.Classes.Colors, run);
        string target = result.Classes.Names[result.Target - 1];
        (string Title, string Under, string File, bool Bright)[] panels =
        [
            ("scene", sceneTitle, scene, true),
            ("labels", $"{result.Labelled[tile].Sum():N0} pixels", truth, false),
            .. Enumerable.Range(0, result.Models.Count).Where(m => result[tile, m] is not null).Select(m =>
            {
                Figures figures = result[tile, m]!.Figures;
                return (result.Models[m].Name, $"mean IoU {Show(figures.MeanIntersectionOverUnion)}, "
                    + $"{target} {Show(figures.IntersectionOverUnion[result.Target - 1])}", drawn(m), false);
            }),
        ];
        using var first = SKBitmap.Decode(scene);
        int zoom = Math.Max(1, PanelPixels / Math.Max(first.Width, first.Height)), width = first.Width * zoom, height = first.Height * zoom;
        int columns = Math.Min(panels.Length, PanelsARow),
            rows = (panels.Length + columns - 1) / columns, cell = Math.Max(width, SmallestPanelPixels);
        using var surface = SKSurface.Create(new SKImageInfo(columns * (cell + Gap) + Gap,
            Heading + rows * (height + Title) + Legend + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using var large = new SKFont(SKTypeface.Default, 24);
        using var small = new SKFont(SKTypeface.Default, 18);
        DrawLine(canvas, result.Tiles[tile].Name, Gap, Heading - 12, columns * (cell + Gap) - Gap, large, ink);
        for (int i = 0; i < panels.Length; i++)
        {
            int left = Gap + i % columns * (cell + Gap), top = Heading + i / columns * (height + Title);
            DrawLine(canvas, panels[i].Title, left, top + 22, cell, large, ink);
            DrawLine(canvas, panels[i].Under, left, top + 46, cell, small, ink);
            DrawPanel(canvas, panels[i].File, SKRect.Create(left, top + Title, width, height), panels[i].Bright);
        }

        DrawLegend(canvas, result.Classes, Heading + rows * (height + Title) + Gap, small, ink);
        using SKImage picture = surface.Snapshot();
        using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
        using FileStream file = File.Create(path);
        png.SaveTo(file);
    }

    // Natural colours where the stack has them, else its first band.
    private static string DrawScene(IRasterSource stack, string path, RunOptions run)
    {
        int[]? found = BandMatch.FindNamed(stack.Info, NaturalColours);
        (bool natural, int[] bands) = (found is not null, found ?? [0]);
        (float scale, float offset) = StackBands.ToReflectanceOf(stack.Info, bands[0]);
        var options = new QuickLookOptions
        {
            MaxSidePixels = PanelPixels,
            Overwrite = true,
            Range = (-offset / scale, (FullReflectance - offset) / scale)
        };
        if (natural) QuickLook.WriteRgb(stack, bands, path, options, run);
        else QuickLook.WriteGray(stack, 0, path, options, run);
        return natural ? "natural colours" : $"band {stack.Info.Bands[0].Name}";
    }

    // A long name is drawn narrower, so that it does not run into its neighbour.
    private static void DrawLine(SKCanvas canvas, string text, float left, float baseline, float room, SKFont font, SKPaint ink)
    {
        font.ScaleX = Math.Min(1, room / Math.Max(1, font.MeasureText(text)));
        canvas.DrawText(text, left, baseline, font, ink);
        font.ScaleX = 1;
    }

    private static void DrawPanel(SKCanvas canvas, string file, SKRect place, bool bright)
    {
        using var panel = SKBitmap.Decode(file);
        using var image = SKImage.FromBitmap(panel);
        using var background = new SKPaint { Color = WithoutData };
        canvas.DrawRect(place, background);
        byte[] squareRoot = [.. Enumerable.Range(0, 256).Select(v => (byte)Math.Round(255 * Math.Sqrt(v / 255.0)))];
        byte[] same = [.. Enumerable.Range(0, 256).Select(v => (byte)v)];
        using SKColorFilter? filter = bright ? SKColorFilter.CreateTable(same, squareRoot, squareRoot, squareRoot) : null;
        using var paint = new SKPaint { ColorFilter = filter };
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest), paint);
    }

    private static void DrawLegend(SKCanvas canvas, ComparedClasses classes, float top, SKFont font, SKPaint ink)
    {
        float left = Gap;
        foreach ((string name, SKColor color) in classes.Names
            .Select((n, i) => (n, new SKColor(classes.Colors[i + 1].Red, classes.Colors[i + 1].Green, classes.Colors[i + 1].Blue)))
            .Append(("no label or no data", WithoutData)))
        {
            using var fill = new SKPaint { Color = color };
            canvas.DrawRect(left, top, 20, 20, fill);
            canvas.DrawText(name, left + 28, top + 17, font, ink);
            left += 56 + font.MeasureText(name);
        }
    }

    private static string Show(double figure) => double.IsFinite(figure) ? $"{figure:0.00}" : "-";
}
