using System.Globalization;
using Asm.Raster.Windows;
using SkiaSharp;

namespace Asm.Raster.Pictures;

/// <summary>Draws values in the colours of <see cref="ColorRamp"/> above a legend.</summary>
internal static class RampPicture
{
    private const int SmallestSide = 800, Margin = 24, BarHeight = 18, TextSize = 16, LegendHeight = 84, NarrowestLegend = 360;

    /// <summary>Draws the picture; pixels without data are white.</summary>
    public static SKImage Draw(Decimation<float> values, double low, double high, string unit, string path)
    {
        // A legend without a word says nothing.
        if (SKFontManager.Default.FontFamilyCount == 0)
            throw new AsmException(path, "the system has no fonts, so the picture would have no legend",
                "one font at least", "install one, for example the package fonts-dejavu-core", AsmErrorCode.Machine);
        int zoom = Math.Max(1, SmallestSide / Math.Max(values.Width, values.Height)),
            width = Math.Max(values.Width * zoom, NarrowestLegend), height = values.Height * zoom;
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height + LegendHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        using (SKImage image = Colored(values, low, high))
            canvas.DrawImage(image, SKRect.Create((width - values.Width * zoom) / 2, 0, values.Width * zoom, height),
                new SKSamplingOptions(SKFilterMode.Nearest));
        DrawLegend(canvas, width, height + Margin / 2, low, high, unit);
        return surface.Snapshot();
    }

    private static SKImage Colored(Decimation<float> values, double low, double high)
    {
        var pixels = new byte[4 * values.Valid.Length];
        double scale = high > low ? 1 / (high - low) : 0;
        for (int i = 0; i < values.Valid.Length; i++)
            if (values.Valid[i] != 0)
            {
                Rgb color = ColorRamp.At((values.Bands[0][i] - low) * scale);
                (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (color.Red, color.Green, color.Blue, 255);
            }
        return SKImage.FromPixelCopy(new SKImageInfo(values.Width, values.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels);
    }

    private static void DrawLegend(SKCanvas canvas, int width, int top, double low, double high, string unit)
    {
        int left = Margin, right = width - Margin;
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using SKTypeface face = SKFontManager.Default.MatchFamily("DejaVu Sans") ?? SKTypeface.Default;
        using var font = new SKFont(face, TextSize);
        using var color = new SKPaint();
        for (int x = left; x < right; x++)
        {
            Rgb its = ColorRamp.At((x - left + 0.5) / (right - left));
            color.Color = new(its.Red, its.Green, its.Blue);
            canvas.DrawRect(x, top, 1, BarHeight, color);
        }
        double step = NiceStep((high - low) / Math.Clamp((right - left) / 120, 2, 6));
        for (double value = Math.Ceiling(low / step) * step; high > low && value <= high * (1 + 1e-9); value += step)
        {
            float x = (float)(left + (value - low) / (high - low) * (right - left));
            canvas.DrawRect(x - 0.5f, top + BarHeight, 1, 5, ink);
            string text = value.ToString("#,0.########", CultureInfo.InvariantCulture);
            float room = font.MeasureText(text);
            canvas.DrawText(text, Math.Clamp(x - room / 2, 2, width - room - 2), top + BarHeight + 6 + TextSize, font, ink);
        }
        float length = font.MeasureText(unit);
        canvas.DrawText(unit, Math.Max(2, (width - length) / 2), top + BarHeight + 12 + 2 * TextSize, font, ink);
    }

    /// <summary>1, 2 or 5 times a power of ten, not below the step wanted.</summary>
    private static double NiceStep(double wanted)
    {
        if (!(wanted > 0)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        foreach (int factor in (ReadOnlySpan<int>)[1, 2, 5])
            if (factor * power >= wanted * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }
}
