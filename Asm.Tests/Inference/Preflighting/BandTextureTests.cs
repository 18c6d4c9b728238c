using Asm.Inference.Preflighting;

namespace Asm.Tests.Inference.Preflighting;

public sealed class BandTextureTests
{
    // 0 0 10 10 0 0 10 10 ... in each of five rows, which are too few for columns to be looked at: 500 runs.
    private static readonly float[] Pairs = [.. Enumerable.Range(0, 5 * 105).Select(i => i % 105 % 4 < 2 ? 0f : 10f)];
    private static readonly byte[] Valid = [.. Enumerable.Repeat((byte)1, 5 * 105)];

    [Fact]
    public void Pairs_of_equal_pixels_have_half_the_energy_in_fourth_differences()
    {
        BandTexture texture = BandTexture.Of(Pairs, Valid, 105, isInteger: false);
        Assert.Equal(0.5, texture.Sharpness, 1e-12); // 400 over 800
        Assert.Equal(1, texture.PairedShare, 1e-12);
    }

    [Fact]
    public void Energy_of_rounding_does_not_count() =>
        Assert.Equal(0.493325, BandTexture.Of(Pairs, Valid, 105, isInteger: true).Sharpness, 1e-6); // (400 - 70 / 12) over (800 - 1)

    [Fact]
    public void Columns_count_as_rows_do()
    {
        var turned = new float[Pairs.Length];
        for (int i = 0; i < Pairs.Length; i++) turned[i % 105 * 5 + i / 105] = Pairs[i];
        Assert.Equal(BandTexture.Of(Pairs, Valid, 105, false), BandTexture.Of(turned, Valid, 5, false));
    }

    [Fact]
    public void Few_pixels_and_flat_bands_have_no_figure()
    {
        byte[] cut = [.. Valid];
        cut[50] = 0;
        Assert.Equal(double.NaN, BandTexture.Of(Pairs, cut, 105, false).Sharpness); // 494 runs
        Assert.Equal(double.NaN, BandTexture.Of(Pairs, cut, 105, false).PairedShare);
        Assert.Equal(double.NaN, BandTexture.Of(new float[525], Valid, 105, false).Sharpness);
        Assert.Equal(0, BandTexture.Of(new float[525], Valid, 105, false).PairedShare);
    }
}
