using Asm.Analysis.Polygons;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Analysis.Polygons;

public sealed class PolygonFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write(string name, byte[] samples, int width, RasterInfo? like = null)
    {
        RasterInfo info = like ?? new RasterInfo { Grid = Stacks.Grid(width, samples.Length / width), SampleType = SampleType.UInt8, Bands = [new() { NoData = 0 }], Metadata = new Dictionary<string, string> { [ClassMap.ChangeClassesKey] = """["mines","built","vegetation"]""" } };
        using CogSink sink = CogSink.Create(_folder.File(name), info);
        sink.WriteRows<byte>(samples.Length / width, samples);
        sink.Complete();
        return _folder.File(name);
    }

    private string Change()
    {
        var random = new Random(5);
        return Write("change.tif", [.. Enumerable.Range(0, 90 * 70).Select(_ => random.Next(9) switch { 0 => (byte)31, 1 => (byte)21, 2 => (byte)0, _ => (byte)33 })], 90);
    }

    [Theory]
    [InlineData("a.gpkg", Connectivity.Four)]
    [InlineData("a.gpkg", Connectivity.Eight)]
    [InlineData("a.shp", Connectivity.Four)]
    [InlineData("a.geojson", Connectivity.Four)]
    public void Gdal_turns_the_polygons_into_the_same_map(string name, Connectivity connectivity)
    {
        string change = Change();
        PolygonSummary summary = new PolygonsStage { Map = change, OutputPath = _folder.File(name), Options = new() { Connectivity = connectivity } }.Run();
        string[] found = PeerTool.Run("/usr/bin/python3", "-c", """
            import sys
            from osgeo import gdal, ogr
            gdal.UseExceptions()
            m = gdal.Open(sys.argv[1]); a = m.ReadAsArray()
            v = gdal.OpenEx(sys.argv[2], gdal.OF_VECTOR)
            if sys.argv[2].endswith('geojson'): v = gdal.VectorTranslate('', v, format='Memory', dstSRS=m.GetProjection())
            l = v.GetLayer()
            invalid = pixels = 0; names = set()
            for f in l:
                invalid += not f.GetGeometryRef().IsValid(); pixels += f['pixels']; names.add(f['class'])
            t = gdal.GetDriverByName('MEM').Create('', m.RasterXSize, m.RasterYSize, 1)
            t.SetGeoTransform(m.GetGeoTransform()); t.SetProjection(m.GetProjection())
            l.ResetReading(); gdal.RasterizeLayer(t, [1], l, options=['ATTRIBUTE=code'])
            print(l.GetFeatureCount(), invalid, pixels, int((t.ReadAsArray() != a).sum()), int((a > 0).sum()), ';'.join(sorted(names)), sep='|')
            """, change, _folder.File(name)).Trim().Split('|');
        Assert.Equal([$"{summary.Regions}", "0", $"{summary.Pixels}", "0", $"{summary.Pixels}", "built to mines;vegetation to mines;vegetation to vegetation"], found);
    }

    [Fact]
    public void What_is_new_of_a_class_is_chosen_by_its_name()
    {
        string change = Change();
        PolygonsStage files = new() { Map = change, OutputPath = _folder.File("a.gpkg"), Classes = ["mines"] };
        files.Run();
        Assert.Equal([21L, 31L], VectorFile.Read(files.OutputPath).Features.Select(f => (long)f.Attributes["code"]!).Distinct().Order());
        (files with { Classes = ["vegetation to mines"], Overwrite = true }).Run();
        Assert.Equal([31L], VectorFile.Read(files.OutputPath).Features.Select(f => (long)f.Attributes["code"]!).Distinct());
        (files with { OutputPath = _folder.File("b.gpkg"), ConfidencePath = change, Classes = ["mines"] }).Run();
        Assert.Contains("confidence", VectorFile.Read(_folder.File("b.gpkg")).Fields);
    }

    [Theory]
    [InlineData("a.gpkg")]
    [InlineData("a.geojson")]
    [InlineData("a.shp")]
    public void What_cannot_be_done_is_refused_and_leaves_nothing(string name)
    {
        string change = Change();
        byte[] other = [1, 2];
        PolygonsStage files = new() { Map = change, OutputPath = _folder.File(name) };
        Assert.Contains("no class 'gold'", Assert.Throws<AsmException>(() => (files with { Classes = ["gold"] }).Run()).Message, StringComparison.Ordinal);
        string small = Write("small.tif", other, 2);
        Assert.Throws<GridMismatchException>(() => (files with { ConfidencePath = small }).Run());
        Assert.Throws<AsmException>(() => files.Run(new() { MaxMemoryBytes = 1000 }));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => files.Run(new() { Cancellation = cancelled.Token }));
        Assert.Equal(["change.tif", "small.tif"], _folder.Names);
        files.Run();
        Assert.Contains("`overwrite`", Assert.Throws<AsmException>(() => files.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_without_data_becomes_an_empty_layer()
    {
        string empty = Write("empty.tif", new byte[12], 4);
        foreach (string name in new[] { "a.gpkg", "a.geojson", "a.shp" })
        {
            Assert.Equal(0, new PolygonsStage { Map = empty, OutputPath = _folder.File(name) }.Run().Regions);
            Assert.Empty(VectorFile.Read(_folder.File(name)).Features);
        }
    }
}
