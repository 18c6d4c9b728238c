using Asm.Analysis.Heatmaps;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Heatmaps;

public sealed class HeatmapStageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A change map of 200 x 150 pixels; 21 and 31 are new mines.</summary>
    private string Change()
    {
        var random = new Random(5);
        byte[] codes = [.. Enumerable.Range(0, 200 * 150).Select(i => random.Next(40) switch { 0 => (byte)31, 1 => (byte)21, 2 => (byte)11, 3 => (byte)0, _ => (byte)33 })];
        var info = new RasterInfo { Grid = Stacks.Grid(200, 150), SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }], Metadata = new Dictionary<string, string> { [ClassMap.ChangeClassesKey] = """["mines","built","vegetation"]""" } };
        using CogSink sink = CogSink.Create(_folder.File("change.tif"), info);
        sink.WriteRows<byte>(150, codes);
        sink.Complete();
        return _folder.File("change.tif");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(30)]
    public void Numpy_finds_the_same_density_of_what_is_new(int cell)
    {
        string change = Change(), output = _folder.File("density.tif");
        HeatmapSummary summary = new HeatmapStage { Map = change, OutputPath = output, Options = new() { BandwidthMetres = 400, CellMetres = cell } }.Run().Summary;
        string[] found = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys, numpy as np, rasterio
            with rasterio.open(sys.argv[1]) as s: c = s.read(1)
            with rasterio.open(sys.argv[2]) as s: d = s.read(1).astype(float); nodata = s.nodata; crs = s.crs.to_epsg(); a = s.transform.a; tags = s.tags()
            r, q = np.nonzero((c == 21) | (c == 31)); h = 400.0
            x, y = (q + .5) * 10, (r + .5) * 10
            worst = 0
            for i in range(d.shape[0]):
                dx = ((np.arange(d.shape[1]) + .5) * a)[:, None] - x
                d2 = (dx * dx + ((i + .5) * a - y) ** 2) / h ** 2
                e = 1e6 * np.where(d2 < 1, 3 / (np.pi * h * h) * (1 - d2) ** 2, 0).sum(1)
                worst = max(worst, (abs(d[i] - e) / e).max())
            print(worst < 1e-6, len(x), nodata, crs, a, '"bandwidth":"400"' in tags['ASM_OPTIONS'], '"codes":"21 31"' in tags['ASM_OPTIONS'])
            """, change, output).Split(' ', StringSplitOptions.TrimEntries);
        Assert.Equal(["True", $"{summary.Pixels}", "None", "32630", $"{cell}.0", "True", "True"], found);
    }

    [Fact]
    public void A_picture_that_cannot_be_drawn_is_found_out_before_the_raster_is_touched()
    {
        string change = Change();
        HeatmapStage files = new() { Map = change, OutputPath = _folder.File("a.tif"), Overwrite = true };
        files.Run();
        byte[] before = File.ReadAllBytes(_folder.File("a.tif"));
        HeatmapStage wrong = files with { PicturePath = _folder.File("missing/a.png"), Class = "built" };
        Assert.StartsWith($"{wrong.PicturePath}: cannot be written", Assert.Throws<AsmException>(() => wrong.Run()).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("a.tif")));
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_and_a_picture()
    {
        string change = Change();
        HeatmapStage files = new() { Map = change, OutputPath = _folder.File("a.tif"), PicturePath = _folder.File("a.png"), Options = new() { CellMetres = 20 } };
        files.Run(new() { Threads = 1 });
        byte[] map = File.ReadAllBytes(_folder.File("a.tif")), picture = File.ReadAllBytes(_folder.File("a.png"));
        Assert.Throws<AsmException>(() => files.Run());
        (files with { Overwrite = true }).Run(new() { Threads = 4 });
        Assert.Equal(map, File.ReadAllBytes(_folder.File("a.tif")));
        Assert.Equal(picture, File.ReadAllBytes(_folder.File("a.png")));
        if (Environment.GetEnvironmentVariable("ASM_KEEP_PICTURES") is { Length: > 0 } folder) File.Copy(_folder.File("a.png"), Path.Combine(folder, "density.png"), true);
    }

    [Fact]
    public void What_cannot_be_done_is_refused_and_leaves_nothing()
    {
        string change = Change();
        HeatmapStage files = new() { Map = change, OutputPath = _folder.File("a.tif") };
        Assert.Contains("no class 'gold'", Assert.Throws<AsmException>(() => (files with { Class = "gold" }).Run()).Message, StringComparison.Ordinal);
        Assert.Contains("is one of the inputs", Assert.Throws<AsmException>(() => (files with { OutputPath = change, Overwrite = true }).Run()).Message, StringComparison.Ordinal);
        Assert.Contains(".png", Assert.Throws<AsmException>(() => (files with { PicturePath = _folder.File("a.jpg") }).Run()).Message, StringComparison.Ordinal);
        Assert.Throws<AsmException>(() => (files with { OutputPath = _folder.File("no/a.tif") }).Run());
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => files.Run(new() { Cancellation = cancelled.Token }));
        Assert.Equal(["change.tif"], _folder.Names);
    }
}
