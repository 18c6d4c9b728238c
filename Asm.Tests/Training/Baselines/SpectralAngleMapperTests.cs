using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;
using Asm.Training.Baselines;

namespace Asm.Tests.Training.Baselines;

public sealed class SpectralAngleMapperTests
{
    [Fact]
    public void The_smallest_angle_wins_whatever_the_brightness()
    {
        SpectralAngleMapper mapper = SpectralAngleMapper.Train(Samples.TwoBands((0.4f, 0f, 1), (0.2f, 0.2f, 2), (0f, 0.1f, 3)));
        // angles from the first axis: 10, 30, 60 and 80 degrees; the classes are at 0, 45 and 90
        Assert.Equal([1, 2, 2, 3], mapper.Predict(Samples.TwoBands((0.985f, 0.174f, 1), (0.00866f, 0.005f, 2), (0.05f, 0.0866f, 2), (0.174f, 0.985f, 3))));
    }

    [Fact]
    public void Directions_are_those_of_the_class_means()
    {
        SpectralAngleMapper mapper = SpectralAngleMapper.Train(Samples.TwoBands((0.1f, 0.3f, 1), (0.5f, 0.5f, 1), (0.1f, 0f, 2)));
        Assert.Equal([0.6f, 0.8f], mapper.Directions[0]); // of (0.3, 0.4)
        Assert.Equal([1f, 0f], mapper.Directions[1]);
    }

    [Fact]
    public void A_spectrum_of_zeros_has_no_direction_and_every_class_is_as_probable()
    {
        float[] probabilities = new float[3];
        SpectralAngleMapper.Train(Samples.TwoBands((0.4f, 0f, 1), (0.2f, 0.2f, 2), (0f, 0.1f, 3))).Probabilities([0f, 0f], probabilities);
        Assert.All(probabilities, p => Assert.Equal(1f / 3, p, 6));
    }

    [Fact]
    public void A_class_whose_mean_is_zero_is_refused() =>
        Assert.Contains("class2", Assert.Throws<AsmException>(() => SpectralAngleMapper.Train(Samples.TwoBands((0.4f, 0f, 1), (0f, 0f, 2)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Labels_of_a_simulated_scene_are_those_that_numpy_gives()
    {
        var scene = new SimulatedScene(new SimulationOptions { Width = 400, Height = 300, MineDensity = 3 });
        using IRasterSource stack = scene.Bands(0, 0), truth = scene.Truth(0);
        PixelSamples samples = Samples.Draw(new(stack, truth), 3, new SampleOptions { MaxPerClass = 0 });
        using var folder = new TempFolder();
        samples.Write(folder.File("train"));
        // float32 cosines of x to the class means, as the usual script has it
        Samples.Python("numpy", """
            x, y = read(sys.argv[1])
            m = np.stack([x[y == k].mean(0, dtype=np.float64) for k in (1, 2, 3)]).astype(np.float32)
            c = (x @ (m / np.linalg.norm(m, axis=1, keepdims=True)).T) / np.maximum(np.sqrt((x * x).sum(1, dtype=np.float32)), 1e-6)[:, None]
            (c.argmax(1) + 1).astype(np.uint8).tofile(sys.argv[1] + ".sam")
            """, folder.File("train"));
        Assert.True(samples.Count > 10_000);
        Assert.Equal(File.ReadAllBytes(folder.File("train.sam")), SpectralAngleMapper.Train(samples).Predict(samples));
    }
}
