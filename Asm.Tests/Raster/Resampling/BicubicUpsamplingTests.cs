using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Resampling;

namespace Asm.Tests.Raster.Resampling;

public sealed class BicubicUpsamplingTests
{
    [Fact]
    public void A_constant_stays_constant()
    {
        ushort[] output = Upsample(Block(7, 6, (_, _) => (ushort)1234), 7, 6, 0);
        Assert.All(output, sample => Assert.Equal(1234, sample));
    }

    [Fact]
    public void A_linear_ramp_stays_linear()
    {
        // 400 a source pixel along x and 80 along y are 200 and 40 an output pixel, shifted by a quarter of a source pixel: 100 and 20.
        ushort[] output = Upsample(Block(20, 9, (x, y) => (ushort)(5000 + 400 * x + 80 * y)), 20, 9, 0);
        for (int y = 0; y < 10; y++)
            for (int x = 0; x < 32; x++)
                Assert.Equal(5000 + 2 * 400 + 2 * 80 - 100 - 20 + 200 * x + 40 * y, output[y * 32 + x]);
    }

    [Fact]
    public void A_ramp_with_negative_values_is_rounded_half_up()
    {
        // Of -3, -1, 1, 3, ... the outputs lie at -0.5 and +0.5 of each, and .5 goes up.
        short[] output = Upsample(Block(6, 5, (x, _) => (short)(2 * x - 5)), 6, 5, null);
        Assert.Equal([-1, 0, 1, 2], output[..4]);
    }

    [Fact]
    public void An_impulse_gives_the_products_of_the_taps()
    {
        ushort[] block = Block(9, 9, (x, y) => (ushort)(x == 4 && y == 4 ? 20000 + 16384 : 20000));
        ushort[] output = Upsample(block, 9, 9, 0);
        // Source pixel 4 of the block is inner pixel 2; its outputs are columns 4 and 5, and it reaches columns 1 to 8.
        int[] taps = [0, -3, -9, 29, 111, 111, 29, -9, -3, 0];
        for (int y = 0; y < 10; y++)
            for (int x = 0; x < 10; x++)
                Assert.Equal(20000 + taps[x] * taps[y], output[y * 10 + x]);
    }

    [Fact]
    public void Undershoot_is_clamped_to_the_lowest_valid_sample_not_to_nodata()
    {
        ushort[] block = Block(8, 5, (x, _) => (ushort)(x < 4 ? 1 : 10000));
        ushort[] output = Upsample(block, 8, 5, 0);
        // By hand: 1, 1 - 9999 x 3 / 128, 1 - 9999 x 9 / 128, 1 + 9999 x 26 / 128.
        Assert.Equal([1, 1, 1, 2032], output[..4]);
        ushort[] withoutNoData = Upsample(block, 8, 5, null);
        Assert.Equal([1, 0, 0, 2032], withoutNoData[..4]);
    }

    [Fact]
    public void Overshoot_is_clamped_to_the_highest_valid_sample()
    {
        ushort[] block = Block(8, 5, (x, _) => (ushort)(x < 4 ? 0 : 65534));
        Assert.Equal([65535, 65535, 65534], Upsample(block, 8, 5, null)[5..8].Select(s => (int)s));
        Assert.Equal([65534, 65534, 65534], Upsample(block, 8, 5, 65535)[5..8].Select(s => (int)s));
    }

    [Fact]
    public void A_result_that_hits_nodata_inside_of_the_range_is_moved_by_one()
    {
        ushort[] block = Block(7, 5, (x, _) => (ushort)(1000 + 40 * x));
        Assert.Equal([1070, 1091, 1110, 1130, 1150, 1170], Upsample(block, 7, 5, 1090)[..6].Select(s => (int)s));
    }

    [Fact]
    public void Beside_a_hole_the_weights_are_renormalised_over_the_valid_taps()
    {
        ushort[] block = Block(7, 5, (x, _) => (ushort)(100 * x));
        byte[] valid = new byte[35];
        valid.AsSpan().Fill(1);
        for (int y = 0; y < 5; y++) valid[y * 7 + 3] = 0;
        ushort[] output = new ushort[12];
        BicubicUpsampling.Run<ushort>(block, valid, 7, new(0, 0, 6, 2), 0, output);
        // Pixel 2, left: (-3 x 0 + 29 x 100 + 111 x 200) / 137 = 183.2; right: (-9 x 100 + 111 x 200 - 3 x 400) / 99 = 203.03.
        // Pixel 4, left: (-3 x 200 + 111 x 400 - 9 x 500) / 99 = 396.97; right: (111 x 400 + 29 x 500 - 3 x 600) / 137 = 416.79.
        Assert.Equal([183, 203, 0, 0, 397, 417, 183, 203, 0, 0, 397, 417], output);
    }

    [Fact]
    public void What_an_invalid_sample_holds_does_not_matter()
    {
        var random = new Random(5);
        float[] block = Block(9, 7, (_, _) => random.NextSingle());
        byte[] valid = Block(9, 7, (x, y) => (byte)(x is 3 or 8 && y > 1 ? 0 : 1));
        float[] with = new float[30], without = new float[30];
        BicubicUpsampling.Run<float>(block, valid, 9, new(0, 0, 10, 3), null, with);
        for (int i = 0; i < block.Length; i++)
            if (valid[i] == 0) block[i] = float.NaN;
        BicubicUpsampling.Run<float>(block, valid, 9, new(0, 0, 10, 3), null, without);
        Assert.Equal(with, without);
        Assert.True(float.IsNaN(with[2]));
        Assert.False(float.IsNaN(with[1]));
    }

    [Fact]
    public void Every_sample_agrees_with_the_plain_definition() => AgreesWithDefinition<ushort>(11, 0, 65535);

    [Fact]
    public void Signed_samples_agree_with_the_plain_definition() => AgreesWithDefinition<short>(12, -32768, 32767);

    [Fact]
    public void Bytes_agree_with_the_plain_definition() => AgreesWithDefinition<byte>(13, 255, 255);

    private static void AgreesWithDefinition<T>(int seed, double noData, int top) where T : unmanaged, INumber<T>
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 150; trial++)
        {
            int width = random.Next(5, 60), height = random.Next(5, 14);
            double holes = trial % 3 * 0.04;
            byte[] valid = Block(width, height, (_, _) => (byte)(random.NextDouble() < holes ? 0 : 1));
            T[] block = Block(width, height, (_, _) => T.CreateSaturating(random.Next(trial % 2 == 0 ? top + 1 : 400)));
            int column = random.Next(2), row = random.Next(2);
            var window = new PixelWindow(column, row, random.Next(1, 2 * (width - 4) - column + 1), random.Next(1, 2 * (height - 4) - row + 1));
            T[] output = new T[window.PixelCount];
            BicubicUpsampling.Run<T>(block, valid, width, window, noData, output);
            for (int y = 0; y < window.Height; y++)
                for (int x = 0; x < window.Width; x++)
                    Assert.Equal(Define(block, valid, width, x + column, y + row, noData, T.CreateSaturating(double.MinValue), T.CreateSaturating(double.MaxValue)), output[y * window.Width + x]);
        }
    }

    /// <summary>The definition, written from the polynomial of Keys and sharing no code with the product.</summary>
    private static T Define<T>(T[] block, byte[] valid, int width, int x, int y, double noData, T lowest, T highest) where T : unmanaged, INumber<T>
    {
        static double Keys(double d) => (d = Math.Abs(d)) <= 1 ? d * d * (1.5 * d - 2.5) + 1 : d <= 2 ? d * d * (-0.5 * d + 2.5) - 4 * d + 2 : 0;
        if (valid[(y / 2 + 2) * width + x / 2 + 2] == 0) return T.CreateChecked(noData);
        double atX = (x + 0.5) / 2 + 1.5, atY = (y + 0.5) / 2 + 1.5, sum = 0, total = 0;
        for (int row = y / 2; row < y / 2 + 5; row++)
            for (int column = x / 2; column < x / 2 + 5; column++)
            {
                double weight = Keys(column - atX) * Keys(row - atY) * valid[row * width + column];
                sum += weight * double.CreateChecked(block[row * width + column]);
                total += weight;
            }
        double sample = Math.Clamp(Math.Floor(sum / total + 0.5 + 1e-9), double.CreateChecked(lowest), double.CreateChecked(highest));
        if (sample == noData) sample += noData == double.CreateChecked(highest) ? -1 : 1;
        return T.CreateChecked(sample);
    }

    private static T[] Block<T>(int width, int height, Func<int, int, T> sample) =>
        [.. Enumerable.Range(0, width * height).Select(i => sample(i % width, i / width))];

    private static T[] Upsample<T>(T[] block, int width, int height, double? noData) where T : unmanaged, INumber<T>
    {
        byte[] valid = new byte[block.Length];
        valid.AsSpan().Fill(1);
        T[] output = new T[4 * (width - 4) * (height - 4)];
        BicubicUpsampling.Run<T>(block, valid, width, new(0, 0, 2 * (width - 4), 2 * (height - 4)), noData, output);
        return output;
    }
}
