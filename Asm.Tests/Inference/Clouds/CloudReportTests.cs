using System.Text.Json;
using Asm.Inference.Clouds;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Clouds;

public sealed class CloudReportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SegmentationModel _model;

    public CloudReportTests() => _model = SegmentationModel.Load(Network.UNet(depth: 2, width: 4).Save(_folder.File("unet.onnx"), window: 64), threads: 1);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    /// <summary>Random land with bright pixels, and a wedge without data.</summary>
    private static MemoryRaster<ushort> Stack(int width, int height)
    {
        var random = new Random(5);
        int plane = width * height;
        var samples = new ushort[10 * plane];
        for (int i = 0; i < plane; i++)
        {
            bool bright = random.Next(5) == 0, noData = i % width < height / 8;
            for (int b = 0; b < 10; b++) samples[b * plane + i] = noData ? (ushort)0 : (ushort)(bright ? random.Next(2900, 5000) : random.Next(200, 2500));
        }
        return new(Stacks.Grid(width, height), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples, "stack");
    }

    private static MemoryRaster<byte> Classification(GeoGrid grid, int seed = 9, int classes = 12)
    {
        var samples = new byte[grid.Width * grid.Height];
        var random = new Random(seed);
        for (int i = 0; i < samples.Length; i++) samples[i] = (byte)random.Next(classes);
        return new(grid, [new BandInfo { Name = "SCL" }], samples, "scl");
    }

    private (byte[] Classes, PredictionSummary Summary) Predict(MemoryRaster<ushort> stack, PredictionOptions options)
    {
        var classes = new MemoryRaster<byte>(PredictionProducts.Classes(stack.Info.Grid, _model.Description, new Dictionary<string, string>()));
        PredictionSummary summary = Predictor.Run(stack, _model, new() { Classes = classes }, options, new RunOptions { Cancellation = TestContext.Current.CancellationToken });
        return (classes.Samples, summary);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(6, 0, 0)]
    [InlineData(2, 3, 5)] // a stack that is a part of the product's ground
    public void The_report_equals_a_count_pixel_by_pixel(int factor, int column, int row)
    {
        const int Width = 150, Height = 131;
        using MemoryRaster<ushort> stack = Stack(Width, Height);
        GeoGrid grid = stack.Info.Grid, wide = grid.Crop(new(-column, -row, Width + 60, Height + 60)).Coarsen(factor);
        using MemoryRaster<byte> scl = Classification(wide);
        byte[] uncut = Predict(stack, new() { CloudReflectance = null }).Classes;
        (byte[] cut, PredictionSummary summary) = Predict(stack, new() { CloudReflectance = 0.3, SceneClassification = scl, SceneClasses = [3, 9], CountCloudsAbove = 0.3 });
        var expected = new Dictionary<string, long[]>();
        void Count(string rule, int code)
        {
            if (!expected.TryGetValue(rule, out long[]? counts)) expected[rule] = counts = new long[3];
            counts[code - 1]++;
        }

        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                int i = y * Width + x, plane = Width * Height, of = scl.Samples[(y + row) / factor * wide.Width + (x + column) / factor];
                if (stack.Samples[i] == 0) continue;
                bool bright = stack.Samples[i] > 3000 && stack.Samples[plane + i] > 3000 && stack.Samples[2 * plane + i] > 3000, listed = of is 3 or 9;
                Assert.Equal(bright || listed ? 0 : uncut[i], cut[i]);
                Count("all pixels with data", uncut[i]);
                Count($"SCL {of} {SceneClassification.ClassNames[of]}", uncut[i]);
                if (bright) Count("three bands above 0.3", uncut[i]);
                if (listed) Count("SCL 3, 9", uncut[i]);
                if (bright && listed) Count("three bands and SCL 3, 9", uncut[i]);
                if (!bright && !listed) continue;
                Count("three bands or SCL 3, 9", uncut[i]);
                Count("removed in this run", uncut[i]);
            }
        Assert.NotNull(summary.Clouds);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), summary.Clouds.Rows.Select(r => r.Rule).Order(StringComparer.Ordinal));
        foreach (CloudReportRow counted in summary.Clouds.Rows)
        {
            Assert.Equal(expected[counted.Rule], counted.ClassPixels);
            Assert.Equal(expected[counted.Rule].Sum(), counted.Pixels);
        }
        Assert.Equal(summary.Clouds.Rows[^1].Pixels, summary.CloudPixels);
    }

    [Fact]
    public void A_rule_that_is_off_is_counted_all_the_same_and_removes_nothing()
    {
        using MemoryRaster<ushort> stack = Stack(80, 64);
        PredictionSummary summary = Predict(stack, new() { CloudReflectance = null, CountCloudsAbove = 0.3 }).Summary;
        Assert.Equal(["all pixels with data", "three bands above 0.3", "removed in this run"], summary.Clouds!.Rows.Select(r => r.Rule));
        Assert.True(summary.Clouds.Rows[1].Pixels > 0);
        Assert.Equal(0, summary.Clouds.Rows[2].Pixels);
        Assert.Equal(0, summary.CloudPixels);
    }

    [Fact]
    public void Classifications_that_do_not_fit_are_refused()
    {
        using MemoryRaster<ushort> stack = Stack(80, 64);
        GeoGrid grid = stack.Info.Grid;
        void Refused(string found, IRasterSource scl, int[]? classes = null) =>
            Assert.Contains(found, Assert.ThrowsAny<AsmException>(() => Predict(stack, new() { SceneClassification = scl, SceneClasses = classes ?? [3] })).Message, StringComparison.Ordinal);

        Refused("covers", Classification(grid.Crop(new(0, 0, 78, 64))));
        Refused("has pixels of 30 x 30", Classification(grid.Coarsen(3)));
        Refused("is in", Classification(new GeoGrid(80, 64, grid.Origin, 10, 10, Crs.Utm(31, north: true))));
        Refused("holds 13 at column", Classification(grid, classes: 14));
        Refused("names class 12", Classification(grid), [12]);
    }

    [Fact]
    public void Files_hold_what_was_counted()
    {
        using MemoryRaster<ushort> stack = Stack(80, 64);
        CloudReport report = Predict(stack, new() { CountCloudsAbove = 0.3 }).Summary.Clouds!;
        string csv = _folder.File("clouds.csv"), json = _folder.File("clouds.json");
        CloudReportFile.Write(csv, [("a", report), ("b", report)], overwrite: false);
        CloudReportFile.Write(json, [("a", report)], overwrite: false);
        string[] lines = File.ReadAllLines(csv);
        Assert.Equal("scene,rule,pixels,share,mines,built,vegetation", lines[0]);
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("b,all pixels with data,", lines[4], StringComparison.Ordinal);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement rule = document.RootElement[0].GetProperty("rules")[1];
        Assert.Equal("three bands above 0.3", rule.GetProperty("rule").GetString());
        Assert.Equal(report.Rows[1].ClassPixels[0], rule.GetProperty("classes").GetProperty("mines").GetInt64());
        Assert.Throws<AsmException>(() => CloudReportFile.Write(csv, [], overwrite: false));
        Assert.Throws<AsmException>(() => CloudReportFile.RequireFree(_folder.File("clouds.txt"), overwrite: true));
    }
}
