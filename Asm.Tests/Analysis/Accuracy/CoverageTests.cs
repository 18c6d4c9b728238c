using Asm.Analysis.Accuracy;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Points;
using Asm.Analysis.Accuracy.Sampling;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class CoverageTests
{
    [Theory]
    [InlineData("mines=150,built=150,vegetation=300")]
    [InlineData("simple")]
    public void Of_1000_samples_93_to_97_percent_have_intervals_with_the_truth_inside(string allocation)
    {
        const int Side = 400;
        var random = new Random(17);
        var mapCodes = new byte[Side * Side];
        var truth = new byte[Side * Side];
        double[][] truthGivenMap = [[0.80, 0.15, 0.05], [0.10, 0.85, 0.05], [0.03, 0.05, 0.92]];
        for (int i = 0; i < mapCodes.Length; i++)
        {
            double u = random.NextDouble(), v = random.NextDouble();
            int map = u < 0.15 ? 0 : u < 0.4 ? 1 : 2;
            double[] shares = truthGivenMap[map];
            (mapCodes[i], truth[i]) = ((byte)(map + 1), (byte)(v < shares[0] ? 1 : v < shares[0] + shares[1] ? 2 : 3));
        }
        ClassMap classes = CodeMaps.Of(Side, mapCodes);
        using MemoryRaster<byte> reference = CodeMaps.Raster(Side, truth);
        ConfusionMatrix known = ConfusionMatrix.Of(classes.Source, reference, 3);
        double[] expected =
        [
            known.OverallAccuracy, .. Enumerable.Range(1, 3).Select(known.UsersAccuracy), .. Enumerable.Range(1, 3).Select(known.ClassAccuracy),
            .. Enumerable.Range(1, 3).Select(c => 0.01 * known.InReference(c)),
        ];
        var design = new SampleOptions { Allocation = SampleAllocation.Parse(allocation), Points = allocation == "simple" ? 600 : null };
        var run = new RunOptions { Threads = 1 };
        SamplePlan plan = PointSampler.Plan(classes, design, run);
        var inside = new int[expected.Length];
        const int Runs = 1000;
        for (int seed = 0; seed < Runs; seed++)
        {
            PointTable drawn = PointSampler.Draw(classes, plan with { Seed = (ulong)seed }, run);
            PointTable labelled = drawn with
            {
                Points = [.. drawn.Points.Select(p =>
                {
                    (double column, double row) = classes.Source.Info.Grid.ToPixel(p.Position);
                    return p with { Reference = CodeMaps.Names[truth[(int)row * Side + (int)column]] };
                })],
            };
            PointAssessment result = PointAssessment.Run(classes, labelled, run: run);
            Estimate?[] estimates = [result.Overall, .. result.Classes.Select(c => c.Users), .. result.Classes.Select(c => c.Producers), .. result.Classes.Select(c => c.AreaHectares)];
            for (int k = 0; k < expected.Length; k++)
                if (estimates[k]!.Low <= expected[k] && expected[k] <= estimates[k]!.High) inside[k]++;
        }
        Assert.All(inside, n => Assert.InRange(n / (double)Runs, 0.93, 0.97));
    }
}
