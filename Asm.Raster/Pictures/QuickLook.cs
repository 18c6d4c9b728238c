using Asm.Raster.Running;
using Asm.Raster.Windows;
using SkiaSharp;

namespace Asm.Raster.Pictures;

/// <summary>
/// PNG pictures of rasters for people: small, with a picture pixel for each whole number of raster pixels, transparent where there is no
/// data. Rasters are read in strips; memory follows the picture's size and the raster's width.
/// </summary>
public static class QuickLook
{
    private static readonly Rgb WithoutColor = new(128, 128, 128);

    /// <summary>
    /// Three bands as red, green and blue, such as B04, B03, B02 for true colour, or three probabilities. A picture pixel is the
    /// mean of the pixels with data.
    /// </summary>
    /// <param name="source">The raster.</param>
    /// <param name="bands">Positions of the three bands; <see cref="RasterInfo.BandIndices"/> finds them by name.</param>
    /// <param name="path">The picture.</param>
    /// <param name="options">Size and stretch; null for the defaults.</param>
    /// <param name="run">Cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The raster cannot be read, or the picture not be written.</exception>
    public static void WriteRgb(IRasterSource source, IReadOnlyList<int> bands,
        string path, QuickLookOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(bands);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bands.Count, 3);
        WriteStretched(source, [.. bands], path, options ?? new(), run ?? new());
    }

    /// <summary>One band from black to white.</summary>
    /// <param name="source">The raster.</param>
    /// <param name="band">The position of the band.</param>
    /// <param name="path">The picture.</param>
    /// <param name="options">Size and stretch; null for the defaults.</param>
    /// <param name="run">Cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The raster cannot be read, or the picture not be written.</exception>
    public static void WriteGray(IRasterSource source, int band, string path, QuickLookOptions? options = null, RunOptions? run = null) =>
        WriteStretched(source, [band], path, options ?? new(), run ?? new());

    /// <summary>
    /// The first band of a class map in its colours; codes without a colour are grey. A picture pixel is the most frequent class, of
    /// equally frequent ones the lowest.
    /// </summary>
    /// <param name="source">A class map with codes 0 to 255.</param>
    /// <param name="path">The picture.</param>
    /// <param name="options">The size; null for the defaults.</param>
    /// <param name="colors">Colours of codes 0, 1, 2, ...; null for the raster's own.</param>
    /// <param name="run">Cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The raster has no colours or cannot be read, or the picture not be written.</exception>
    public static void WriteClasses(IRasterSource source, string path,
        QuickLookOptions? options = null, IReadOnlyList<Rgb>? colors = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        run ??= new();
        options.Validate();
        AsideFile.RequireFree(path, options.Overwrite);
        colors ??= source.Info.Colors;
        if (colors.Count == 0)
            throw new AsmException(source.Name, "has no colours of classes",
                "a class map with a colour table", "use a map that asm predict wrote, or give colours");
        Decimation<byte> small = Decimation.Mode(source, 0, options.MaxSidePixels, run.Cancellation);
        var pixels = new byte[4 * small.Valid.Length];
        for (int i = 0; i < small.Valid.Length; i++)
            if (small.Valid[i] != 0)
            {
                Rgb color = small.Bands[0][i] < colors.Count ? colors[small.Bands[0][i]] : WithoutColor;
                (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (color.Red, color.Green, color.Blue, 255);
            }
        WritePng(path, options, small.Width, small.Height, pixels, run);
    }

    /// <summary>
    /// One band as colours of a ramp from 0 to the highest value, with a legend below. A picture pixel is the mean of the pixels with data.
    /// </summary>
    /// <param name="source">
    /// The raster, of values that are 0 or more. A small one is drawn with several picture pixels for one of its own.
    /// </param>
    /// <param name="band">The position of the band.</param>
    /// <param name="path">The picture.</param>
    /// <param name="unit">What the values are, in a few words, for the legend.</param>
    /// <param name="options">The size; a range in it replaces that of the values; null for the defaults.</param>
    /// <param name="run">Cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The raster cannot be read, the picture not be written, or the system has no fonts.</exception>
    public static void WriteRamp(IRasterSource source, int band, string path,
        string unit, QuickLookOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        run ??= new();
        options.Validate();
        AsideFile.RequireFree(path, options.Overwrite);
        Decimation<float> small = Decimation.Average(source, [band], options.MaxSidePixels, run.Cancellation);
        float[] samples = small.Bands[0];
        double highest = options.Range?.Full ?? samples.Where((_, i) => small.Valid[i] != 0).DefaultIfEmpty().Max();
        using SKImage image = RampPicture.Draw(small, options.Range?.Black ?? 0, highest, unit, path);
        WritePng(path, options, image, run);
    }

    private static void WriteStretched(IRasterSource source, int[] bands, string path, QuickLookOptions options, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(source);
        options.Validate();
        AsideFile.RequireFree(path, options.Overwrite);
        Decimation<float> small = Decimation.Average(source, bands, options.MaxSidePixels, run.Cancellation);
        var pixels = new byte[4 * small.Valid.Length];
        for (int channel = 0; channel < 3; channel++)
        {
            float[] samples = small.Bands[channel % bands.Length];
            (double black, double full) = options.Range ?? Percentiles(samples, small.Valid, options);
            for (int i = 0; i < samples.Length; i++)
                if (small.Valid[i] != 0)
                    pixels[4 * i + channel] = full > black
                        ? (byte)Math.Round(255 * Math.Clamp((samples[i] - black) / (full - black), 0, 1))
                        : (byte)128;
        }
        for (int i = 0; i < small.Valid.Length; i++) pixels[4 * i + 3] = small.Valid[i] != 0 ? (byte)255 : (byte)0;
        WritePng(path, options, small.Width, small.Height, pixels, run);
    }

    /// <summary>The samples at the nearest ranks.</summary>
    private static (double Low, double High) Percentiles(float[] samples, byte[] valid, QuickLookOptions options)
    {
        float[] sorted = [.. samples.Where((_, i) => valid[i] != 0)];
        if (sorted.Length == 0) return (0, 0);
        Array.Sort(sorted);
        float At(double percentile) => sorted[(int)Math.Round(percentile / 100 * (sorted.Length - 1))];
        return (At(options.LowPercentile), At(options.HighPercentile));
    }

    private static void WritePng(string path, QuickLookOptions options, int width, int height, byte[] rgba, RunOptions run)
    {
        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), rgba);
        WritePng(path, options, image, run);
    }

    private static void WritePng(string path, QuickLookOptions options, SKImage image, RunOptions run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        AsideFile.Write(path, options.Overwrite, png.SaveTo);
    }
}
