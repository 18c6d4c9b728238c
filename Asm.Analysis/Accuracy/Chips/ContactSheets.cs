using Asm.Analysis.Accuracy.Points;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using SkiaSharp;

namespace Asm.Analysis.Accuracy.Chips;

/// <summary>PNG pages with the chips of every point and its id, so that a person can label without a GIS.</summary>
internal static class ContactSheets
{
    /// <summary>Points of one page.</summary>
    public const int PointsPerPage = 60;

    private const int PageWidth = 1700, Gap = 6, TextHeight = 22, TextSize = 16, Margin = 12;

    /// <summary>The names of the pages of so many points: NAME.chips-1.png and so on, beside the points file.</summary>
    public static IReadOnlyList<string> PathsFor(string pointsPath, int points)
    {
        ArgumentException.ThrowIfNullOrEmpty(pointsPath);
        string name = Path.Combine(Path.GetDirectoryName(pointsPath) ?? "", Path.GetFileNameWithoutExtension(pointsPath));
        return [.. Enumerable.Range(1, (points + PointsPerPage - 1) / PointsPerPage).Select(page => $"{name}.chips-{page}.png")];
    }

    /// <summary>Writes the pages.</summary>
    /// <param name="pointsPath">The points file, for the names of the pages.</param>
    /// <param name="points">The points, in the order in which they are shown.</param>
    /// <param name="chips">The scenes.</param>
    /// <param name="overwrite">True replaces pages that exist.</param>
    /// <param name="run">Threads, progress and cancellation; null for the defaults.</param>
    /// <returns>The pages' paths.</returns>
    /// <exception cref="AsmException">A page exists or cannot be written, a scene cannot be read, or the system has no fonts.</exception>
    public static IReadOnlyList<string> Write(string pointsPath, PointTable points,
        PointChips chips, bool overwrite = false, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(chips);
        run ??= new();
        IReadOnlyList<string> paths = PathsFor(pointsPath, points.Points.Count);
        if (SKFontManager.Default.FontFamilyCount == 0)
            throw new AsmException(paths[0], "the system has no fonts, so the chips would have no ids",
                "one font at least", "install one, for example the package fonts-dejavu-core", AsmErrorCode.Machine);
        foreach (string path in paths)
            AsideFile.RequireFree(path, overwrite);
        int page = 0;
        try
        {
            for (; page < paths.Count; page++) WritePage(page);
        }
        catch
        {
            foreach (string path in paths.Take(page)) File.Delete(path);
            throw;
        }
        return paths;

        void WritePage(int page)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            byte[] png = Page([.. points.Points.Skip(page * PointsPerPage).Take(PointsPerPage)], points.Crs, chips, run);
            AsideFile.Write(paths[page], overwrite, stream => stream.Write(png));
            run.Progress?.Report(new("chips", page + 1, paths.Count));
        }
    }

    private static byte[] Page(SamplePoint[] points, Crs? crs, PointChips chips, RunOptions run)
    {
        int perPoint = 2 * chips.Scenes.Count, side = chips.SidePixels;

        // As many chips of a point side by side as the page takes, the scenes' pairs together; then as many points side by side.
        int across = Math.Min(perPoint, Math.Max(2, (PageWidth - 2 * Margin) / (side + Gap) / 2 * 2)),
            down = (perPoint + across - 1) / across;
        int cellWidth = across * (side + Gap) + 2 * Gap, cellHeight = down * (side + Gap) + TextHeight + Gap;
        int columns = Math.Max(1, (PageWidth - 2 * Margin) / cellWidth), rows = (points.Length + columns - 1) / columns;
        string[] legend = [.. chips.Scenes.Select((name, i) => $"{(chips.Scenes.Count > 1 ? $"{i + 1}: " : "")}{name}")];
        int top = Margin + TextHeight * (legend.Length + 1) + Gap;
        SKImage[] images = Chips(points, crs, chips, run);
        try
        {
            using SKSurface surface = SKSurface.Create(new SKImageInfo(2 * Margin + Math.Max(columns * cellWidth, 640),
                top + rows * cellHeight + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque));
            SKCanvas canvas = surface.Canvas;
            canvas.Clear(SKColors.White);
            using var font = new SKFont(SKTypeface.Default, TextSize);
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            canvas.DrawText("Each scene: true colour, then false colour (short-wave infrared, near infrared, red); "
                + "the cross is around the point's pixel", Margin, Margin + TextSize, font, ink);
            for (int i = 0; i < legend.Length; i++) canvas.DrawText(legend[i], Margin, Margin + TextSize + TextHeight * (i + 1), font, ink);
            for (int p = 0; p < points.Length; p++)
            {
                float x = Margin + p % columns * cellWidth, y = top + p / columns * cellHeight;
                canvas.DrawText(points[p].Id, x, y + TextSize, font, ink);
                for (int c = 0; c < perPoint; c++)
                    canvas.DrawImage(images[p * perPoint + c], x + c % across * (side + Gap), y + TextHeight + c / across * (side + Gap));
            }
            using SKImage image = surface.Snapshot();
            using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
            return png.ToArray();
        }
        finally
        {
            foreach (SKImage image in images) image.Dispose();
        }
    }

    /// <summary>The chips of each point, scene after scene, true colours before false ones.</summary>
    private static SKImage[] Chips(SamplePoint[] points, Crs? crs, PointChips chips, RunOptions run)
    {
        int perPoint = 2 * chips.Scenes.Count;
        var images = new SKImage[points.Length * perPoint];

        // From north to south: neighbours share the tiles that a scene keeps decoded.
        int[] order = [.. Enumerable.Range(0, points.Length).OrderByDescending(i => points[i].Position.Y)];
        SharedWork.For(0, order.Length, run, i =>
        {
            for (int c = 0; c < perPoint; c++)
                images[order[i] * perPoint + c] = chips.Draw(c / 2,
                    c % 2 == 0 ? ChipColors.True : ChipColors.False, points[order[i]].Position, crs);
        });
        return images;
    }
}
