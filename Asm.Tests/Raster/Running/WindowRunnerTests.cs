using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Running;

public sealed class WindowRunnerTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public void A_function_sees_samples_and_validity_of_each_raster_and_its_output_is_completed()
    {
        using var before = new MemoryRaster<byte>(Grid(3, 2), [new() { NoData = 0 }], [1, 1, 0, 2, 3, 3]);
        using var after = new MemoryRaster<float>(Grid(3, 2), [new(), new()], [1, 2, 3, 4, 5, 6, 10, 20, 30, float.NaN, 50, 60]);
        using var result = new MemoryRaster<short>(Grid(3, 2), [new()]);
        var a = new WindowInput<byte>(before);
        var b = new WindowInput<float>(after, [1, 0]);
        var to = new WindowOutput<short>(result);
        WindowRunner.Run("test", [a, b], [to], (in WindowFrame frame) =>
        {
            ReadOnlySpan<byte> code = frame.Samples(a), codeValid = frame.Valid(a), bothValid = frame.Valid(b);
            ReadOnlySpan<float> second = frame.Samples(b), first = frame.Samples(b, 1);
            Span<short> sum = frame.Samples(to);
            for (int i = 0; i < sum.Length; i++) sum[i] = (short)(codeValid[i] + bothValid[i] == 2 ? 1000 * code[i] + second[i] + first[i] : -1);
        }, new() { Cancellation = Cancellation });
        Assert.Equal([1011, 1022, -1, -1, 3055, 3066], result.Samples);
    }

    [Fact]
    public void The_result_depends_on_neither_memory_nor_threads()
    {
        var random = new Random(5);
        for (int i = 0; i < 8; i++)
        {
            int width = random.Next(1, 400), height = random.Next(1, 1500);
            ushort[] samples = [.. Enumerable.Range(0, 2 * width * height).Select(_ => (ushort)random.Next(65536))];
            using var source = new MemoryRaster<ushort>(Grid(width, height), [new(), new()], samples);
            using var sink = new MemoryRaster<ushort>(Grid(width, height), [new(), new()]);
            RasterCopy.Run(source, sink, new() { Threads = random.Next(1, 4), MaxMemoryBytes = 64L * width * 8 * 3 + random.Next(1_000_000), Cancellation = Cancellation });
            Assert.Equal(samples, sink.Samples);
        }
    }

    [Fact]
    public void Frames_cover_the_grid_once_and_span_its_width()
    {
        using var result = new MemoryRaster<int>(Grid(1000, 1300), [new()]);
        var to = new WindowOutput<int>(result);
        WindowRunner.Run("test", [], [to], (in WindowFrame frame) =>
        {
            Assert.Equal((0, 1000), (frame.Window.Column, frame.Window.Width));
            Span<int> samples = frame.Samples(to);
            for (int i = 0; i < samples.Length; i++) samples[i] = frame.Window.Row * 1000 + i;
        }, new() { Cancellation = Cancellation });
        Assert.Equal(Enumerable.Range(0, 1_300_000), result.Samples);
    }

    [Fact]
    public void Too_little_memory_is_refused_before_the_work_with_the_need_named()
    {
        using var source = new MemoryRaster<byte>(Grid(10_000, 70), [new()]);
        using var sink = new MemoryRaster<byte>(Grid(10_000, 70), [new()]);
        // 64 rows x 10,000 pixels x (1 byte read + 1 written) x 2 strips = 2,560,000 bytes = 2.4 MiB.
        void Run(long bytes) => WindowRunner.Run("change", [new WindowInput<byte>(source, readValidity: false)], [new WindowOutput<byte>(sink)], (in WindowFrame _) => { }, new() { MaxMemoryBytes = bytes, Cancellation = Cancellation });
        var error = Assert.Throws<AsmException>(() => Run(2_559_999));
        Assert.Equal("change: rasters 10000 pixels wide: the memory limit is 2 MiB\n  expected: at least 3 MiB\n  fix: give `max-memory` 3MiB or more", error.Message);
        Run(2_560_000);
    }

    [Fact]
    public void A_copy_writes_from_the_memory_it_reads_into()
    {
        using var source = new MemoryRaster<byte>(Grid(10_000, 70), [new()]);
        using var sink = new MemoryRaster<byte>(Grid(10_000, 70), [new()]);
        // 64 rows x 10,000 pixels x 1 byte x 2 strips.
        Assert.Throws<AsmException>(() => RasterCopy.Run(source, sink, new() { MaxMemoryBytes = 1_279_999, Cancellation = Cancellation }));
        RasterCopy.Run(source, sink, new() { MaxMemoryBytes = 1_280_000, Cancellation = Cancellation });
    }

    [Fact]
    public void Rasters_on_other_grids_are_refused()
    {
        using var source = new MemoryRaster<byte>(Grid(10, 10), [new()], name: "a.tif");
        using var sink = new MemoryRaster<byte>(Grid(10, 11), [new()]);
        Assert.Throws<GridMismatchException>(() => RasterCopy.Run(source, sink));
    }

    [Fact]
    public void A_failure_in_the_function_is_thrown_as_it_is_and_no_output_appears()
    {
        using var folder = new TempFolder();
        using var sink = CogSink.Create(folder.File("a.tif"), new() { Grid = Grid(50, 50), SampleType = SampleType.UInt8, Bands = [new()] });
        Assert.Throws<AsmException>(() => WindowRunner.Run("test", [], [new WindowOutput<byte>(sink)], (in WindowFrame _) => throw new AsmException("boom"), new() { Cancellation = Cancellation }));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Where_one_of_two_outputs_cannot_be_finished_neither_appears()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("sub"));
        var info = new RasterInfo { Grid = Grid(50, 50), SampleType = SampleType.UInt8, Bands = [new()] };
        using var first = CogSink.Create(folder.File("a.tif"), info);
        using var second = CogSink.Create(Path.Combine(folder.File("sub"), "b.tif"), info);
        Assert.Throws<AsmException>(() => WindowRunner.Run("test", [], [new WindowOutput<byte>(first), new WindowOutput<byte>(second)], (in WindowFrame frame) =>
        {
            if (Directory.Exists(folder.File("sub"))) Directory.Delete(folder.File("sub"));
        }, new() { Cancellation = Cancellation, Threads = 1 }));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Progress_counts_rows_strip_by_strip()
    {
        using var sink = new MemoryRaster<byte>(Grid(10, 2500), [new()]);
        var told = new List<RunProgress>();
        WindowRunner.Run("density", [], [new WindowOutput<byte>(sink)], (in WindowFrame _) => { }, new() { Progress = new Listener(told.Add), Cancellation = Cancellation });
        Assert.Equal([new("density", 1024, 2500), new("density", 2048, 2500), new("density", 2500, 2500)], told);
    }

    [Fact]
    public void Cancelling_stops_the_run_and_no_output_appears()
    {
        using var folder = new TempFolder();
        using var cancel = new CancellationTokenSource();
        using var sink = CogSink.Create(folder.File("a.tif"), new() { Grid = Grid(50, 5000), SampleType = SampleType.UInt8, Bands = [new()] });
        Assert.ThrowsAny<OperationCanceledException>(() => WindowRunner.Run("test", [], [new WindowOutput<byte>(sink)], (in WindowFrame _) => cancel.Cancel(), new() { Cancellation = cancel.Token }));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Asking_for_validity_that_is_not_read_is_refused()
    {
        using var raster = new MemoryRaster<byte>(Grid(4, 4), [new()], name: "a.tif");
        using var sink = new MemoryRaster<byte>(Grid(4, 4), [new()]);
        var input = new WindowInput<byte>(raster, readValidity: false);
        var error = Assert.Throws<InvalidOperationException>(() => WindowRunner.Run("test", [input], [new WindowOutput<byte>(sink)], (in WindowFrame frame) => frame.Valid(input)));
        Assert.Contains("a.tif", error.Message, StringComparison.Ordinal);
    }

    private static GeoGrid Grid(int width, int height) => new(width, height, new MapPoint(0, 0), 10, 10, null);

    private sealed class Listener(Action<RunProgress> tell) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tell(value);
    }
}
