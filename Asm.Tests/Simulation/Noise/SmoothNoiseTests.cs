using Asm.Raster.Grids;
using Asm.Simulation.Noise;

namespace Asm.Tests.Simulation.Noise;

public sealed class SmoothNoiseTests
{
    [Theory]
    [InlineData(1.8f, 1)]
    [InlineData(7, 1)]
    [InlineData(34, 2)]
    public void The_mean_is_about_0_and_the_variance_about_1(float wavelength, int octaves)
    {
        var field = new float[512 * 512];
        SmoothNoise.Fill(11, wavelength, octaves, new PixelWindow(-300, 1000, 512, 512), field);
        double mean = field.Average(v => (double)v), variance = field.Average(v => (v - mean) * (v - mean));
        Assert.InRange(mean, -0.15, 0.15);
        Assert.InRange(variance, 0.8, 1.2);
    }

    [Fact]
    public void A_value_does_not_depend_on_the_window()
    {
        var whole = new float[60 * 50];
        SmoothNoise.Fill(5, 9.3f, 3, new PixelWindow(-20, -10, 60, 50), whole);
        var random = new Random(1);
        for (int n = 0; n < 50; n++)
        {
            var window = new PixelWindow(-20 + random.Next(40), -10 + random.Next(30), random.Next(1, 20), random.Next(1, 20));
            var part = new float[window.PixelCount];
            SmoothNoise.Fill(5, 9.3f, 3, window, part);
            for (int i = 0; i < part.Length; i++)
                Assert.Equal(whole[(window.Row + 10 + i / window.Width) * 60 + window.Column + 20 + i % window.Width], part[i]);
        }
    }

    [Fact]
    public void One_octave_filled_equals_the_value_at_each_position()
    {
        var field = new float[30 * 20];
        SmoothNoise.Fill(77, 12.5f, 1, new PixelWindow(-7, 3, 30, 20), field);
        for (int i = 0; i < field.Length; i++) Assert.Equal(SmoothNoise.At(Hash.Of(77, 0), 12.5f, -7 + i % 30, 3 + i / 30), field[i], 1e-5f);
    }

    [Fact]
    public void Hashes_have_the_values_of_SplitMix64()
    {
        // First outputs of SplitMix64 with state 0 and 1234567, as published with Java's SplittableRandom and xoshiro.
        Assert.Equal(0xE220A8397B1DCDAFul, Hash.Of(0, 0));
        Assert.Equal(6457827717110365317ul, Hash.Of(1234567, 0));
        Assert.Equal(3203168211198807973ul, Hash.Of(1234567, 1));
    }
}
