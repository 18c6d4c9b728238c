using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using SkiaSharp;

namespace Asm.Analysis.Accuracy.Chips;

/// <summary>
/// Small pictures of the ground around sample points, for a person to say what is there: of each scene true and false colours, with a cross
/// around the point's pixel. Safe for concurrent calls.
/// </summary>
internal sealed class PointChips
{
    private static readonly SKColor NoData = new(96, 96, 96);

    private readonly ChipScene[] _scenes;

    /// <summary>Looks at the scenes.</summary>
    /// <param name="scenes">Stacks with the bands B02, B03, B04, B08 and B11, one a date; they stay the caller's to dispose.</param>
    /// <param name="chipPixels">The side of a chip in pixels of the scene, 8 to 256.</param>
    /// <param name="zoom">Picture pixels for the side of one pixel of the scene, 1 to 16.</param>
    /// <exception cref="AsmException">A scene lacks a band or a coordinate reference system.</exception>
    public PointChips(IReadOnlyList<IRasterSource> scenes, int chipPixels = 32, int zoom = 5)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        ArgumentOutOfRangeException.ThrowIfLessThan(chipPixels, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chipPixels, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zoom, 16);
        (_scenes, ChipPixels, Zoom) = ([.. scenes.Select(s => new ChipScene(s))], chipPixels, zoom);
    }

    /// <summary>The scenes' names: those of their files without endings.</summary>
    public IReadOnlyList<string> Scenes => [.. _scenes.Select(s => s.Name)];

    /// <summary>The side of a chip in pixels of the scene.</summary>
    public int ChipPixels { get; }

    /// <summary>Picture pixels for the side of one pixel of the scene.</summary>
    public int Zoom { get; }

    /// <summary>The side of a chip in pixels of the picture.</summary>
    public int SidePixels => ChipPixels * Zoom;

    /// <summary>One chip as a PNG file. Where the scene has no data it is grey, without a cross where that is all of it.</summary>
    /// <param name="scene">The position in <see cref="Scenes"/>.</param>
    /// <param name="colors">True or false colours.</param>
    /// <param name="position">The point.</param>
    /// <param name="crs">The coordinate reference system of the position; null: that of the scene.</param>
    /// <exception cref="AsmException">The scene cannot be read there.</exception>
    public byte[] Png(int scene, ChipColors colors, MapPoint position, Crs? crs)
    {
        using SKImage image = Draw(scene, colors, position, crs);
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    internal SKImage Draw(int scene, ChipColors colors, MapPoint position, Crs? crs)
    {
        ChipScene from = _scenes[scene];
        if (crs is not null && !crs.IsSameAs(from.Crs)) position = CoordinateTransform.Between(crs, from.Crs).Transform(position);
        byte[] rgba = from.Read(colors, position, ChipPixels);
        using SKImage small =
            SKImage.FromPixelCopy(new SKImageInfo(ChipPixels, ChipPixels, SKColorType.Rgba8888, SKAlphaType.Unpremul), rgba);
        using SKSurface surface = SKSurface.Create(new SKImageInfo(SidePixels, SidePixels, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(NoData);
        surface.Canvas.DrawImage(small, new SKRect(0, 0, SidePixels, SidePixels), new SKSamplingOptions(SKFilterMode.Nearest));
        if (rgba.Any(b => b != 0)) DrawCross(surface.Canvas);
        return surface.Snapshot();
    }

    /// <summary>Four strokes that leave the point's pixel free, white on black so that they show on any ground.</summary>
    private void DrawCross(SKCanvas canvas)
    {
        float low = ChipPixels / 2 * Zoom, high = low + Zoom, middle = (low + high) / 2, gap = Zoom, length = 3.5f * Zoom;
        using var dark = new SKPaint { Color = SKColors.Black, StrokeWidth = 3 };
        using var bright = new SKPaint { Color = SKColors.White, StrokeWidth = 1 };
        foreach (SKPaint paint in new[] { dark, bright })
        {
            canvas.DrawLine(low - gap - length, middle, low - gap, middle, paint);
            canvas.DrawLine(high + gap, middle, high + gap + length, middle, paint);
            canvas.DrawLine(middle, low - gap - length, middle, low - gap, paint);
            canvas.DrawLine(middle, high + gap, middle, high + gap + length, paint);
        }
    }
}
