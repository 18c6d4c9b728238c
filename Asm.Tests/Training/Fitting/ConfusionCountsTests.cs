using Asm.Training.Fitting;

namespace Asm.Tests.Training.Fitting;

public sealed class ConfusionCountsTests
{
    // Gallwey et al. 2020, table 3, season 2015/16: rows true, columns predicted
    [Fact]
    public void The_papers_table_gives_its_accuracies()
    {
        var counts = new ConfusionCounts(3);
        int[,] table = { { 117, 1, 0 }, { 2, 126, 1 }, { 5, 18, 299 } };
        for (int reference = 0; reference < 3; reference++)
            for (int predicted = 0; predicted < 3; predicted++)
                counts.Add([.. Enumerable.Repeat((long)reference, table[reference, predicted])], [.. Enumerable.Repeat((long)predicted, table[reference, predicted])]);
        Assert.Equal([0.9915, 0.9767, 0.9286], Enumerable.Range(0, 3).Select(c => Math.Round(counts.Accuracy(c), 4)));
        Assert.Equal([0.9360, 0.8514, 0.9257], Enumerable.Range(0, 3).Select(c => Math.Round(counts.IntersectionOverUnion(c), 4)));
        Assert.Equal((0.9915 + 0.9767 + 0.9286) / 3, counts.MeanAccuracy(), 1e-4);
    }

    [Fact]
    public void A_class_that_is_nowhere_is_left_out_of_means_and_pixels_without_reference_out_of_counts()
    {
        var counts = new ConfusionCounts(3);
        counts.Add([0, 0, 1, -1], [0, 1, 1, 2]);
        Assert.True(double.IsNaN(counts.Accuracy(2)));
        Assert.True(double.IsNaN(counts.IntersectionOverUnion(2)));
        Assert.Equal(0.75, counts.MeanAccuracy());
        Assert.Equal(0.5, counts.MeanIntersectionOverUnion());
    }
}
