using Asm.Analysis.Ensembling;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using static Asm.Tests.Analysis.Ensembling.Dates;

namespace Asm.Tests.Analysis.Ensembling;

/// <summary>The ensemble as NumPy computes it from equations 1 to 3 of Gallwey et al. (2020).</summary>
public sealed class EnsembleOracleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SampleType.Float32)]
    [InlineData(SampleType.UInt8)]
    public void Numpy_finds_the_same_classes_dates_agreement_and_means(SampleType type)
    {
        GeoGrid grid = Stacks.Grid(600, 550);
        string[] dates = [.. Enumerable.Range(0, 3).Select(i => Write(i, grid))];
        new EnsembleStage { Inputs = dates, Directory = _folder.File("out"), Name = "s", ProbabilityType = type, Outputs = EnsembleOutputs.Default | EnsembleOutputs.Entropy | EnsembleOutputs.Margin }.Run(new RunOptions());

        string said = PeerTool.Run("/usr/bin/python3", ["-c", """
            import sys, numpy as np
            from osgeo import gdal
            gdal.UseExceptions()
            read = lambda p: gdal.Open(p).ReadAsArray()
            x = np.stack([read(p) for p in sys.argv[2:]]).astype('f8'); ok = x[:, 0] != -1; n = ok.sum(0); x = np.where(ok[:, None], x, 0); d = np.maximum(n, 1)
            m = x.sum(0) / d; c = np.where(n > 0, m.argmax(0) + 1, 0); own = np.where(ok, x.argmax(1) + 1, 0); agree = ((own == c) & ok).sum(0) / d
            out = lambda k: read(sys.argv[1] + '.' + k + '.tif')
            share = lambda v: np.where(n > 0, np.clip(np.floor(255 * v + .5), 1, 255), 0)
            p = out('probabilities'); want = np.where(n > 0, m, -1) if p.dtype == np.float32 else share(m)
            q = np.maximum(m / np.maximum(m.sum(0), 1e-300), 1e-300); s = np.sort(m, 0)
            print((out('classes') == c).all(), (out('dates') == n).all(), abs(p - want).max() <= (1e-6 if p.dtype == np.float32 else 0), (out('agreement') == share(agree)).all(),
                abs(out('confidence') - share(m.max(0))).max() == 0, abs(out('entropy') - share(-(q * np.log(q)).sum(0) / np.log(3))).max() <= 1, abs(out('margin') - share(s[2] - s[1])).max() <= 1)
            """, Path.Combine(_folder.File("out"), "s"), .. dates]);

        Assert.Equal("True True True True True True True", said.Trim());
    }

    private string Write(int seed, GeoGrid grid)
    {
        string path = _folder.File($"{seed}.tif");
        using var map = new MemoryRaster<float>(grid, [.. Classes.Select(n => new BandInfo { Name = n, NoData = -1 })], RandomFloats(seed, 600 * 550));
        using CogSink sink = CogSink.Create(path, map.Info);
        RasterCopy.Run(map, sink);
        return path;
    }
}
