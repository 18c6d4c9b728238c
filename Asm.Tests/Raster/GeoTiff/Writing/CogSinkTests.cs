using System.Numerics;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Writing;

public sealed class CogSinkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(64, 1)]
    [InlineData(64, 4)]
    public void The_bytes_do_not_depend_on_strip_heights_and_threads(int stripHeight, int threads)
    {
        ushort[] samples = CogFiles.Ramp<ushort>(2 * 70 * 64);
        RasterInfo info = CogFiles.Info(70, 64, SampleType.UInt16, 2, 7);
        byte[] expected = File.ReadAllBytes(CogFiles.Write(_folder.File("whole.tif"), info, samples, new() { TileSize = 16 }, threads: 2));
        byte[] actual = File.ReadAllBytes(CogFiles.Write(_folder.File("strips.tif"), info, samples, new() { TileSize = 16 }, stripHeight, threads));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_first_directory_lies_right_after_the_header_in_classic_and_big_files()
    {
        RasterInfo info = CogFiles.Info(40, 40, SampleType.UInt8, 1, 0);
        byte[] samples = CogFiles.Ramp<byte>(1600);
        byte[] classic = File.ReadAllBytes(CogFiles.Write(_folder.File("classic.tif"), info, samples, new() { TileSize = 16 }));
        byte[] big = File.ReadAllBytes(CogFiles.Write(_folder.File("big.tif"), info, samples, new() { TileSize = 16, ClassicLimitBytes = classic.Length - 1 }));
        Assert.Equal([0x49, 0x49, 42, 0, 8, 0, 0, 0], classic[..8]);
        Assert.Equal([0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0], big[..16]);
        Assert.Equal(LibTiffReader.Read<byte>(_folder.File("classic.tif"), 0), LibTiffReader.Read<byte>(_folder.File("big.tif"), 0));
    }

    [Fact]
    public void A_sink_that_is_not_completed_leaves_nothing_behind()
    {
        using (var sink = CogSink.Create(_folder.File("map.tif"), CogFiles.Info(40, 40, SampleType.UInt8, 1, 0) with { ClassNames = ["none", "mines"] }))
            sink.WriteRows<byte>(40, new byte[1600]);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void While_it_is_written_only_hidden_names_are_there_and_afterwards_only_the_file()
    {
        using var sink = CogSink.Create(_folder.File("map.tif"), CogFiles.Info(40, 40, SampleType.UInt8, 1, 0));
        sink.WriteRows<byte>(40, new byte[1600]);
        Assert.DoesNotContain("map.tif", _folder.Names);
        sink.Complete();
        Assert.Equal(["map.tif"], _folder.Names);
    }

    [Fact]
    public void An_existing_file_is_refused_with_the_option_that_replaces_it()
    {
        File.WriteAllText(_folder.File("map.tif"), "precious");
        var error = Assert.Throws<AsmException>(() => CogSink.Create(_folder.File("map.tif"), CogFiles.Info(4, 4, SampleType.UInt8, 1, null)));
        Assert.Equal($"{_folder.File("map.tif")}: the file exists\n  expected: a path that is free\n  fix: give `overwrite` to replace it, or another path", error.Message);
        Assert.Equal("precious", File.ReadAllText(_folder.File("map.tif")));
    }

    [Fact]
    public void A_file_that_appears_during_the_writing_is_kept()
    {
        using (var sink = CogSink.Create(_folder.File("map.tif"), CogFiles.Info(4, 4, SampleType.UInt8, 1, null) with { ClassNames = ["a"] }))
        {
            sink.WriteRows<byte>(4, new byte[16]);
            foreach (string name in (string[])["map.tif", "map.tif.aux.xml"]) File.WriteAllText(_folder.File(name), "precious");
            Assert.Throws<AsmException>(sink.Complete);
        }
        foreach (string name in (string[])["map.tif", "map.tif.aux.xml"]) Assert.Equal("precious", File.ReadAllText(_folder.File(name)));
        Assert.Equal(["map.tif", "map.tif.aux.xml"], _folder.Names);
    }

    [Fact]
    public void Overwriting_replaces_the_file_and_drops_what_described_the_old_one()
    {
        foreach (string name in (string[])["map.tif", "map.tif.aux.xml", "map.tif.ovr", "map.tif.msk"]) File.WriteAllText(_folder.File(name), "old");
        CogFiles.Write(_folder.File("map.tif"), CogFiles.Info(4, 4, SampleType.UInt8, 1, null), new byte[16], new() { Overwrite = true });
        Assert.Equal(["map.tif"], _folder.Names);
        Assert.Equal(new byte[16], LibTiffReader.Read<byte>(_folder.File("map.tif"), 0));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        string path = Path.Combine(_folder.File("missing"), "map.tif");
        var error = Assert.Throws<AsmException>(() => CogSink.Create(path, CogFiles.Info(4, 4, SampleType.UInt8, 1, null)));
        Assert.StartsWith($"{path}: cannot be written: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_goes_away_during_the_writing_is_an_error_that_names_the_file()
    {
        string folder = _folder.File("sub");
        Directory.CreateDirectory(folder);
        using var sink = CogSink.Create(Path.Combine(folder, "map.tif"), CogFiles.Info(4, 4, SampleType.UInt8, 1, null));
        sink.WriteRows<byte>(4, new byte[16]);
        Directory.Delete(folder);
        Assert.Contains("map.tif: cannot be written", Assert.Throws<AsmException>(sink.Complete).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(sink.Complete);
    }

    [Fact]
    public void Cancelling_stops_the_writing_and_leaves_nothing_behind()
    {
        using var cancel = new CancellationTokenSource();
        using (var sink = CogSink.Create(_folder.File("map.tif"), CogFiles.Info(64, 64, SampleType.UInt8, 1, null), new() { TileSize = 16 }, new() { Cancellation = cancel.Token }))
        {
            sink.WriteRows<byte>(16, new byte[1024]);
            cancel.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => sink.WriteRows<byte>(48, new byte[3072]));
        }
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Completing_before_all_rows_were_written_is_refused()
    {
        using var sink = CogSink.Create(_folder.File("map.tif"), CogFiles.Info(4, 4, SampleType.UInt8, 1, null));
        sink.WriteRows<byte>(3, new byte[12]);
        Assert.Equal("3 of 4 rows were written", Assert.Throws<InvalidOperationException>(sink.Complete).Message);
    }

    [Fact]
    public void Samples_of_another_type_are_converted()
    {
        RasterInfo info = CogFiles.Info(3, 1, SampleType.UInt8, 1, null);
        CogFiles.Write<float>(_folder.File("map.tif"), info, [1.5f, 300, -4]);
        Assert.Equal([2, 255, 0], LibTiffReader.Read<byte>(_folder.File("map.tif"), 0));
    }

    [Fact]
    public void What_a_tiff_cannot_say_is_refused()
    {
        RasterInfo one = CogFiles.Info(4, 4, SampleType.UInt8, 1, null);
        Assert.Throws<ArgumentException>(() => CogSink.Create(_folder.File("a.tif"), one with { Bands = [new() { NoData = 0 }, new() { NoData = 1 }] }));
        Assert.Throws<ArgumentException>(() => CogSink.Create(_folder.File("a.tif"), one with { Bands = [new() { NoData = -9999 }] }));
        Assert.Throws<ArgumentException>(() => CogSink.Create(_folder.File("a.tif"), one with { Bands = [new(), new()], Colors = [default] }));
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData(SampleType.UInt8)]
    [InlineData(SampleType.Int16)]
    [InlineData(SampleType.UInt16)]
    [InlineData(SampleType.Int32)]
    [InlineData(SampleType.UInt32)]
    [InlineData(SampleType.Float32)]
    [InlineData(SampleType.Float64)]
    public void Random_rasters_of_every_type_come_back(SampleType type)
    {
        switch (type)
        {
            case SampleType.UInt8: RoundTrip<byte>(); break;
            case SampleType.Int16: RoundTrip<short>(); break;
            case SampleType.UInt16: RoundTrip<ushort>(); break;
            case SampleType.Int32: RoundTrip<int>(); break;
            case SampleType.UInt32: RoundTrip<uint>(); break;
            case SampleType.Float32: RoundTrip<float>(); break;
            default: RoundTrip<double>(); break;
        }
    }

    private void RoundTrip<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        var random = new Random(20240101);
        for (int i = 0; i < 12; i++)
        {
            int width = random.Next(1, 100), height = random.Next(1, 100), bands = random.Next(1, 4);
            T[] samples = CogFiles.Random<T>(random, width * height * bands);
            string path = CogFiles.Write(_folder.File($"{i}.tif"), CogFiles.Info(width, height, SampleTypes.Of<T>(), bands, null), samples,
                new() { TileSize = 16 * random.Next(1, 4), Compression = (CogCompression)(i % 2) }, random.Next(1, height + 1));
            for (int band = 0; band < bands; band++)
                Assert.Equal(samples.AsSpan(band * width * height, width * height).ToArray(), LibTiffReader.Read<T>(path, band));
        }
    }
}
