using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Sampling;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class PointSamplerTests
{
    [Fact]
    public void Every_block_of_each_class_gets_its_share_of_points()
    {
        // 600 x 400 pixels, classes in noise; 24 blocks of 100 x 100. Chi-square of 23 degrees of freedom: below 49.73 in 99.9 % of samples.
        const int Width = 600, Height = 400, Block = 100;
        ClassMap map = Noise(Width, Height, 11);
        SamplePlan plan = Counts(map, 4800, 4800, 4800, 1);
        PointTable points = PointSampler.Draw(map, plan);
        foreach (MapClass one in map.Classes)
        {
            var observed = new double[24];
            var pixels = new double[24];
            byte[] codes = ((MemoryRaster<byte>)map.Source).Samples;
            for (int i = 0; i < codes.Length; i++)
                if (codes[i] == one.Code) pixels[i / Width / Block * 6 + i % Width / Block]++;
            foreach (SamplePoint p in points.Points.Where(p => p.Stratum == one.Name))
            {
                (double column, double row) = map.Source.Info.Grid.ToPixel(p.Position);
                observed[(int)row / Block * 6 + (int)column / Block]++;
            }
            double chi = Enumerable.Range(0, 24).Sum(b => Math.Pow(observed[b] - 4800 * pixels[b] / pixels.Sum(), 2) / (4800 * pixels[b] / pixels.Sum()));
            Assert.InRange(chi, 5, 49.73);
        }
    }

    [Fact]
    public void Every_pixel_is_as_likely_as_another()
    {
        // 40 pixels, 10 of them drawn, 1,000 seeds: each is drawn 250 times, +- 13.7 (one standard deviation).
        ClassMap map = CodeMaps.Of(8, [.. Enumerable.Repeat((byte)1, 40)]);
        var drawn = new int[40];
        SamplePlan plan = Counts(map, 10, 0, 0, 0);
        for (ulong seed = 0; seed < 1000; seed++)
            foreach (SamplePoint p in PointSampler.Draw(map, plan with { Seed = seed }).Points) drawn[Pixel(map, p)]++;
        Assert.All(drawn, n => Assert.InRange(n, 250 - 55, 250 + 55));
    }

    [Fact]
    public void The_seed_alone_decides_and_threads_and_memory_do_not()
    {
        ClassMap map = Noise(500, 300, 4);
        string Draw(ulong seed, RunOptions run) => string.Join(' ', PointSampler.Draw(map, Counts(map, 50, 60, 70, seed), run).Points.Select(p => $"{p.Id}:{Pixel(map, p)}:{p.Stratum}"));
        string first = Draw(1, new RunOptions { Threads = 1 });
        Assert.Equal(first, Draw(1, new RunOptions { Threads = 4, MaxMemoryBytes = 200_000 }));
        Assert.NotEqual(first, Draw(2, new RunOptions { Threads = 1 }));
    }

    [Fact]
    public void A_sample_is_known_to_stay_the_same_between_versions()
    {
        // Not checked by hand: a change of these pixels would silently break samples that people are labelling.
        ClassMap map = CodeMaps.Of(10, [.. Enumerable.Range(0, 100).Select(i => (byte)(1 + i % 3))]);
        Assert.Equal("37 92 59 13 74 21 63 87 91", string.Join(' ', PointSampler.Draw(map, Counts(map, 3, 3, 3, 7)).Points.Select(p => Pixel(map, p))));
    }

    [Fact]
    public void No_pixel_comes_twice_and_each_has_its_class()
    {
        ClassMap map = Noise(100, 100, 5);
        IReadOnlyList<SamplePoint> points = PointSampler.Draw(map, Counts(map, 1000, 1000, 1000, 3)).Points;
        Assert.Equal(3000, points.Select(p => Pixel(map, p)).Distinct().Count());
        Assert.All(points, p => Assert.Equal(p.Stratum, map.NameOf(((MemoryRaster<byte>)map.Source).Samples[Pixel(map, p)])));
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => $"{i}"), points.Select(p => p.Id));

        // A person must not see the classes one after the other: about a third of neighbours are alike.
        Assert.InRange(Enumerable.Range(1, 2999).Count(i => points[i].Stratum == points[i - 1].Stratum), 850, 1150);
    }

    [Fact]
    public void A_larger_sample_of_one_seed_contains_the_smaller()
    {
        ClassMap map = Noise(200, 200, 6);
        var small = PointSampler.Draw(map, Counts(map, 20, 30, 40, 9)).Points.Select(p => Pixel(map, p)).ToHashSet();
        var large = PointSampler.Draw(map, Counts(map, 25, 300, 40, 9)).Points.Select(p => Pixel(map, p)).ToHashSet();
        Assert.Subset(large, small);
    }

    [Fact]
    public void A_larger_sample_keeps_the_labels_of_the_smaller_and_refuses_to_lose_one()
    {
        using var folder = new TempFolder();
        ClassMap map = Noise(60, 60, 6);
        string path = map.Source.Save(folder.File("map.tif")), first = folder.File("first.csv"), second = folder.File("second.csv");
        SampleStage Files(string output, int each, ulong seed) => new() { Map = path, OutputPath = output, Options = new() { Seed = seed, Allocation = SampleAllocation.Parse($"mines={each},built={each},vegetation={each}") } };
        Files(first, 3, 8).Run();
        PointTable small = PointsFile.Read(first);
        PointsFile.Write(first, small with { Points = [.. small.Points.Select(p => p with { Id = $"old {p.Id}", Reference = p.Id == "4" ? "" : "built" })] }, true);
        (Files(second, 5, 8) with { LabelsPath = first }).Run();
        IReadOnlyList<SamplePoint> large = PointsFile.Read(second).Points;
        Assert.Equal(15, large.Count);
        Assert.Equal(8, large.Count(p => p.Reference == "built"));
        Assert.Equal(small.Points.Select(p => ($"old {p.Id}", p.Position)).Order(), large.Where(p => p.Id.StartsWith("old", StringComparison.Ordinal)).Select(p => (p.Id, p.Position)).Order());
        Assert.Equal(["1", "2", "3", "4", "5", "6"], large.Where(p => !p.Id.StartsWith("old", StringComparison.Ordinal)).Select(p => p.Id));
        Assert.Contains("labelled points are not in the new sample, the first in row 2", Assert.Throws<AsmException>(() => (Files(folder.File("third.csv"), 5, 9) with { LabelsPath = first }).Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_fewer_pixels_than_asked_for_gives_all_and_says_so()
    {
        byte[] codes = [.. Enumerable.Repeat((byte)3, 397), 1, 1, 1];
        ClassMap map = CodeMaps.Of(20, codes);
        SamplePlan plan = Counts(map, 50, 0, 100, 1);
        Assert.Equal([3, 100], plan.Strata.Select(s => s.Points));
        Assert.Contains("mines has 3 pixels only, 50 points were asked for: all are taken.", plan.Notes);
        Assert.Equal([397, 398, 399], PointSampler.Draw(map, plan).Points.Where(p => p.Stratum == "mines").Select(p => Pixel(map, p)).Order());
    }

    [Fact]
    public void The_size_follows_from_the_standard_error_and_the_shares_from_the_rule()
    {
        // W = (.1, .2, .7), all S = .3: (.3)^2 / .0001 = 900 without the finite population; N = 1,000,000: 899.19.
        byte[] codes = [.. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i % 10 < 1 ? 1 : i % 10 < 3 ? 2 : 3))];
        ClassMap map = CodeMaps.Of(1000, codes);
        SamplePlan plan = PointSampler.Plan(map);
        Assert.Equal(899.19, plan.FormulaSize!.Value, 2);
        Assert.Equal([90, 180, 630], plan.Strata.Select(s => s.Points));
        Assert.Equal(0.01, plan.ExpectedStandardError!.Value, 5);
        Assert.Equal([300, 300, 300], Plan(map, "equal").Strata.Select(s => s.Points));
        Assert.Equal([450, 225, 225], Plan(map, "mines=50%,built=25%,vegetation=25%").Strata.Select(s => s.Points));
        Assert.Equal([150, 150, 300], Plan(map, "mines=150,built=150,vegetation=300").Strata.Select(s => s.Points));
        Assert.Equal([900], Plan(map, "simple").Strata.Select(s => s.Points));
        SamplePlan neyman = PointSampler.Plan(map, new() { Allocation = SampleAllocation.Parse("neyman"), Points = 400, MinimumPerClass = 0, UsersAccuracy = new Dictionary<string, double> { ["mines"] = 0.5, ["2"] = 0.8, ["vegetation"] = 0.9 } });
        // W S = .05, .08, .21 of .34
        Assert.Equal([59, 94, 247], neyman.Strata.Select(s => s.Points));
    }

    [Fact]
    public void Changes_are_strata()
    {
        ClassMap map = CodeMaps.Change(50, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i % 10 == 0 ? 31 : 33))]);
        IReadOnlyList<SamplePoint> points = PointSampler.Draw(map, PointSampler.Plan(map, new() { Points = 100, Allocation = SampleAllocation.Parse("equal") })).Points;
        Assert.Equal([50, 50], points.GroupBy(p => p.Stratum).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal(["vegetation to mines", "vegetation to vegetation"], points.Select(p => p.Stratum).Distinct().Order());
    }

    [Theory]
    [InlineData("mine=10", "'mine' is no class of map.tif")]
    [InlineData("mines=10,1=5", "names 1 twice")]
    [InlineData("mines=60%,built=60%", "shares that add up to 1.2")]
    [InlineData("mines=a", "has 'a' for mines")]
    [InlineData("mines", "is none of the allocations")]
    [InlineData("mines=1,5", "'5' is not of the form NAME=FIGURE")]
    public void A_wrong_allocation_is_refused(string text, string message)
    {
        ClassMap map = Noise(20, 20, 1);
        Assert.Contains(message, Assert.ThrowsAny<AsmException>(() => Plan(map, text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Minimums_beyond_the_sample_are_refused()
    {
        ClassMap map = Noise(50, 50, 1);
        Assert.Contains("40 points of each of 3 classes are 120", Assert.ThrowsAny<AsmException>(() => PointSampler.Plan(map, new() { Points = 100, MinimumPerClass = 40 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_without_data_is_refused() =>
        Assert.Contains("has no pixel with data", Assert.Throws<AsmException>(() => PointSampler.Plan(CodeMaps.Of(2, [0, 0, 0, 0]))).Message, StringComparison.Ordinal);

    private static SamplePlan Plan(ClassMap map, string allocation) => PointSampler.Plan(map, new() { Allocation = SampleAllocation.Parse(allocation) });

    private static SamplePlan Counts(ClassMap map, int mines, int built, int vegetation, ulong seed) =>
        PointSampler.Plan(map, new() { Seed = seed, Allocation = new(AllocationRule.Counts, new Dictionary<string, double> { ["mines"] = mines, ["built"] = built, ["vegetation"] = vegetation }) });

    private static int Pixel(ClassMap map, SamplePoint point)
    {
        (double column, double row) = map.Source.Info.Grid.ToPixel(point.Position);
        return (int)row * map.Source.Info.Grid.Width + (int)column;
    }

    private static ClassMap Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        return CodeMaps.Of(width, [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(1, 4))]);
    }
}
