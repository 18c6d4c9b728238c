using Asm.Analysis.Mosaicing;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Mosaicing;

public sealed class MosaicFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numpy_puts_tiles_together_in_the_same_way()
    {
        string[] tiles = [.. Enumerable.Range(0, 5).Select(i => Write($"{i}.tif", new(610_000 + 1370 * i, 700_020 - 2290 * (i % 3)), 700, 640, 20 + i))];
        new MosaicStage { Inputs = tiles, OutputPath = _folder.File("mosaic.tif") }.Run(new RunOptions());

        string said = PeerTool.Run("/usr/bin/python3", ["-c", """
            import sys, numpy as np
            from osgeo import gdal
            gdal.UseExceptions()
            files = [gdal.Open(p) for p in sys.argv[2:]]; boxes = [(g[0], g[3], g[0] + 10 * d.RasterXSize, g[3] - 10 * d.RasterYSize) for d in files for g in [d.GetGeoTransform()]]
            x0, y1 = min(b[0] for b in boxes), max(b[1] for b in boxes); w, h = int(max(b[2] for b in boxes) - x0) // 10, int(y1 - min(b[3] for b in boxes)) // 10
            want = np.zeros((h, w), 'u1')
            for d, b in zip(files, boxes):
                c, r = int(b[0] - x0) // 10, int(y1 - b[1]) // 10; v = want[r:r + d.RasterYSize, c:c + d.RasterXSize]; np.maximum(v, d.ReadAsArray(), out=v)
            m = gdal.Open(sys.argv[1]); print(m.GetGeoTransform()[0::3] == (x0, y1), m.ReadAsArray().shape == want.shape and bool((m.ReadAsArray() == want).all()))
            """, _folder.File("mosaic.tif"), .. tiles]);

        Assert.Equal("True True", said.Trim());
    }

    [Fact]
    public void A_system_without_a_code_is_a_mosaics_too()
    {
        string tile = Write("a.tif", new(610_000, 700_020), 20, 20, 1);
        Crs local = Crs.FromWkt(Crs.Utm(30, north: true).Wkt.Replace("\"central_meridian\",-3", "\"central_meridian\",-3.001", StringComparison.Ordinal));
        Assert.Null(local.Epsg);
        MosaicSummary summary = new MosaicStage { Inputs = [tile], OutputPath = _folder.File("m.tif"), Grid = new() { Crs = local } }.Run();
        Assert.True(summary.Grid.Crs!.IsSameAs(local));
    }

    [Fact]
    public void More_tiles_than_files_may_be_open_are_read_and_give_the_same_bytes_each_time()
    {
        string[] tiles = [.. Enumerable.Range(0, 40).Select(i => Write($"{i}.tif", new(610_000 + 50 * i, 700_020 - 100 * i), 20, 20, i))];
        MosaicSummary first = new MosaicStage { Inputs = tiles, OutputPath = _folder.File("a.tif") }.Run(new RunOptions());
        new MosaicStage { Inputs = tiles, OutputPath = _folder.File("b.tif") }.Run(new RunOptions { Threads = 1 });

        Assert.Equal(first.Grid.FullWindow.PixelCount, first.PixelsByCode.Sum());
        Assert.Equal(File.ReadAllBytes(_folder.File("a.tif")), File.ReadAllBytes(_folder.File("b.tif")));
    }

    [Fact]
    public void Confidence_lies_beside_the_classes()
    {
        Assert.Equal(Path.Combine("d", "x.confidence.tif"), MosaicStage.ConfidencePathOf(Path.Combine("d", "x.classes.tif")));
        Assert.Equal("map.confidence.tif", MosaicStage.ConfidencePathOf("map.tif"));
        string tile = Write("t.classes.tif", new(600_000, 700_000), 20, 20, 1);
        var files = new MosaicStage { Inputs = [tile], OutputPath = _folder.File("m.tif"), Rule = MosaicRule.MaxProbability };
        Assert.Contains("its probabilities are not known", Assert.Throws<AsmException>(() => files.Run()).Message, StringComparison.Ordinal);

        Write("t.confidence.tif", new(600_000, 700_000), 20, 20, 2, confidence: true);
        files.Run();

        using GeoTiffSource mosaic = GeoTiffSource.Open(_folder.File("m.tif"));
        Assert.Contains("t.confidence.tif", mosaic.Info.Metadata["ASM_INPUTS"], StringComparison.Ordinal);
        Assert.Equal(["no data", "mines", "built", "vegetation"], mosaic.Info.ClassNames);
    }

    [Fact]
    public void Bounds_that_meet_no_tile_are_refused_and_nothing_is_left()
    {
        string tile = Write("t.tif", new(600_000, 700_000), 20, 20, 1);
        var files = new MosaicStage { Inputs = [tile], OutputPath = Path.Combine(_folder.File("new"), "m.tif"), Grid = new() { Bounds = new(0, 0, 100, 100) } };

        Assert.Contains("no tile has a pixel in", Assert.Throws<AsmException>(() => files.Run()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("new")));
    }

    private string Write(string name, MapPoint origin, int width, int height, int seed, bool confidence = false)
    {
        string path = _folder.File(name);
        var random = new Random(seed);
        byte[] samples = [.. Enumerable.Range(0, width * height).Select(_ => (byte)(confidence ? random.Next(1, 256) : random.Next(4)))];
        using CogSink sink = CogSink.Create(path, new RasterInfo
        {
            Grid = new GeoGrid(width, height, origin, 10, 10, Crs.Utm(30, true)),
            SampleType = SampleType.UInt8,
            Bands = [new() { NoData = 0, Scale = confidence ? 1.0 / 255 : 1 }],
            ClassNames = confidence ? [] : ["no data", "mines", "built", "vegetation"],
        });
        sink.WriteRows<byte>(height, samples);
        sink.Complete();
        return path;
    }
}
