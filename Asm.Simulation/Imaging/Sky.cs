using Asm.Raster.Grids;
using Asm.Simulation.Landscape;
using Asm.Simulation.Noise;

namespace Asm.Simulation.Imaging;

/// <summary>Clouds, their shadows, haze, and the gain and offset of one date.</summary>
internal sealed class Sky
{
    private static readonly float[] CloudReflectance = [6600, 6400, 6400, 6500, 6600, 6700, 6700, 6800, 4400, 3200];
    private static readonly float[] HazeReflectance = [500, 360, 260, 220, 180, 160, 140, 130, 45, 30];
    private static readonly float[] ShadowDepth = [0.42f, 0.5f, 0.56f, 0.58f, 0.6f, 0.62f, 0.62f, 0.63f, 0.66f, 0.68f];

    // Share of a standard normal field that exceeds a threshold.
    private static readonly float[] Shares = [0, 0.001f, 0.01f, 0.05f, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f];
    private static readonly float[] Thresholds =
        [4, 3.09f, 2.326f, 1.645f, 1.282f, 0.842f, 0.524f, 0.253f, 0, -0.253f, -0.524f, -0.842f, -1.282f];

    private readonly ulong _key;
    private readonly float _haze, _shift, _cloudThreshold;
    private readonly int _shadowX, _shadowY;
    private readonly float _wedgeAt, _wedgeSlope;
    private readonly bool _clouds, _wedge;

    /// <summary>Draws the sky of a date.</summary>
    public Sky(SimulationOptions options, Climate climate, int date)
    {
        _key = climate.DateKey;
        var draw = new Draw(Hash.Of(_key, 1));
        float cover = (float)options.CloudCover;
        (_clouds, _cloudThreshold) = (cover > 0, Threshold(cover));
        _haze = (float)options.HazeStrength * draw.Between(0, 0.1f, 1);
        _shift = (float)options.RadiometricShift;
        // Shadows fall away from a sun in the south-east to south-west, as in the northern dry season.
        (_shadowX, _shadowY) = ((int)draw.Between(1, -22, 4), (int)draw.Between(2, -26, -8));
        SunX = draw.Between(5, -0.4f, 1);
        (_wedge, _wedgeAt, _wedgeSlope) = (options.NoDataWedge && date % 2 == 1, options.Width * draw.Between(3, 0.5f, 0.95f), 0.21f);
    }

    /// <summary>Eastward part of the direction to the sun; the northward part is -0.7.</summary>
    public float SunX { get; }

    /// <summary>True where the swath does not reach: right of a line that leans as the orbit does.</summary>
    public bool IsOutside(int column, int row) => _wedge && column + _wedgeSlope * row > _wedgeAt;

    /// <summary>The state of the sky over a window.</summary>
    internal readonly record struct View(float[] Cloud, float[] CloudTexture, float[] Shadow, float[] Haze, float[] Gain);

    /// <summary>Fills the fields over a window of the plane. Buffers hold only the window's pixels.</summary>
    public View Look(PixelWindow window, Canvas canvas)
    {
        int count = window.Width * window.Height;
        float[] cloud = canvas.Borrow(), texture = canvas.Borrow(),
            shadow = canvas.Borrow(), haze = canvas.Borrow(), gain = canvas.Borrow();
        if (_clouds)
        {
            Clouds(window, cloud);
            Clouds(window with { Column = window.Column - _shadowX, Row = window.Row - _shadowY }, shadow);
            SmoothNoise.Fill(Hash.Of(_key, 3), 14, 2, window, texture);
        }
        SmoothNoise.Fill(Hash.Of(_key, 4), 260, 2, window, haze);
        SmoothNoise.Fill(Hash.Of(_key, 5), 2500, 1, window, gain);
        for (int i = 0; i < count; i++)
        {
            haze[i] = _haze * Math.Clamp(0.7f + 0.4f * haze[i], 0, 1.6f);
            gain[i] = 1 + 0.02f * _shift * gain[i];
        }
        return new(cloud, texture, shadow, haze, gain);
    }

    /// <summary>Turns surface reflectance of one band into what the image holds.</summary>
    /// <param name="band">Band position, 0 .. 9.</param>
    /// <param name="view">The sky over the pixels.</param>
    /// <param name="reflectance">Reflectance x 10,000.</param>
    /// <param name="samples">Receives whole numbers 1 .. 12,000.</param>
    public void Apply(int band, View view, ReadOnlySpan<float> reflectance, Span<ushort> samples)
    {
        var all = new Draw(Hash.Of(_key, 6));
        var own = new Draw(Hash.Of(_key, 7 + (ulong)band));
        float gain = 1 + _shift * (0.05f * all.Normal(0) + 0.03f * own.Normal(0)),
            offset = _shift * 0.1f * HazeReflectance[band] * (all.Normal(1) + 0.5f * own.Normal(1));
        float hazeReflectance = HazeReflectance[band], cloudReflectance = CloudReflectance[band], depth = ShadowDepth[band];
        for (int i = 0; i < samples.Length; i++)
        {
            float r = reflectance[i] * gain * view.Gain[i] + offset;
            if (_clouds) r *= 1 - depth * view.Shadow[i];
            r += view.Haze[i] * hazeReflectance * (1 - r * (1f / 6000));
            if (_clouds) r += view.Cloud[i] * (cloudReflectance * (1 + 0.06f * view.CloudTexture[i]) - r);
            samples[i] = (ushort)(Math.Clamp(r, 1, 12_000) + 0.5f);
        }
    }

    // Opacity 0 .. 1: a soft step of a rough field.
    private void Clouds(PixelWindow window, Span<float> opacity)
    {
        SmoothNoise.Fill(Hash.Of(_key, 2), 110, 4, window, opacity);
        for (int i = 0; i < window.Width * window.Height; i++)
        {
            float t = Math.Clamp((opacity[i] - _cloudThreshold) * 2.2f + 0.5f, 0, 1);
            opacity[i] = t * t * (3 - 2 * t);
        }
    }

    private static float Threshold(float share)
    {
        int i = 1;
        while (i < Shares.Length - 1 && share > Shares[i]) i++;
        return Thresholds[i - 1] + (Thresholds[i] - Thresholds[i - 1]) * (share - Shares[i - 1]) / (Shares[i] - Shares[i - 1]);
    }
}
