using Asm.Training.Baselines;

namespace Asm.Tests.Training.Baselines;

public sealed class KeySortTests
{
    [Theory]
    [InlineData(2, 0, 10)]
    [InlineData(511, 0, 3000)]
    [InlineData(5000, 7, 8)]
    [InlineData(5000, 1000, 1255)]
    [InlineData(5000, 40, 70_000)]
    [InlineData(5000, 0, 20_000_000)]
    public void Keys_come_in_the_order_of_their_ranks(int count, int low, int high)
    {
        var random = new Random(1);
        ulong[] keys = [.. Enumerable.Range(0, count).Select(i => (ulong)(i == 0 ? low : i == 1 ? high : random.Next(low, high + 1)) << 24 | (uint)random.Next(1 << 24))];
        ulong[] sorted = [.. keys];
        new KeySort(count).Sort(sorted, 24, low, high);
        Assert.Equal(keys.Select(k => k >> 24).Order(), sorted.Select(k => k >> 24));
        Assert.Equal(keys.Order(), sorted.Order());
    }
}
