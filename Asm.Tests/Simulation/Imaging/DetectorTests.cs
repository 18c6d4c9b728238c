using Asm.Raster.Grids;
using Asm.Simulation;
using Asm.Simulation.Imaging;
using Asm.Simulation.Scenes;

namespace Asm.Tests.Simulation.Imaging;

public sealed class DetectorTests
{
    [Fact]
    public void Blurring_spreads_a_point_and_keeps_its_sum()
    {
        var image = new float[25];
        image[12] = 100;
        Detector.Blur(image, 5, 5, 0.15f, new float[25]);
        Assert.Equal(49, image[12], 1e-3f);
        Assert.Equal(10.5f, image[7], 1e-3f);
        Assert.Equal(2.25f, image[6], 1e-3f);
        Assert.Equal(100, image.Sum(), 1e-3f);
    }

    [Fact]
    public void Halving_averages_two_by_two()
    {
        var half = new float[2];
        Detector.Halve([1, 2, 5, 6, 3, 4, 7, 8], 4, 2, half);
        Assert.Equal([2.5f, 6.5f], half);
    }

    [Fact]
    public void Doubling_a_ramp_gives_the_ramp()
    {
        // Bicubic convolution reproduces polynomials up to degree 2: value 10 m position = 20 m position x 2 + 0.5.
        var half = new float[100];
        for (int i = 0; i < 100; i++) half[i] = 3 * (2 * (i % 10) + 0.5f) + 7 * (2 * (i / 10) + 0.5f);
        var doubled = new float[36];
        Detector.Double(half, 10, new PixelWindow(7, 8, 6, 6), new float[60], doubled);
        for (int i = 0; i < 36; i++) Assert.Equal(3 * (7 + i % 6) + 7 * (8 + i / 6), doubled[i], 1e-3f);
    }

    [Fact]
    public void Bands_of_20_metres_are_smoother_than_bands_of_10_metres()
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = 200, Height = 200, Seed = 4 });
        // B08 (10 m) and B8A (20 m) look at nearly the same wavelengths.
        var samples = new float[80_000];
        scene.Bands(0, 0).Read<float>(new PixelWindow(0, 0, 200, 200), [6, 7], samples);
        double Roughness(int band)
        {
            double sum = 0;
            for (int i = 1; i < 39_999; i++) sum += Math.Abs(samples[band * 40_000 + i - 1] - 2 * samples[band * 40_000 + i] + samples[band * 40_000 + i + 1]);
            return sum;
        }
        Assert.True(Roughness(1) < 0.6 * Roughness(0), $"{Roughness(0)} and {Roughness(1)}");
    }
}
