using Asm.Analysis.Accuracy;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void The_paper_s_season_2015_gives_the_printed_figures()
    {
        // Table 3, 2015-16: rows true, columns predicted.
        int[,] table = { { 117, 1, 0 }, { 2, 126, 1 }, { 5, 18, 299 } };
        var matrix = new ConfusionMatrix(3);
        for (int truth = 0; truth < 3; truth++)
            for (int map = 0; map < 3; map++)
                for (int n = 0; n < table[truth, map]; n++) matrix.Add([(byte)(map + 1)], [(byte)(truth + 1)]);
        Assert.Equal(569, matrix.Total);
        Assert.Equal(0.9525, matrix.OverallAccuracy, 4);
        Assert.Equal([0.9915, 0.9767, 0.9286], Enumerable.Range(1, 3).Select(c => Math.Round(matrix.ClassAccuracy(c), 4)));
        Assert.Equal([0.9360, 0.8514, 0.9257], Enumerable.Range(1, 3).Select(c => Math.Round(matrix.IntersectionOverUnion(c), 4)));
        Assert.Equal([0.0565, 0.1310, 0.0033], Enumerable.Range(1, 3).Select(c => Math.Round(1 - matrix.UsersAccuracy(c), 4)));
    }

    [Fact]
    public void No_data_in_either_is_not_counted_and_a_class_in_neither_is_left_out_of_the_means()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Add([1, 0, 1, 2], [1, 1, 0, 1]);
        Assert.Equal(2, matrix.Total);
        Assert.True(double.IsNaN(matrix.IntersectionOverUnion(3)));
        Assert.Equal(0.5, matrix.MeanClassAccuracy); // class 1 only: one of two
        Assert.Equal(0.25, matrix.MeanIntersectionOverUnion); // class 1: 1/2, class 2: 0/1
    }

    [Fact]
    public void A_code_beyond_the_classes_is_refused_by_name()
    {
        var grid = new GeoGrid(2, 1, new(0, 0), 10, 10, null);
        using var map = new MemoryRaster<byte>(grid, [new BandInfo()], [1, 7], "map.tif");
        using var reference = new MemoryRaster<byte>(grid, [new BandInfo()], [1, 1], "truth.tif");
        var error = Assert.Throws<AsmException>(() => ConfusionMatrix.Of(map, reference, 3));
        Assert.StartsWith("map.tif: holds the value 7", error.Message, StringComparison.Ordinal);
    }
}
