using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Fault = Asm.Tests.Support.RangeServer.Fault;

namespace Asm.Tests.Raster.Bytes;

public sealed class RemoteGeoTiffTests : IDisposable
{
    private const int Size = 1536;

    private readonly TempFolder _folder = new();
    private readonly RangeServer _server;
    private readonly ushort[] _samples = new ushort[Size * Size];
    private readonly RemoteOptions _hasty = new() { FirstPause = TimeSpan.FromMilliseconds(1), Attempts = 3 };

    public RemoteGeoTiffTests()
    {
        var random = new Random(5);
        for (int i = 0; i < _samples.Length; i++) _samples[i] = (ushort)random.Next(1, 10_000);
        using var raster = new MemoryRaster<ushort>(Stacks.Grid(Size, Size), [new BandInfo { Name = "B02" }], _samples);
        using (CogSink sink = CogSink.Create(_folder.File("a.tif"), raster.Info)) RasterCopy.Run(raster, sink);
        _server = new(_folder.FullPath);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private GeoTiffSource Open(RemoteOptions? remote = null, string query = "", RunOptions? run = null) =>
        GeoTiffSource.Open($"{_server.Url}/a.tif{query}", run: (run ?? new()) with { Remote = remote ?? _hasty });

    /// <summary>One strip of 16-bit samples after a directory of ten entries.</summary>
    private byte[] Uncompressed()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        const int Start = 1024;
        writer.Write("II*\0"u8);
        writer.Write(8);
        (ushort Tag, ushort Type, int Value)[] entries = [(256, 3, Size), (257, 3, Size), (258, 3, 16), (259, 3, 1), (262, 3, 1), (273, 4, Start), (277, 3, 1), (278, 3, Size), (279, 4, 2 * Size * Size)];
        writer.Write((ushort)entries.Length);
        foreach ((ushort tag, ushort type, int value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(1);
            writer.Write(value);
        }
        writer.Write(0);
        writer.Write(new byte[Start - bytes.Length]);
        foreach (ushort sample in _samples) writer.Write(sample);
        return bytes.ToArray();
    }

    private void AssertSame(GeoTiffSource source, PixelWindow window)
    {
        var read = new ushort[window.PixelCount];
        source.Read<ushort>(window, [0], read);
        for (int y = 0; y < window.Height; y++)
            Assert.Equal(_samples.AsSpan((window.Row + y) * Size + window.Column, window.Width), read.AsSpan(y * window.Width, window.Width));
    }

    [Fact]
    public void All_pixels_are_those_of_the_file()
    {
        using GeoTiffSource source = Open();
        AssertSame(source, source.Info.Grid.FullWindow);
        Assert.Equal("B02", source.Info.Bands[0].Name);
    }

    [Fact]
    public void A_window_transfers_the_head_of_the_file_and_the_tiles_that_it_meets()
    {
        using GeoTiffSource source = Open();
        Assert.Equal((0L, 65_535L), Assert.Single(_server.Requests).Range);
        AssertSame(source, new(520, 1030, 400, 300));
        (long From, long To)[] tiles = [.. _server.Requests.Skip(1).Select(r => r.Range!.Value)];
        Assert.Single(tiles);
        Assert.InRange(tiles[0].To - tiles[0].From, 1, 512 * 512 * 2);
        AssertSame(source, new(500, 500, 20, 20));
        Assert.Equal(1 + 1 + 4, _server.Requests.Count);
    }

    [Fact]
    public void Overviews_are_read_from_the_server_too()
    {
        using GeoTiffSource source = Open(query: "?key=secret"), overview = source.OpenOverview(0);
        Assert.Equal((768, 768), (overview.Info.Grid.Width, overview.Info.Grid.Height));
        Assert.All(_server.Requests, request => Assert.Equal("key=secret", request.Query));
    }

    [Fact]
    public void A_transfer_that_breaks_off_goes_on_where_it_stopped()
    {
        _server.Faults = request => request.Number is > 0 and < 9 ? new Fault(CutAfter: 30_000) : null;
        using GeoTiffSource source = Open();
        AssertSame(source, new(0, 0, 512, 512));
        (long From, long To)[] ranges = [.. _server.Requests.Skip(1).Select(r => r.Range!.Value)];
        Assert.Equal(9, ranges.Length);
        for (int i = 1; i < ranges.Length; i++) Assert.Equal((ranges[0].From + 30_000 * i, ranges[0].To), ranges[i]);
    }

    [Theory]
    [InlineData("503 Service Unavailable")]
    [InlineData("500 Internal Server Error")]
    [InlineData("429 Too Many Requests")]
    public void A_server_that_is_busy_is_asked_again(string status)
    {
        _server.Faults = request => request.Number % 3 < 2 ? new Fault(status) : null;
        using GeoTiffSource source = Open();
        AssertSame(source, new(0, 0, 100, 100));
        Assert.Equal(6, _server.Requests.Count);
    }

    [Fact]
    public void A_server_that_is_silent_is_asked_again()
    {
        _server.Faults = request => request.Number == 1 ? new Fault(SilentAfter: 1000) : null;
        using GeoTiffSource source = Open(_hasty with { Patience = TimeSpan.FromSeconds(0.4) });
        AssertSame(source, new(0, 0, 100, 100));
        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal(1000, _server.Requests.Last().Range!.Value.From - _server.Requests.ElementAt(1).Range!.Value.From);
    }

    [Fact]
    public void Nothing_of_an_answer_that_was_given_up_is_taken()
    {
        // Without compression wrong bytes would be wrong pixels, and nobody would see it.
        File.WriteAllBytes(_folder.File("a.tif"), Uncompressed());
        _server.Faults = request => request.Number == 1 ? new Fault(SilentAfter: 100_000, SilentSeconds: 0.5) : null;
        using GeoTiffSource source = Open(_hasty with { Patience = TimeSpan.FromSeconds(0.4) });
        AssertSame(source, new(0, 512, 512, 512));
        Assert.InRange(_server.Requests.Count, 3, 5);
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/a.tif")]
    public void A_server_leads_to_nothing_but_other_servers(string link)
    {
        _server.Faults = _ => new Fault("302 Found", $"Location: {link}\r\n");
        Assert.Contains($"the server leads on to {link}", Assert.Throws<AsmException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirection_is_followed_and_a_loop_is_not()
    {
        _server.Faults = request => request.File == "/old.tif" ? new Fault("301 Moved", "Location: /a.tif\r\n") : null;
        using GeoTiffSource source = GeoTiffSource.Open($"{_server.Url}/old.tif", run: new() { Remote = _hasty });
        AssertSame(source, new(0, 0, 100, 100));
        _server.Faults = _ => new Fault("302 Found", "Location: /a.tif\r\n");
        Assert.Contains("at most 5 steps", Assert.Throws<AsmException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_show_neither_keys_nor_passwords_of_a_URL()
    {
        var error = new AsmException("http://user:pass@host/B02.tif?sig=secret", "found https://host/a?key=secret, and '/b?x=1'", "one", "give http://host/c?sig=secret");
        Assert.Equal("http://host/B02.tif: found https://host/a, and '/b?x=1'\n  expected: one\n  fix: give http://host/c", error.Message);
    }

    [Fact]
    public void A_server_that_fails_for_good_is_an_error_that_tells_where_and_how_often()
    {
        _server.Faults = request => request.Number > 0 ? new Fault("502 Bad Gateway") : null;
        using GeoTiffSource source = Open(query: "?key=secret");
        var error = Assert.Throws<AsmException>(() => AssertSame(source, new(0, 0, 100, 100)));
        Assert.Contains($"{_server.Url}/a.tif: cannot be read at byte ", error.Message, StringComparison.Ordinal);
        Assert.Contains("after 3 attempts: the server answers 502 Bad Gateway", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Theory]
    [InlineData("404 Not Found", "is not there: 404")]
    [InlineData("403 Forbidden", "links with a key run out")]
    [InlineData("400 Bad Request", "the server answers 400 Bad Request")]
    [InlineData("302 Found", "the server answers 302 Found")]
    public void Answers_that_will_not_change_are_errors_at_once(string status, string message)
    {
        _server.Faults = _ => new Fault(status);
        var error = Assert.Throws<AsmException>(() => Open());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_server_without_ranges_is_refused()
    {
        _server.Faults = _ => new Fault(IgnoreRange: true);
        Assert.Contains("sends the whole file", Assert.Throws<AsmException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_refused()
    {
        _server.Faults = request => request.Number > 0 ? new Fault(Headers: "ETag: \"two\"\r\n") : null;
        using GeoTiffSource source = Open();
        var error = Assert.Throws<AsmException>(() => AssertSame(source, new(0, 0, 100, 100)));
        Assert.Matches("changed while it was read: \\d+ bytes, ETag \"one\", now \\d+ bytes, ETag \"two\"", error.Message);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_an_error()
    {
        _server.Dispose();
        Assert.Contains("after 3 attempts", Assert.Throws<AsmException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_a_server_ends_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        _server.Faults = _ => new Fault(SilentAfter: 10);
        Assert.ThrowsAny<OperationCanceledException>(() => Open(run: new() { Cancellation = cancel.Token }));
    }

    [Fact]
    public void A_page_in_place_of_a_raster_is_no_GeoTIFF()
    {
        File.WriteAllText(_folder.File("a.tif"), "<html>Log in</html>");
        Assert.Contains("does not start as a TIFF does", Assert.Throws<RasterFormatException>(() => Open()).Message, StringComparison.Ordinal);
    }
}
