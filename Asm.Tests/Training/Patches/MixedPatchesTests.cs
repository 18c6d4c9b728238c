using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

public sealed class MixedPatchesTests
{
    [Fact]
    public void A_share_smaller_than_its_source_is_spread_over_all_of_it()
    {
        long[] shown = Shown(Mixed(seed: 5, (new NumberedPatches(1000), 10)));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], shown.Select(n => n / 100));
        Assert.Equal(shown, Shown(Mixed(seed: 5, (new NumberedPatches(1000), 10))));
        Assert.NotEqual(shown, Shown(Mixed(seed: 6, (new NumberedPatches(1000), 10))));
    }

    [Fact]
    public void A_share_that_is_no_divisor_still_shows_each_patch_once_at_most()
    {
        long[] shown = Shown(Mixed(seed: 1, (new NumberedPatches(10), 7)));
        Assert.Equal(7, shown.Distinct().Count());
        Assert.All(shown, n => Assert.InRange(n, 0, 9));
    }

    [Fact]
    public void A_share_larger_than_its_source_shows_all_of_it_and_then_a_sample()
    {
        long[] shown = Shown(Mixed(seed: 1, (new NumberedPatches(100), 202)));
        Assert.Equal([.. Enumerable.Range(0, 100).Select(n => (long)n), .. Enumerable.Range(0, 100).Select(n => (long)n)], shown[..200]);
        Assert.Equal([0, 1], shown[200..].Select(n => n / 50));
    }

    [Fact]
    public void Each_source_gives_its_share()
    {
        long[] shown = Shown(Mixed(seed: 1, (new NumberedPatches(4), 4), (new NumberedPatches(1000, first: 5000), 2)));
        Assert.Equal([0, 1, 2, 3], shown[..4]);
        Assert.Equal([10, 11], shown[4..].Select(n => n / 500));
    }

    private static MixedPatches Mixed(ulong seed, params (IPatchSource Source, long Count)[] parts) => new(parts, seed);

    private static long[] Shown(MixedPatches patches) => [.. Enumerable.Range(0, (int)patches.Count!.Value).Select(i =>
    {
        float[] reflectance = new float[1];
        patches.Read(i, reflectance, new byte[1]);
        return (long)reflectance[0];
    })];

    /// <summary>Patches of one pixel that hold their number.</summary>
    private sealed class NumberedPatches(long count, long first = 0) : IPatchSource
    {
        public string Description => "numbers";

        public IReadOnlyList<string> BandNames { get; } = ["number"];

        public int SizePixels => 1;

        public long? Count => count;

        public void Read(long index, Span<float> reflectance, Span<byte> label) => (reflectance[0], label[0]) = (first + index, 1);
    }
}
