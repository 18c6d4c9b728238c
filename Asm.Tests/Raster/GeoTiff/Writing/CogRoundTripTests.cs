using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Writing;

/// <summary>Writer and reader together.</summary>
public sealed class CogRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_stack_says_of_itself_comes_back()
    {
        var info = new RasterInfo
        {
            Grid = new GeoGrid(50, 40, new MapPoint(600_000, 700_000), 10, 20, Crs.Utm(30, north: true)),
            SampleType = SampleType.Int16,
            Bands = [new() { Name = "B02", NoData = -1, Scale = 0.0001, Offset = -0.1 }, new() { Name = "a & <b>", NoData = -1 }],
            Metadata = new Dictionary<string, string> { ["MODEL"] = "{\"sha\": \"<&>'\"}", ["A"] = "é" },
        };
        using GeoTiffSource back = GeoTiffSource.Open(CogFiles.Write(_folder.File("a.tif"), info, CogFiles.Ramp<short>(4000), new() { TileSize = 16 }));
        Assert.True(back.Info.Grid.IsSameAs(info.Grid), $"{back.Info.Grid}");
        Assert.Equal(SampleType.Int16, back.Info.SampleType);
        Assert.Equal(info.Bands, back.Info.Bands);
        Assert.Equal(info.Metadata.OrderBy(m => m.Key), back.Info.Metadata.OrderBy(m => m.Key));
        Assert.Equal(2, back.Layout.OverviewSizes.Count);
        var samples = new short[4000];
        back.Read(info.Grid.FullWindow, [0, 1], samples);
        Assert.Equal(CogFiles.Ramp<short>(4000), samples);
    }

    [Fact]
    public void What_a_class_map_says_of_itself_comes_back()
    {
        RasterInfo info = CogFiles.Info(5, 4, SampleType.UInt8, 1, 0) with { Colors = [new(0, 0, 0), new(1, 2, 255)], ClassNames = ["no data", "mines & pits"] };
        using GeoTiffSource back = GeoTiffSource.Open(CogFiles.Write(_folder.File("a.tif"), info, new byte[20]));
        Assert.Equal(info.ClassNames, back.Info.ClassNames);
        Assert.Equal(info.Colors, back.Info.Colors.Take(2));
        Assert.Equal("""["no data","mines \u0026 pits"]""", back.Info.Metadata["CLASS_NAMES"]);
    }

    [Fact]
    public void A_copy_of_a_file_is_the_same_file()
    {
        RasterInfo map = CogFiles.Info(700, 600, SampleType.UInt8, 1, 0) with { Colors = [new(0, 0, 0), new(1, 2, 255)], ClassNames = ["no data", "mines"] };
        RasterInfo floats = CogFiles.Info(300, 1100, SampleType.Float32, 2, double.NaN);
        AssertCopies(CogFiles.Write(_folder.File("map.tif"), map, CogFiles.Ramp<byte>(420_000)));
        AssertCopies(CogFiles.Write(_folder.File("floats.tif"), floats, CogFiles.Random<float>(new Random(3), 660_000)));
        Assert.Equal(File.ReadAllText(_folder.File("map.tif.aux.xml")), File.ReadAllText(_folder.File("map.tif.copy.tif.aux.xml")));
    }

    private static void AssertCopies(string path)
    {
        using (GeoTiffSource source = GeoTiffSource.Open(path))
        using (CogSink sink = CogSink.Create(path + ".copy.tif", source.Info))
            RasterCopy.Run(source, sink, new() { Cancellation = TestContext.Current.CancellationToken });
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(path + ".copy.tif"));
    }
}
