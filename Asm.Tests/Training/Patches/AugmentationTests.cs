using Asm.Training.Configuration;
using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

public sealed class AugmentationTests
{
    private const float NoData = 0.77f;
    private static readonly AugmentationConfig Turns = AugmentationConfig.Nothing with { ReflectAndTurn = true };

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
        (float[] samples, long[] target) = Turned(symmetry, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal(expected, string.Concat(samples));
        Assert.Equal(expected, string.Concat(target.Select(t => t + 1)));
    }

    [Fact]
    public void A_rotation_by_90_degrees_is_a_quarter_turn()
    {
        (float[] samples, long[] target) = Turned(0, Math.PI / 2, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        float[] expected = [3, 6, 9, 2, 5, 8, 1, 4, 7];
        Assert.Equal(expected, samples, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([2, 5, 8, 1, 4, 7, 0, 3, 6], target);
    }

    // The middle of each side comes from between a corner and the centre: there bilinear gives the plane 1 + column + 3 row. The corners come from
    // 0.41 pixels beyond the middle of a side: the nearest pixel is taken as it is.
    [Fact]
    public void A_rotation_by_45_degrees_interpolates_inside_and_takes_the_nearest_at_the_edge()
    {
        (float[] samples, long[] target) = Turned(0, Math.PI / 4, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 1, 1, 1, 1, 2, 2, 2]);
        float[] expected = [2, 3.585786f, 6, 2.171573f, 5, 7.828427f, 4, 6.414214f, 8];
        Assert.Equal(expected, samples, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 1, 1], target);
    }

    [Fact]
    public void Pixels_from_outside_of_the_patch_have_no_data()
    {
        (float[] samples, long[] target) = Turned(0, Math.PI / 4, [.. Enumerable.Repeat(0.2f, 25)], [.. Enumerable.Repeat((byte)3, 25)]);
        int[] outside = [0, 4, 20, 24];
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(outside.Contains(i) ? Batch.IgnoredTarget : 2, target[i]);
            Assert.Equal(outside.Contains(i) ? NoData : 0.2f, samples[i], 1e-6f);
        }
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(3, 0.7)]
    [InlineData(5, 1.2)]
    public void Data_never_mixes_with_no_data_of_any_band(int symmetry, double angle)
    {
        // a wedge without data in the second band only, and one pixel without data in the middle
        float[] reflectance = [.. Enumerable.Repeat(0.3f, 2 * 256)];
        byte[] label = [.. Enumerable.Repeat((byte)2, 256)];
        for (int row = 0; row < 16; row++)
            for (int column = 0; column < row - 4; column++) reflectance[256 + row * 16 + column] = 0;
        reflectance[8 * 16 + 8] = 0;
        (float[] samples, long[] target) = Turned(symmetry, angle, reflectance, label);
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal(target[i] == Batch.IgnoredTarget ? NoData : 0.3f, samples[i], 1e-6f);
            Assert.Equal(samples[i], samples[256 + i]);
        }

        Assert.InRange(target.Count(t => t == 1), 80, 190);
    }

    [Fact]
    public void An_unlabelled_pixel_keeps_its_reflectance()
    {
        (float[] samples, long[] target) = Apply(AugmentationConfig.Nothing, 1, [0.1f, 0.2f, 0.3f, 0.4f], [1, 0, 3, 2]);
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f], samples);
        Assert.Equal([0, Batch.IgnoredTarget, 2, 1], target);
    }

    [Fact]
    public void A_pixel_without_data_is_ignored_even_where_it_has_a_label()
    {
        (float[] samples, long[] target) = Apply(AugmentationConfig.Nothing, 1, [0.1f, 0f, 0.3f, 0.4f], [1, 1, 3, 2]);
        Assert.Equal([0.1f, NoData, 0.3f, 0.4f], samples);
        Assert.Equal([0, Batch.IgnoredTarget, 2, 1], target);
    }

    [Fact]
    public void Samples_and_labels_move_together()
    {
        float[] reflectance = [.. Enumerable.Range(0, 2 * 16).Select(i => 0.01f * (i % 16 + 1))];
        byte[] label = [.. Enumerable.Range(0, 16).Select(i => (byte)(i + 1))];
        for (int seed = 0; seed < 20; seed++)
        {
            (float[] samples, long[] target) = Apply(Turns, seed, reflectance, label);
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(0.01f * (target[i] + 1), samples[i], 1e-6f);
                Assert.Equal(samples[i], samples[16 + i]);
            }
        }
    }

    // a corner loses its data at almost every angle but 0
    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.25, 60, 140)]
    [InlineData(1.0, 370, 395)]
    public void The_share_of_rotated_patches_is_as_asked_for(double share, int least, int most)
    {
        float[] reflectance = [.. Enumerable.Repeat(0.2f, 32 * 32)];
        byte[] label = [.. Enumerable.Repeat((byte)1, 32 * 32)];
        int rotated = Enumerable.Range(0, 400).Count(seed => Apply(new AugmentationConfig { RotateShare = share }, seed, reflectance, label).Target[0] == Batch.IgnoredTarget);
        Assert.InRange(rotated, least, most);
    }

    [Fact]
    public void Rotation_can_be_switched_off()
    {
        float[] reflectance = [.. Enumerable.Repeat(0.2f, 32 * 32)];
        byte[] label = [.. Enumerable.Repeat((byte)1, 32 * 32)];
        Assert.DoesNotContain(Enumerable.Range(0, 50), seed => Apply(new AugmentationConfig { Rotate = false }, seed, reflectance, label).Target.Contains(Batch.IgnoredTarget));
    }

    [Fact]
    public void A_band_gain_of_5_percent_spreads_gains_by_5_percent()
    {
        double[] logs = [.. Enumerable.Range(0, 4000).Select(seed => Math.Log(Apply(AugmentationConfig.Nothing with { BandGain = 0.05 }, seed, [0.2f, 0.2f, 0.2f, 0.2f], [1, 1, 1, 1]).Samples[0] / 0.2))];
        double mean = logs.Average();
        Assert.Equal(0, mean, 0.004);
        Assert.Equal(0.05, Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))), 0.003);
    }

    [Fact]
    public void Noise_has_the_deviation_asked_for_and_no_sample_knows_its_neighbour()
    {
        float[] samples = new float[100_003];
        Noise.Add(samples, 0.02f, 12345);
        Assert.Equal(0, samples.Average(), 0.0003);
        Assert.Equal(0.02, Math.Sqrt(samples.Average(s => s * s)), 0.0002);
        double neighbours = samples.Zip(samples.Skip(1), (a, b) => a * b).Average(), rows = samples.Zip(samples.Skip(256), (a, b) => a * b).Average();
        Assert.Equal(0, neighbours / 0.0004, 0.015);
        Assert.Equal(0, rows / 0.0004, 0.015);
    }

    [Fact]
    public void Noise_depends_on_the_number_of_a_sample_and_not_on_where_a_span_begins()
    {
        float[] whole = new float[40], part = new float[33];
        Noise.Add(whole, 1, 100);
        Noise.Add(part, 1, 107);
        Assert.Equal(whole[7..], part);
    }

    private static (float[] Samples, long[] Target) Turned(int symmetry, double angle, float[] reflectance, byte[] label)
    {
        (float[] samples, long[] target) = (new float[reflectance.Length], new long[label.Length]);
        Of(AugmentationConfig.Nothing, reflectance, label).Apply(symmetry, angle, 0, reflectance, label, samples, target);
        return (samples, target);
    }

    private static (float[] Samples, long[] Target) Apply(AugmentationConfig config, int seed, float[] reflectance, byte[] label)
    {
        (float[] samples, long[] target) = (new float[reflectance.Length], new long[label.Length]);
        Of(config, reflectance, label).Apply(new Random(seed), reflectance, label, samples, target);
        return (samples, target);
    }

    private static Augmentation Of(AugmentationConfig config, float[] reflectance, byte[] label) =>
        new(config, (int)Math.Sqrt(label.Length), [.. Enumerable.Repeat(NoData, reflectance.Length / label.Length)]);
}
