using System.Text.Json;
using Asm.Analysis.Accuracy;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Reports;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Accuracy;

public sealed class MaskAssessmentTests
{
    [Fact]
    public void Figures_follow_from_the_counts()
    {
        MaskAssessment result = MaskAssessment.Run(CodeMaps.Of(5, [1, 1, 1, 2, 0, 2, 2, 3, 3, 3]), CodeMaps.Raster(5, [1, 1, 2, 2, 2, 2, 0, 3, 3, 1]));
        Assert.Equal(8, result.All.Total);
        Assert.Equal([2.0 / 3, 2.0 / 3, 1], Enumerable.Range(1, 3).Select(result.All.ClassAccuracy));
        Assert.Equal([0.5, 2.0 / 3, 2.0 / 3], Enumerable.Range(1, 3).Select(result.All.IntersectionOverUnion));
        Assert.Equal([4.0 / 6, 4.0 / 5, 4.0 / 5], Enumerable.Range(1, 3).Select(result.All.F1));
        Assert.Null(result.Interior);
    }

    [Fact]
    public void Random_masks_agree_with_scikit_learn()
    {
        using var folder = new TempFolder();
        (byte[] map, byte[] reference) = RandomMasks(130, 90, 7);
        string mapPath = CodeMaps.Raster(130, map).Save(folder.File("map.tif")), referencePath = CodeMaps.Raster(130, reference).Save(folder.File("truth.tif"));
        const string Script = """
            import sys, json, numpy as np
            from osgeo import gdal
            from sklearn.metrics import confusion_matrix, recall_score, precision_score, jaccard_score, f1_score
            gdal.UseExceptions()
            m, r = (gdal.Open(p).ReadAsArray().ravel() for p in sys.argv[1:3])
            k = (m > 0) & (r > 0); m, r = m[k], r[k]; c = [1, 2, 3]
            print(json.dumps([confusion_matrix(r, m, labels=c).T.ravel().tolist()] + [f(r, m, labels=c, average=None).tolist() for f in (recall_score, precision_score, jaccard_score, f1_score)]))
            """;
        double[][] expected = JsonSerializer.Deserialize<double[][]>(PeerTool.Run("/usr/bin/python3", "-c", Script, mapPath, referencePath))!;
        using GeoTiffSource mapFile = GeoTiffSource.Open(mapPath), referenceFile = GeoTiffSource.Open(referencePath);
        ConfusionMatrix matrix = MaskAssessment.Run(ClassMap.Of(mapFile), referenceFile).All;
        int[] codes = [1, 2, 3];
        Assert.Equal(expected[0], codes.SelectMany(m => codes.Select(r => (double)matrix[m, r])));
        Func<int, double>[] figures = [matrix.ClassAccuracy, matrix.UsersAccuracy, matrix.IntersectionOverUnion, matrix.F1];
        for (int f = 0; f < 4; f++)
            for (int c = 0; c < 3; c++) Assert.Equal(expected[f + 1][c], figures[f](c + 1), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Pixels_near_a_border_of_the_reference_are_left_out(int margin)
    {
        const int Width = 61, Height = 47;
        var random = new Random(2);
        // Blocks of 7 pixels in random classes, some without data.
        byte[] blocks = [.. Enumerable.Range(0, 100).Select(_ => (byte)random.Next(0, 4))];
        byte[] reference = [.. Enumerable.Range(0, Width * Height).Select(i => blocks[i / Width / 7 * 10 + i % Width / 7])], map = [.. reference.Select(_ => (byte)random.Next(0, 4))];
        var expected = new ConfusionMatrix(3);
        for (int row = 0; row < Height; row++)
            for (int column = 0; column < Width; column++)
            {
                byte own = reference[row * Width + column];
                bool border = false;
                for (int y = Math.Max(0, row - margin); y <= Math.Min(Height - 1, row + margin); y++)
                    for (int x = Math.Max(0, column - margin); x <= Math.Min(Width - 1, column + margin); x++)
                        border |= reference[y * Width + x] != 0 && reference[y * Width + x] != own;
                if (!border) expected.Add([map[row * Width + column]], [own]);
            }
        MaskAssessment result = MaskAssessment.Run(CodeMaps.Of(Width, map), CodeMaps.Raster(Width, reference), margin, new RunOptions { MaxMemoryBytes = 200_000 });
        for (int m = 1; m <= 3; m++)
            for (int r = 1; r <= 3; r++) Assert.Equal(expected[m, r], result.Interior![m, r]);
        Assert.True(expected.Total > 100);
    }

    [Fact]
    public void The_reference_s_own_no_data_value_is_not_counted()
    {
        var reference = new MemoryRaster<byte>(CodeMaps.Raster(2, [0, 0]).Info with { Bands = [new BandInfo { NoData = 255 }] }, [1, 255], "truth.tif");
        Assert.Equal(1, MaskAssessment.Run(CodeMaps.Of(2, [1, 1]), reference, 1).All.Total);
    }

    [Fact]
    public void A_reference_that_does_not_fit_is_refused()
    {
        ClassMap map = CodeMaps.Of(2, [1, 2]);
        Refused("its grid differs from that of map.tif", CodeMaps.Raster(1, [1, 2], "truth.tif"));
        Refused("holds the value 4", CodeMaps.Raster(2, [1, 4], "truth.tif"));
        Refused("has no pixel with data where map.tif has some", CodeMaps.Raster(2, [0, 0], "truth.tif"));
        Refused("calls code 1 water, map.tif calls it mines", CodeMaps.Raster(2, [1, 2], "truth.tif", ["", "water"]));
        Refused("has 2 bands of type UInt16", new MemoryRaster<ushort>(map.Source.Info.Grid, [new BandInfo(), new BandInfo()], [1, 2, 1, 2], "truth.tif"));
        Refused("has 2.5 in column 1, row 0", new MemoryRaster<float>(map.Source.Info.Grid, [new BandInfo()], [1, 2.5f], "truth.tif"));

        void Refused(string message, IRasterSource reference)
        {
            string error = Assert.ThrowsAny<AsmException>(() => MaskAssessment.Run(map, reference)).Message;
            Assert.Contains(message, error, StringComparison.Ordinal);
            Assert.StartsWith("truth.tif", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_reference_of_another_sample_type_or_from_0_counts_as_the_map_does()
    {
        ClassMap map = CodeMaps.Of(2, [1, 2]);
        Assert.Equal(2, MaskAssessment.Run(map, new MemoryRaster<short>(map.Source.Info.Grid, [new BandInfo { NoData = -9999 }], [1, 2], "truth.tif")).All.Total);
        MemoryRaster<byte> FromZero(params byte[] codes) =>
            new(new RasterInfo { Grid = Stacks.Grid(codes.Length, 1), SampleType = SampleType.UInt8, Bands = [new BandInfo { NoData = 255 }], ClassNames = ["mines", "built"] }, codes);
        ConfusionMatrix matrix = MaskAssessment.Run(ClassMap.Of(FromZero(0, 0, 1, 255)), FromZero(0, 1, 1, 1)).All;
        Assert.Equal((3, 1, 1, 1), ((int)matrix.Total, (int)matrix[1, 1], (int)matrix[1, 2], (int)matrix[2, 2]));
    }

    [Fact]
    public void A_reference_from_0_that_names_nothing_counts_as_the_map_from_1_does()
    {
        var reference = new MemoryRaster<byte>(CodeMaps.Raster(4, [1, 1, 1, 1]).Info with { Bands = [new BandInfo { NoData = 255 }], ClassNames = [] }, [0, 1, 2, 255], "truth.tif");
        ConfusionMatrix matrix = MaskAssessment.Run(CodeMaps.Of(4, [1, 2, 3, 3]), reference).All;
        Assert.Equal((3, 1, 1, 1), ((int)matrix.Total, (int)matrix[1, 1], (int)matrix[2, 2], (int)matrix[3, 3]));
    }

    [Fact]
    public void A_class_in_neither_is_null_in_JSON()
    {
        using var stream = new MemoryStream();
        AssessmentJson.Write(stream, MaskAssessment.Run(CodeMaps.Of(2, [1, 3]), CodeMaps.Raster(2, [1, 1]), 1));
        JsonElement json = JsonDocument.Parse(stream.ToArray()).RootElement;
        Assert.Equal("[0.5,null,null]", JsonSerializer.Serialize(json.GetProperty("classAccuracy")));
        Assert.Equal("[0.5,null,0]", JsonSerializer.Serialize(json.GetProperty("iou")));
        Assert.Equal(0.25, json.GetProperty("meanIou").GetDouble());
        Assert.Equal(1, json.GetProperty("withoutBoundary").GetProperty("pixels").GetInt32());
    }

    [Fact]
    public void Counting_runs_of_pairs_counts_every_pixel()
    {
        var random = new Random(1);
        for (int t = 0; t < 300; t++)
        {
            byte[] a = new byte[random.Next(0, 70)], b = new byte[a.Length];
            for (int i = 0; i < a.Length; i++) (a[i], b[i]) = i > 0 && random.Next(0, 8) > 0 ? (a[i - 1], b[i - 1]) : ((byte)random.Next(0, 3), (byte)random.Next(254, 256));
            var pairs = new long[65536];
            CodeCounts.CountPairs(a, b, pairs);
            for (int x = 0; x < 3; x++)
                for (int y = 254; y < 256; y++) Assert.Equal(a.Zip(b).Count(p => p.First == x && p.Second == y), pairs[256 * x + y]);
        }
    }

    private static (byte[] Map, byte[] Reference) RandomMasks(int width, int height, int seed)
    {
        var random = new Random(seed);
        return ([.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(0, 4))], [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(0, 4))]);
    }
}
