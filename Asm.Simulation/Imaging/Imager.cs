using System.Buffers;
using Asm.Raster.Grids;
using Asm.Simulation.Landscape;
using Asm.Simulation.Noise;
using Asm.Simulation.Spectra;

namespace Asm.Simulation.Imaging;

/// <summary>Renders windows of the ten bands of one date.</summary>
internal sealed class Imager
{
    /// <summary>Pixels beyond a window that its values depend on: bicubic taps and leaks at 20 m, and one rim that is not exact.</summary>
    public const int Margin = 8;

    /// <summary>True for the bands measured at 20 m: B05 B06 B07 B8A B11 B12.</summary>
    public static readonly IReadOnlyList<bool> Is20Metres = [false, false, false, true, true, true, false, true, true, true];

    private readonly SceneStyle _style;
    private readonly Climate _climate;
    private readonly Sky _sky;

    /// <summary>Prepares a date.</summary>
    public Imager(SceneStyle style, Climate climate, Sky sky) => (_style, _climate, _sky) = (style, climate, sky);

    /// <summary>The window with its margin, on whole 20 m pixels of the plane.</summary>
    public static PixelWindow Expand(PixelWindow window)
    {
        PixelWindow wide = window.Expand(Margin);
        int left = wide.Column & ~1, top = wide.Row & ~1;
        return new(left, top, (wide.Right - left + 1) & ~1, (wide.Bottom - top + 1) & ~1);
    }

    /// <summary>Renders bands over a window of the plane.</summary>
    /// <param name="window">The pixels.</param>
    /// <param name="bands">Band positions, 0 .. 9.</param>
    /// <param name="canvas">Working memory.</param>
    /// <param name="samples">Receives bands x height x width samples, 1 .. 12,000.</param>
    public void Render(PixelWindow window, ReadOnlySpan<int> bands, Canvas canvas, Span<ushort> samples)
    {
        PixelWindow wide = Expand(window);
        Textures textures = Painter.Paint(_style, _climate.Season, wide, canvas);
        int objects = canvas.Objects.Count, ten = SpectrumClass.BandCount;
        float[] looks = ArrayPool<float>.Shared.Rent(objects * (2 * ten + 3));
        float[] texture = canvas.Borrow(), light = canvas.Borrow(),
            image = canvas.Borrow(), scratch = canvas.Borrow(), half = canvas.Borrow();
        MakeLooks(canvas, looks);
        Span<float> mean = looks.AsSpan(0, objects * ten), vary = looks.AsSpan(objects * ten, objects * ten),
            weights = looks.AsSpan(2 * objects * ten, 3 * objects);
        Weigh(canvas.Covering.AsSpan(0, canvas.Count), weights, textures, texture);
        Shade(canvas, light);
        Sky.View view = _sky.Look(window, canvas);
        var inner = new PixelWindow(window.Column - wide.Column, window.Row - wide.Row, window.Width, window.Height);
        int count = window.Width * window.Height;
        for (int k = 0; k < bands.Length; k++)
        {
            int band = bands[k];
            ReadOnlySpan<float> bandMean = mean.Slice(band * objects, objects), bandVary = vary.Slice(band * objects, objects);
            Compose(canvas.Covering.AsSpan(0, canvas.Count), bandMean, bandVary, texture, light, image);
            if (Is20Metres[band])
            {
                int halfWidth = wide.Width / 2, halfHeight = wide.Height / 2;
                Detector.Halve(image, wide.Width, wide.Height, half);
                Detector.Blur(half, halfWidth, halfHeight, Detector.Leak20, scratch);
                AddNoise(band, new PixelWindow(wide.Column >> 1, wide.Row >> 1, halfWidth, halfHeight), half);
                Detector.Double(half, halfWidth, inner, scratch, image);
            }
            else
            {
                Detector.Blur(image, wide.Width, wide.Height, Detector.Leak10, scratch);
                AddNoise(band, wide, image);
                for (int y = 0; y < inner.Height; y++)
                    image.AsSpan((inner.Row + y) * wide.Width + inner.Column, inner.Width).CopyTo(scratch.AsSpan(y * inner.Width));
                (image, scratch) = (scratch, image);
            }
            _sky.Apply(band, view, image, samples.Slice(k * count, count));
        }
        ArrayPool<float>.Shared.Return(looks);
    }

    private static void Weigh(ReadOnlySpan<int> covering, ReadOnlySpan<float> weights, Textures textures, Span<float> texture)
    {
        ReadOnlySpan<float> grain = textures.Grain, clump = textures.Clump, patch = textures.Patch;
        for (int i = 0; i < covering.Length; i++)
        {
            int at = 3 * covering[i];
            texture[i] = weights[at] * grain[i] + weights[at + 1] * clump[i] + weights[at + 2] * patch[i];
        }
    }

    // Texture never takes more than 60 % of the light away.
    private static void Compose(ReadOnlySpan<int> covering, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> vary, ReadOnlySpan<float> texture, ReadOnlySpan<float> light, Span<float> image)
    {
        for (int i = 0; i < covering.Length; i++)
        {
            int o = covering[i];
            float m = mean[o];
            image[i] = MathF.Max(m + texture[i] * vary[o], 0.4f * m) * light[i];
        }
    }

    // Planes of means, then of variations, band by band, then three texture weights an object.
    private void MakeLooks(Canvas canvas, Span<float> looks)
    {
        var maker = new Looks(_style, _climate);
        int objects = canvas.Objects.Count, ten = SpectrumClass.BandCount;
        Span<float> mean = stackalloc float[ten], vary = stackalloc float[ten];
        for (int o = 0; o < objects; o++)
        {
            var look = new Look { Mean = mean, Vary = vary };
            maker.Make(canvas.Objects[o].Surface, canvas.Objects[o].Key, ref look);
            for (int b = 0; b < ten; b++) (looks[b * objects + o], looks[(ten + b) * objects + o]) = (mean[b], vary[b]);
            Span<float> weights = looks.Slice(2 * ten * objects + 3 * o, 3);
            (weights[0], weights[1], weights[2]) = (look.Grain, look.Clump, look.Patch);
        }
    }

    // Slopes that face the sun are brighter; water is level.
    private void Shade(Canvas canvas, float[] light)
    {
        float[] terrain = canvas.Noise(_style.Sub(90), 60, 3);
        int width = canvas.Window.Width, last = canvas.Count - width - 1;
        float strength = _style.Relief * 3;
        light.AsSpan(0, canvas.Count).Fill(1);
        for (int i = 0; i < last; i++)
        {
            if (canvas.SurfaceAt(i) is Surface.River or Surface.Stream or Surface.Lake
                or Surface.NaturalPond or Surface.FishPond or Surface.MinePond or Surface.Paddy)
                continue;
            float slope = _sky.SunX * (terrain[i + 1] - terrain[i]) + 0.7f * (terrain[i + width] - terrain[i]);
            light[i] = Math.Clamp(1 + strength * slope, 0.5f, 1.5f);
        }
    }

    // Shot noise and quantisation: about 0.1 % reflectance, a little more where it is bright.
    private void AddNoise(int band, PixelWindow window, Span<float> image)
    {
        ulong key = Hash.Of(_climate.DateKey, 100 + (ulong)band);
        for (int y = 0, i = 0; y < window.Height; y++)
            for (int x = 0; x < window.Width; x++, i++)
                image[i] += (10 + 0.004f * image[i]) * Hash.Normal(Hash.Of(key, window.Column + x, window.Row + y));
    }
}
