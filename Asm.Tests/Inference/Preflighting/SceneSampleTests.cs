using System.Collections.Concurrent;
using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preflighting;

public sealed class SceneSampleTests
{
    [Fact]
    public void A_granule_is_read_in_nine_tiles_of_four_windows()
    {
        PixelWindow[] windows = Windows(10980, 10980);
        Assert.Equal(36, windows.Length);
        Assert.All(windows, w => Assert.Equal((64, 64), (w.Width, w.Height)));
        Assert.Equal([0, 4, 9], windows.Select(w => w.Column / 1024).Distinct().Order());
        Assert.Equal([0, 4, 9], windows.Select(w => w.Row / 1024).Distinct().Order());
        Assert.Equal(9, windows.Select(w => (w.Column / 512, w.Row / 512)).Distinct().Count());
        Assert.Equal([64, 384], windows.Select(w => w.Column % 1024).Distinct().Order());
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(9000)]
    public void Smaller_scenes_and_strips_are_read_all_over(int height)
    {
        PixelWindow[] windows = Windows(4095, height);
        Assert.Equal(36, windows.Length);
        Assert.Equal([0, 768, 1600, 2368, 3200, 4032], windows.Select(w => w.Column).Distinct().Order());
    }

    private static PixelWindow[] Windows(int width, int height)
    {
        using var source = new Recorder(Stacks.Grid(width, height));
        SceneSample sample = SceneSample.Read(source, ModelBands.Match(source, Scenes.Model), new RunOptions());
        Assert.Equal(sample.Pixels, sample.Count);
        return [.. source.Windows];
    }

    private sealed class Recorder(GeoGrid grid) : IRasterSource
    {
        public ConcurrentBag<PixelWindow> Windows { get; } = [];

        public string Name => "recorder";

        public RasterInfo Info { get; } = new() { Grid = grid, SampleType = SampleType.UInt16, Bands = [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })] };

        public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, System.Numerics.INumber<T>
        {
            Windows.Add(window);
            destination.Fill(T.One);
        }

        public void Dispose() { }
    }
}
