using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Baselines;

namespace Asm.Tests.Training.Baselines;

public sealed class SampleDrawTests
{
    [Theory]
    [InlineData(0, new long[] { 100, 400, 500 })] // vegetation: five times the mines
    [InlineData(60, new long[] { 60, 60, 300 })]
    [InlineData(1000, new long[] { 100, 400, 500 })]
    public void Vegetation_is_cut_to_five_times_the_mines_and_the_others_to_the_cap(int cap, long[] expected) =>
        Assert.Equal(expected, SampleDraw.Wanted([100, 400, 9000], 2, cap));

    [Fact]
    public void A_class_that_is_scarce_is_taken_whole() => Assert.Equal([100, 7, 30], SampleDraw.Wanted([100, 7, 30], 2, 0));

    [Fact]
    public void Exactly_the_wanted_number_is_drawn_of_labelled_pixels_with_data_alone()
    {
        using LabelledScene scene = new();
        PixelSamples samples = scene.Draw(new SampleOptions { MaxPerClass = 50 });
        Assert.Equal([50, 50, 250], samples.ClassCounts());
        // the scene's red says the class, its infrared the pixel's number; the first 40 pixels have no data
        Assert.All(Enumerable.Range(0, samples.Count), i => Assert.Equal(samples.Codes[i] * 1000 * 1e-4f, samples.Spectrum(i)[0]));
        Assert.Equal(samples.Count, Enumerable.Range(0, samples.Count).Select(i => samples.Spectrum(i)[1]).Distinct().Count());
        Assert.True(samples.Reflectance.Where((_, i) => i % 2 == 1).Min() >= 41 * 1e-4f);
    }

    [Fact]
    public void The_same_seed_draws_the_same_pixels_and_another_seed_others()
    {
        using LabelledScene scene = new();
        float[] one = scene.Draw(new SampleOptions { MaxPerClass = 50 }).Reflectance;
        Assert.Equal(one, scene.Draw(new SampleOptions { MaxPerClass = 50 }).Reflectance);
        Assert.NotEqual(one, scene.Draw(new SampleOptions { MaxPerClass = 50, Seed = 2 }).Reflectance);
    }

    [Fact]
    public void Another_class_can_be_the_majority()
    {
        using LabelledScene scene = new();
        Assert.Equal([20, 100, 20], scene.Draw(new SampleOptions { MaxPerClass = 20, Majority = "class2" }).ClassCounts());
    }

    [Theory]
    [InlineData("class1")]
    [InlineData("forest")]
    public void A_majority_that_is_unknown_or_the_first_class_is_refused(string majority)
    {
        using LabelledScene scene = new();
        AsmException error = Assert.Throws<AsmException>(() => scene.Draw(new SampleOptions { Majority = majority }));
        Assert.Contains("class2, class3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_pixels_is_named()
    {
        using LabelledScene scene = new();
        AsmException error = Assert.Throws<AsmException>(() => scene.Draw(new SampleOptions { MaxPerClass = 9, Majority = "class3" }, classes: 4));
        Assert.Contains("none of class 4, class4 (class1 9, class2 9, class3 45, class4 0)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_without_a_class_is_refused()
    {
        using LabelledScene scene = new();
        Assert.Contains("class code 3\n  expected: 1 to 2: 1 class1, 2 class2", Assert.Throws<AsmException>(() => scene.Draw(new SampleOptions(), classes: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_on_another_grid_are_refused()
    {
        using var stack = new MemoryRaster<ushort>(Stacks.Grid(10, 10), [new BandInfo { Name = "B04" }, new BandInfo { Name = "B08" }]);
        using var labels = new MemoryRaster<byte>(Stacks.Grid(10, 11), [new BandInfo()]);
        Assert.Throws<GridMismatchException>(() => Samples.Draw(new(stack, labels), 2, new SampleOptions()));
    }

    [Fact]
    public void Samples_that_are_no_number_are_refused() =>
        Assert.Contains("B08 of pixel 1 is NaN", Assert.Throws<AsmException>(() => Samples.TwoBands((0.1f, 0.2f, 1), (0.1f, float.NaN, 2)).Validate()).Message, StringComparison.Ordinal);

    /// <summary>100 x 60 pixels in columns of no label and three classes, the first 40 pixels without data.</summary>
    private sealed class LabelledScene : IDisposable
    {
        private readonly MemoryRaster<ushort> _stack;
        private readonly MemoryRaster<byte> _labels;

        public LabelledScene()
        {
            byte[] codes = [.. Enumerable.Range(0, 6000).Select(i => (byte)(i % 100 < 10 ? 0 : i % 100 < 20 ? 1 : i % 100 < 30 ? 2 : 3))];
            ushort[] samples = [.. codes.Select((c, i) => (ushort)(i < 40 ? 0 : Math.Max(1, c * 1000))), .. Enumerable.Range(0, 6000).Select(i => (ushort)(i + 1))];
            _stack = new(Stacks.Grid(100, 60), [new BandInfo { Name = "B04", NoData = 0, Scale = 1e-4 }, new BandInfo { Name = "B08", NoData = 0, Scale = 1e-4 }], samples);
            _labels = new(Stacks.Grid(100, 60), [new BandInfo { NoData = 0 }], codes);
        }

        public PixelSamples Draw(SampleOptions options, int classes = 3) => Samples.Draw(new(_stack, _labels), classes, options);

        public void Dispose()
        {
            _stack.Dispose();
            _labels.Dispose();
        }
    }
}
