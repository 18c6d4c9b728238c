using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

public sealed class AugmentationTests
{
    private static readonly AugmentationConfig Nothing = new() { ReflectAndTurn = false };

    [Theory]
    [InlineData(0, "123456789")]
    [InlineData(1, "321654987")]
    [InlineData(2, "789456123")]
    [InlineData(3, "987654321")]
    [InlineData(4, "147258369")]
    [InlineData(5, "369258147")]
    [InlineData(6, "741852963")]
    [InlineData(7, "963852741")]
    public void The_eight_symmetries_are_reflections_and_quarter_turns(int symmetry, string expected)
    {
        (int start, int columnStep, int rowStep) = Augmentation.Walk(symmetry, 3);
        var found = new System.Text.StringBuilder();
        for (int row = 0; row < 3; row++)
            for (int column = 0; column < 3; column++) found.Append("123456789"[start + row * rowStep + column * columnStep]);
        Assert.Equal(expected, found.ToString());
    }

    [Fact]
    public void Samples_and_labels_move_together()
    {
        float[] reflectance = [.. Enumerable.Range(0, 2 * 16).Select(i => 0.01f * (i % 16 + 1))];
        byte[] label = [.. Enumerable.Range(0, 16).Select(i => (byte)(i + 1))];
        for (int seed = 0; seed < 20; seed++)
        {
            (float[] samples, long[] target) = Apply(new AugmentationConfig(), seed, reflectance, label);
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(0.01f * (target[i] + 1), samples[i], 1e-6f);
                Assert.Equal(samples[i], samples[16 + i]);
            }
        }
    }

    [Fact]
    public void Without_settings_nothing_changes_and_code_0_becomes_the_ignored_target()
    {
        (float[] samples, long[] target) = Apply(Nothing, 1, [0.1f, 0f, 0.3f, 0.4f], [1, 0, 3, 2]);
        Assert.Equal([0.1f, 0f, 0.3f, 0.4f], samples);
        Assert.Equal([0, Batch.IgnoredTarget, 2, 1], target);
    }

    [Fact]
    public void Radiometry_leaves_samples_without_data_at_0()
    {
        var all = new AugmentationConfig { BandGain = 0.1, BandOffset = 0.01, Brightness = 0.1, Haze = 0.02, Noise = 0.01 };
        (float[] samples, _) = Apply(all, 3, [0.1f, 0f, 0.3f, 0f], [1, 0, 3, 0]);
        Assert.Equal(0, samples.Count(s => s == 0) - 2);
    }

    [Fact]
    public void A_band_gain_of_5_percent_spreads_gains_by_5_percent()
    {
        double[] logs = [.. Enumerable.Range(0, 4000).Select(seed => Math.Log(Apply(Nothing with { BandGain = 0.05 }, seed, [0.2f, 0.2f, 0.2f, 0.2f], [1, 1, 1, 1]).Samples[0] / 0.2))];
        double mean = logs.Average();
        Assert.Equal(0, mean, 0.004);
        Assert.Equal(0.05, Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))), 0.003);
    }

    private static (float[] Samples, long[] Target) Apply(AugmentationConfig config, int seed, float[] reflectance, byte[] label)
    {
        float[] samples = new float[reflectance.Length];
        long[] target = new long[label.Length];
        Augmentation.Apply(config, new Random(seed), (int)Math.Sqrt(label.Length), reflectance, label, samples, target);
        return (samples, target);
    }
}
