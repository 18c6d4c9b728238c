using Asm.Maps.Classes;

namespace Asm.Tests.Maps.Classes;

public sealed class CodeRunsTests
{
    [Fact]
    public void Codes_are_counted_whatever_their_runs()
    {
        byte[] codes = Codes(1, 10_001);
        var counts = new long[256];

        CodeRuns.Count(codes, counts);
        CodeRuns.Count([200, 200], counts);

        Assert.Equal(Enumerable.Range(0, 4).Select(c => (long)codes.Count(k => k == c)), counts[..4]);
        Assert.Equal(2, counts[200]);
    }

    [Fact]
    public void Pairs_are_looked_up_and_counted_whatever_their_runs()
    {
        byte[] before = Codes(2, 10_005), after = Codes(3, 10_005), table = [.. Enumerable.Range(0, 256).Select(i => (byte)(255 - i))], to = new byte[10_005];
        var counts = new long[256];

        CodeRuns.Pair(before, after, table, to, counts);

        int[] pairs = [.. before.Zip(after, (b, a) => 16 * b + a)];
        Assert.Equal(pairs.Select(p => table[p]), to);
        Assert.Equal(Enumerable.Range(0, 256).Select(p => (long)pairs.Count(k => k == p)), counts);
    }

    /// <summary>Codes 0 to 3 in runs of 1 to 40.</summary>
    private static byte[] Codes(int seed, int count)
    {
        var random = new Random(seed);
        var codes = new byte[count];
        for (int i = 0; i < count;)
        {
            int run = Math.Min(count - i, random.Next(1, 41));
            codes.AsSpan(i, run).Fill((byte)random.Next(4));
            i += run;
        }
        return codes;
    }
}
