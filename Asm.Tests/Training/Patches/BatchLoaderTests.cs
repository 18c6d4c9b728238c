using Asm.Training.Configuration;
using Asm.Training.Patches;

namespace Asm.Tests.Training.Patches;

public sealed class BatchLoaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(64)]
    public void Every_pass_shows_every_patch_once(int count)
    {
        for (int pass = 0; pass < 3; pass++)
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i),
                Enumerable.Range(0, count).Select(i => BatchLoader.PatchOfVisit(pass * count + i, count, 5)).Order());
    }

    [Fact]
    public void Passes_have_orders_of_their_own()
    {
        long[] Pass(int pass) => [.. Enumerable.Range(0, 64).Select(i => BatchLoader.PatchOfVisit(pass * 64 + i, 64, 5))];
        Assert.NotEqual(Pass(0), Pass(1));
    }

    [Fact]
    public void The_number_of_threads_changes_no_value()
    {
        Assert.Equal(Take(1, 0, 5), Take(4, 0, 5));
    }

    [Fact]
    public void A_loader_that_starts_later_gives_the_same_batches_from_there()
    {
        Assert.Equal(Take(2, 0, 6)[3..], Take(2, 3, 3));
    }

    [Fact]
    public void A_batch_has_memory_of_its_own_until_the_next_call()
    {
        using var loader = new BatchLoader(new StripePatches(8), AugmentationConfig.Nothing, new float[3], 2, 9, 0, 2);
        var arrays = new HashSet<float[]>();
        for (int i = 0; i < 50; i++)
        {
            Batch batch = loader.Next(CancellationToken.None);
            double[] before = [.. batch.Reflectance.Select(r => (double)r)];
            Thread.Sleep(1);
            Assert.Equal(before, batch.Reflectance.Select(r => (double)r));
            arrays.Add(batch.Reflectance);
        }

        // two threads keep three batches ahead; the one in hand and one under way come to them
        Assert.InRange(arrays.Count, 1, 5);
    }

    [Fact]
    public void The_time_spent_waiting_is_counted()
    {
        using var loader = new BatchLoader(new ActingPatches(() => Thread.Sleep(50)), AugmentationConfig.Nothing, new float[1], 1, 9, 0, 1);
        loader.Next(CancellationToken.None);
        Assert.InRange(loader.Waited.TotalSeconds, 0.01, 10);
    }

    [Fact]
    public void An_error_of_the_source_comes_out_of_Next()
    {
        using var loader = new BatchLoader(new ActingPatches(() => throw new InvalidOperationException("no such patch")), new AugmentationConfig(), new float[1], 1, 1, 0, 1);
        var error = Assert.Throws<InvalidOperationException>(() => loader.Next(CancellationToken.None));
        Assert.Equal("no such patch", error.Message);
    }

    [Fact]
    public void Patches_kept_in_memory_are_those_of_the_source_within_half_a_ten_thousandth()
    {
        var source = new StripePatches(8);
        var repeated = new RepeatedPatches(source, 3, keep: 2);
        float[] expected = new float[3 * 64], found = new float[3 * 64];
        byte[] expectedLabel = new byte[64], foundLabel = new byte[64];
        foreach (long index in (long[])[0, 1, 2, 1, 0])
        {
            source.Read(index, expected, expectedLabel);
            repeated.Read(index, found, foundLabel);
            Assert.Equal(expectedLabel, foundLabel);
            Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 0.51e-4f));
        }
    }

    private static double[] Take(int threads, long first, int count)
    {
        using var loader = new BatchLoader(new StripePatches(8, count: 10), new AugmentationConfig { BandGain = 0.1, Noise = 0.01 }, new float[3], 3, 9, first, threads);
        return [.. Enumerable.Range(0, count).Select(_ => loader.Next(CancellationToken.None)).Select(b => b.Reflectance.Select((r, i) => (double)r * (i + 1)).Sum() + b.Target.Select((t, i) => t * i).Sum())];
    }

    /// <summary>Patches whose reading does something.</summary>
    private sealed class ActingPatches(Action onRead) : IPatchSource
    {
        public string Description => "acting";

        public IReadOnlyList<string> BandNames { get; } = ["S1"];

        public int SizePixels => 4;

        public long? Count => null;

        public void Read(long index, Span<float> reflectance, Span<byte> label) => onRead();
    }
}
