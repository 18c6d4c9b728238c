using System.Numerics;
using Asm.Raster.Grids;

namespace Asm.Simulation.Imaging;

/// <summary>
/// How the instrument samples the ground: neighbouring pixels leak into each other, and six of the ten bands are measured at 20 m. Those
/// are brought to 10 m with bicubic convolution (Keys 1981, a = -1/2), the way prepared stacks are.
/// </summary>
internal static class Detector
{
    /// <summary>
    /// The leak of a 10 m pixel into each neighbour of its row: leaves a contrast of 0.4 at the Nyquist frequency, with that of an ideal
    /// pixel about the 0.25 of the real bands.
    /// </summary>
    public const float Leak10 = 0.15f;

    /// <summary>The same at 20 m, after averaging 2 x 2 pixels.</summary>
    public const float Leak20 = 0.1f;

    // Keys' kernel a = -1/2 at distances 1.25, 0.25, 0.75, 1.75: a 10 m pixel's centre is a quarter of a 20 m pixel off the centre.
    private const float K0 = -0.0703125f, K1 = 0.8671875f, K2 = 0.2265625f, K3 = -0.0234375f;

    /// <summary>Mixes each pixel with its eight neighbours, in place. The outermost pixels keep their values.</summary>
    public static void Blur(Span<float> image, int width, int height, float leak, Span<float> scratch)
    {
        float centre = 1 - 2 * leak;
        for (int y = 0; y < height; y++)
        {
            Span<float> from = image.Slice(y * width, width), to = scratch.Slice(y * width, width);
            (to[0], to[^1]) = (from[0], from[^1]);
            MixRow(from[..^2], from[1..^1], from[2..], centre, leak, to[1..^1]);
        }
        for (int y = 1; y < height - 1; y++)
        {
            Span<float> above = scratch.Slice((y - 1) * width, width),
                here = scratch.Slice(y * width, width), below = scratch.Slice((y + 1) * width, width);
            MixRow(above, here, below, centre, leak, image.Slice(y * width, width));
        }
    }

    private static void MixRow(ReadOnlySpan<float> before, ReadOnlySpan<float> here,
        ReadOnlySpan<float> behind, float centre, float leak, Span<float> to)
    {
        int x = 0;
        for (int last = to.Length - Vector<float>.Count; x <= last; x += Vector<float>.Count)
            (centre * new Vector<float>(here[x..])
                + leak * (new Vector<float>(before[x..]) + new Vector<float>(behind[x..]))).CopyTo(to[x..]);
        for (; x < to.Length; x++) to[x] = centre * here[x] + leak * (before[x] + behind[x]);
    }

    /// <summary>Averages 2 x 2 pixels. Width and height are even.</summary>
    public static void Halve(ReadOnlySpan<float> image, int width, int height, Span<float> half)
    {
        for (int y = 0, i = 0; y < height; y += 2)
            for (int x = 0; x < width; x += 2, i++)
            {
                int at = y * width + x;
                half[i] = 0.25f * (image[at] + image[at + 1] + image[at + width] + image[at + width + 1]);
            }
    }

    /// <summary>Doubles with bicubic convolution the part of a 20 m image that an inner window of its 10 m grid needs.</summary>
    /// <param name="half">The 20 m image.</param>
    /// <param name="halfWidth">Its columns.</param>
    /// <param name="inner">The window wanted, in 10 m pixels from the image's corner; 5 or more pixels inside of it.</param>
    /// <param name="rows">Scratch for halfWidth x inner height values.</param>
    /// <param name="destination">Receives inner height x inner width values.</param>
    public static void Double(ReadOnlySpan<float> half, int halfWidth, PixelWindow inner, Span<float> rows, Span<float> destination)
    {
        for (int y = 0; y < inner.Height; y++)
        {
            (int first, float a, float b, float c, float d) = Taps(inner.Row + y);
            ReadOnlySpan<float> r0 = half.Slice(first * halfWidth, halfWidth), r1 = half.Slice((first + 1) * halfWidth, halfWidth);
            ReadOnlySpan<float> r2 = half.Slice((first + 2) * halfWidth, halfWidth), r3 = half.Slice((first + 3) * halfWidth, halfWidth);
            Span<float> row = rows.Slice(y * halfWidth, halfWidth);
            for (int x = 0; x < halfWidth; x++) row[x] = a * r0[x] + b * r1[x] + c * r2[x] + d * r3[x];
        }
        for (int y = 0; y < inner.Height; y++)
        {
            ReadOnlySpan<float> row = rows.Slice(y * halfWidth, halfWidth);
            Span<float> to = destination.Slice(y * inner.Width, inner.Width);
            for (int x = 0; x < to.Length; x++)
            {
                (int first, float a, float b, float c, float d) = Taps(inner.Column + x);
                to[x] = a * row[first] + b * row[first + 1] + c * row[first + 2] + d * row[first + 3];
            }
        }
    }

    // An even pixel lies a quarter before the centre of its 20 m pixel, an odd one a quarter behind.
    private static (int First, float A, float B, float C, float D) Taps(int position) =>
        (position & 1) == 0 ? (position / 2 - 2, K3, K2, K1, K0) : (position / 2 - 1, K0, K1, K2, K3);
}
