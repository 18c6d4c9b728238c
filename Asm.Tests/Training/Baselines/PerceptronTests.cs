using System.Globalization;
using Asm.Tests.Support;
using Asm.Training.Baselines;

namespace Asm.Tests.Training.Baselines;

public sealed class PerceptronTests
{
    [Fact]
    public void Adam_s_first_two_steps_are_those_of_the_formula()
    {
        float[] values = [1f, 1f];
        var adam = new Adam(values);
        adam.Step([0.5f, -20f], 1);
        // the first step is the learning rate, whatever the gradient's size
        Assert.Equal(0.999f, values[0], 1e-7f);
        Assert.Equal(1.001f, values[1], 1e-7f);
        adam.Step([0f, -20f], 2);
        // m = 0.9 x 0.05 = 0.045, v = 0.999 x 0.00025 = 0.00024975; 0.001 x sqrt(1 - 0.999^2) / (1 - 0.9^2) x m / sqrt(v) = 0.000670
        Assert.Equal(0.999 - 0.000670, values[0], 1e-6);
        Assert.Equal(1.002f, values[1], 1e-6f);
    }

    [Fact]
    public void Classes_that_no_line_parts_are_learnt()
    {
        // class 2 lies on both sides of class 1
        var random = new Random(3);
        PixelSamples samples = Samples.TwoBands([.. Enumerable.Range(0, 1200).Select(i =>
        {
            byte code = (byte)(1 + i % 2);
            float red = code == 1 ? 0.2f + 0.1f * random.NextSingle() : (i % 4 < 2 ? 0f : 0.35f) + 0.15f * random.NextSingle();
            return (red, random.NextSingle(), code);
        })]);
        Assert.True(Samples.Perceptron(samples, 1).Accuracy(samples) > 0.97);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        PixelSamples samples = Samples.Random(450);
        float[] Probabilities(ulong seed)
        {
            float[] probabilities = new float[3];
            Samples.Perceptron(samples, seed).Probabilities(samples.Spectrum(0), probabilities);
            return probabilities;
        }

        Assert.Equal(Probabilities(1), Probabilities(1));
        Assert.NotEqual(Probabilities(1), Probabilities(2));
        Assert.Equal(1f, Probabilities(1).Sum(), 5);
    }

    [Fact]
    public void A_band_that_does_not_vary_does_no_harm()
    {
        PixelSamples samples = Samples.TwoBands([.. Enumerable.Range(0, 400).Select(i => (i % 2 == 0 ? 0.1f : 0.3f, 0.25f, (byte)(1 + i % 2)))]);
        Assert.Equal(1, Samples.Perceptron(samples, 1).Accuracy(samples));
    }

    [Fact]
    public void Accuracy_on_real_pixels_is_scikit_learn_s()
    {
        (PixelSamples train, PixelSamples test) = Samples.GermanCities();
        using var folder = new TempFolder();
        train.Write(folder.File("train"));
        test.Write(folder.File("test"));
        string peer = Samples.Python("sklearn", """
            from sklearn.neural_network import MLPClassifier
            from sklearn.preprocessing import StandardScaler
            from sklearn.pipeline import make_pipeline
            m = make_pipeline(StandardScaler(), MLPClassifier((10, 5), random_state=1)).fit(*read(sys.argv[1]))
            print(m.score(*read(sys.argv[2])))
            """, folder.File("train"), folder.File("test"));
        Assert.Equal(double.Parse(peer, CultureInfo.InvariantCulture), Samples.Perceptron(train, 1).Accuracy(test), 0.01);
    }
}
