using System.Text;
using SkiaSharp;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Encodes pictures and writes each at once as a line of base64, so that only one is in memory.</summary>
internal sealed class PictureStore(Stream page)
{
    private const int ColorQuality = 80, BestCompression = 9;

    /// <summary>Pictures so far.</summary>
    public int Count { get; private set; }

    /// <summary>Characters so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds codes or steps, lossless.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="samples">A sample a pixel, row after row.</param>
    /// <param name="filtered">True for values that change smoothly, false for codes.</param>
    public int AddGray(int width, byte[] samples, bool filtered)
    {
        using SKImage image =
            SKImage.FromPixelCopy(new SKImageInfo(width, samples.Length / width, SKColorType.Gray8, SKAlphaType.Opaque), samples);
        using SKPixmap pixels = image.PeekPixels();
        using SKData? png = pixels.Encode(new SKPngEncoderOptions(
            filtered ? SKPngEncoderFilterFlags.AllFilters : SKPngEncoderFilterFlags.NoFilters, BestCompression));
        return Add(png);
    }

    /// <summary>Adds a picture in true colours, lossy.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="rgba">Red, green, blue and opacity of each pixel, row after row.</param>
    public int AddColor(int width, byte[] rgba)
    {
        using SKImage image =
            SKImage.FromPixelCopy(new SKImageInfo(width, rgba.Length / 4 / width, SKColorType.Rgba8888, SKAlphaType.Unpremul), rgba);
        using SKPixmap pixels = image.PeekPixels();
        using SKData? webp = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, ColorQuality));
        return Add(webp);
    }

    private int Add(SKData? encoded)
    {
        if (encoded is null) throw new InvalidOperationException("the picture cannot be encoded");
        byte[] line = Encoding.ASCII.GetBytes(Convert.ToBase64String(encoded.AsSpan()) + "\n");
        page.Write(line);
        Bytes += line.Length;
        return Count++;
    }
}
