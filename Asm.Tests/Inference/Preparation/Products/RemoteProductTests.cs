using System.IO.Compression;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Fault = Asm.Tests.Support.RangeServer.Fault;

namespace Asm.Tests.Inference.Preparation.Products;

/// <summary>A STAC item and Cloud Optimized GeoTIFFs on a web server.</summary>
public sealed class RemoteProductTests : IDisposable
{
    private const int Side = 1536;

    private readonly TempFolder _folder = new();
    private readonly RangeServer _server;

    public RemoteProductTests() => _server = new(_folder.FullPath);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private string Url(string query = "") => $"{_server.Url}/scene/item.json{query}";

    /// <summary>Writes the item and, of 1,536 x 1,536 pixels where the test needs tiles, the bands.</summary>
    private string Write(bool large = false, Func<string, string>? href = null, string more = "")
    {
        string folder = _folder.File("scene");
        if (!large) SafeFolder.WriteFlat(folder);
        else
        {
            Directory.CreateDirectory(folder);
            foreach (string band in Stacks.BandNames)
            {
                int side = band is "B02" or "B03" or "B04" or "B08" ? Side : Side / 2;
                using MemoryRaster<ushort> raster = Jp2.Noise(side, side, band[^1], 9000, 10 * Side / side);
                using CogSink sink = CogSink.Create(Path.Combine(folder, band + ".tif"), raster.Info);
                RasterCopy.Run(raster, sink);
            }
        }
        string assets = string.Join(",", Stacks.BandNames.Select(band => $$"""
            "{{band}}":{"href":"{{href?.Invoke(band) ?? $"./{band}.tif"}}"}
            """));
        File.WriteAllText(Path.Combine(folder, "item.json"), $$"""
            {"type":"Feature","stac_version":"1.0.0","id":"S2A_30NWM_20230115_0_L2A",
             "properties":{"datetime":"2023-01-15T10:23:41.024Z","s2:product_type":"S2MSI2A","s2:processing_baseline":"05.09","earthsearch:boa_offset_applied":true},"assets":{ {{assets}}{{more}} } }
            """);
        return folder;
    }

    [Fact]
    public void A_product_on_a_server_gives_the_bytes_that_the_folder_gives_but_for_the_inputs()
    {
        string folder = Write(large: true);
        using StackSource local = StackSource.Open([folder]), remote = StackSource.Open([Url()]);
        Assert.Equal(Jp2.ReadAll<ushort>(local), Jp2.ReadAll<ushort>(remote));
        Assert.Equal(local.Info.Metadata["ASM_PRODUCT"], remote.Info.Metadata["ASM_PRODUCT"]);
    }

    [Fact]
    public void Every_tile_is_transferred_once()
    {
        Write(large: true);
        new PrepareStage { Sources = [Url()], OutputPath = _folder.File("stack.tif") }.Run();
        var tiles = _server.Requests.Where(r => r.Range is { From: > 0 }).Select(r => (r.File, r.Range!.Value.From)).ToArray();
        // 9 tiles of 512 in each band of 10 m, 4 in each of 20 m, some of them in the first 64 KiB in part.
        Assert.InRange(tiles.Length, 4 * 8 + 6 * 3, 4 * 9 + 6 * 4);
        Assert.Equal(tiles.Length, tiles.Distinct().Count());
    }

    [Fact]
    public void Of_a_part_of_a_scene_only_its_tiles_are_transferred()
    {
        string folder = Write(large: true);
        // 200 x 200 pixels in the last of nine tiles; of the bands of 20 m in the last of four.
        new PrepareStage { Sources = [Url()], OutputPath = _folder.File("part.tif"), Bounds = new(611_000, 685_000, 613_000, 687_000) }.Run();
        Assert.Equal(10, _server.Requests.Count(r => r.Range is { From: > 0 }));
        long transferred = _server.Requests.Where(r => r.Range is { To: > 0 }).Sum(r => r.Range!.Value.To - r.Range.Value.From + 1), all = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
        Assert.InRange(transferred, 1, all / 3);
    }

    [Fact]
    public void The_inputs_name_URLs_without_their_keys_and_the_state_that_the_server_tells()
    {
        Write(href: band => $"{_server.Url}/scene/{band}.tif?sig=secret");
        RasterInfo stack = new PrepareStage { Sources = [Url("?sig=secret")], OutputPath = _folder.File("stack.tif") }.Run();
        Assert.All(_server.Requests, request => Assert.Equal("sig=secret", request.Query));
        string inputs = stack.Metadata["ASM_INPUTS"];
        Assert.DoesNotContain("secret", inputs, StringComparison.Ordinal);
        Assert.Contains($"{{\"name\":\"{_server.Url}/scene/B02.tif\",\"version\":\"{new FileInfo(_folder.File("scene/B02.tif")).Length} bytes, ETag \\\"one\\\"\"}}", inputs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_fails_in_the_middle_leaves_nothing_behind()
    {
        Write(large: true);
        _server.Faults = request => request.File.EndsWith("B11.tif", StringComparison.Ordinal) && request.Range is { From: > 0 } ? new Fault("404 Not Found") : null;
        var error = Assert.Throws<AsmException>(() => new PrepareStage { Sources = [Url()], OutputPath = _folder.File("stack.tif") }.Run());
        Assert.Contains("B11.tif: is not there: 404", error.Message, StringComparison.Ordinal);
        Assert.Equal(["scene"], _folder.Names);
    }

    [Fact]
    public void An_item_leads_to_no_file_of_this_machine()
    {
        string folder = Write(href: band => band == "B04" ? $"file://{_folder.File("scene/B04.tif")}" : $"./{band}.tif");
        var error = Assert.Throws<AsmException>(() => StackSource.Open([Url()]));
        Assert.Contains("no file for B04", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "B04.tif")));
    }

    [Fact]
    public void XML_of_the_product_that_the_item_links_to_is_read()
    {
        string folder = Write(more: ",\"granule_metadata\":{\"href\":\"MTD_TL.xml\"},\"manifest\":{\"href\":\"manifest.safe\"}");
        File.WriteAllText(Path.Combine(folder, "MTD_TL.xml"), SafeFolder.TileXml());
        using StackSource stack = StackSource.Open([Url()]);
        stack.Verify(TestContext.Current.CancellationToken);
        Assert.Equal(32.5, stack.Product!.SunZenithDegrees);
        Assert.DoesNotContain(_server.Requests, request => request.File.EndsWith("manifest.safe", StringComparison.Ordinal));
    }

    [Fact]
    public void Band_files_are_named_by_their_own_URLs_too()
    {
        string folder = Write();
        using StackSource local = StackSource.Open([.. Directory.GetFiles(folder, "*.tif")]), remote = StackSource.Open([.. Stacks.BandNames.Select(band => $"{_server.Url}/scene/{band}.tif?k=1")]);
        Assert.Equal(Jp2.ReadAll<ushort>(local), Jp2.ReadAll<ushort>(remote));
    }

    [Fact]
    public void JPEG_2000_bands_are_read_from_a_server()
    {
        string safe = SafeFolder.Write(_folder, jpeg2000: true), bands = _folder.File("scene");
        Directory.CreateDirectory(bands);
        foreach (string file in Directory.GetFiles(safe, "T30NWM*.jp2", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(bands, Path.GetFileName(file)));
        WriteJpegItem(bands);
        using StackSource local = StackSource.Open([safe]), remote = StackSource.Open([Url()]);
        Assert.Equal(Jp2.ReadAll<ushort>(local), Jp2.ReadAll<ushort>(remote));
    }

    [Theory]
    [InlineData("scene.zip")]
    [InlineData(SafeFolder.Name)]
    public void A_whole_product_on_a_server_has_to_be_downloaded(string name) =>
        Assert.Contains("download the product and give its path", Assert.Throws<AsmException>(() => StackSource.Open([$"{_server.Url}/{name}"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Links_are_relative_to_where_the_item_was_found_in_the_end()
    {
        Write();
        _server.Faults = request => request.File == "/latest" ? new Fault("302 Found", "Location: /scene/item.json\r\n") : null;
        using StackSource local = StackSource.Open([_folder.File("scene")]), remote = StackSource.Open([$"{_server.Url}/latest"]);
        Assert.Equal(Jp2.ReadAll<ushort>(local), Jp2.ReadAll<ushort>(remote));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_item_may_be_compressed_or_start_with_a_mark(bool compressed, bool mark)
    {
        string item = Path.Combine(Write(), "item.json");
        byte[] text = [.. mark ? "\uFEFF"u8 : [], .. File.ReadAllBytes(item)];
        using (FileStream file = File.Create(item))
        using (Stream stream = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file) stream.Write(text);
        if (compressed) _server.Faults = request => request.File.EndsWith("item.json", StringComparison.Ordinal) ? new Fault(Headers: "Content-Encoding: gzip\r\n") : null;
        using StackSource stack = StackSource.Open([Url()]);
        Assert.Equal("S2A_30NWM_20230115_0_L2A", stack.Product!.Name);
    }

    [Fact]
    public void Names_with_spaces_are_found()
    {
        string folder = Write(href: band => $"./sp ace {band}.tif");
        foreach (string band in Stacks.BandNames) File.Move(Path.Combine(folder, band + ".tif"), Path.Combine(folder, $"sp ace {band}.tif"));
        using StackSource stack = StackSource.Open([Url()]);
        Assert.Equal((60, 40), (stack.Info.Grid.Width, stack.Info.Grid.Height));
    }

    [Fact]
    public void An_item_with_text_that_is_no_Unicode_is_no_item()
    {
        Write();
        File.WriteAllText(_folder.File("scene/item.json"), "{\"stac_version\":\"1\",\"properties\":{},\"assets\":{\"B02\":{\"href\":\"\\ud800.tif\"}}}");
        Assert.Contains("is no STAC item", Assert.Throws<AsmException>(() => StackSource.Open([Url()])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_in_place_of_an_item_is_no_item()
    {
        Write();
        File.WriteAllText(_folder.File("scene/item.json"), "<html>Log in</html>");
        Assert.Contains("is no STAC item", Assert.Throws<AsmException>(() => StackSource.Open([Url()])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_on_disk_whose_bands_are_on_a_server_is_not_followed()
    {
        string folder = Write(href: band => $"{_server.Url}/scene/{band}.tif");
        string alone = _folder.File("alone");
        Directory.CreateDirectory(alone);
        File.Copy(Path.Combine(folder, "item.json"), Path.Combine(alone, "item.json"));
        var error = Assert.Throws<AsmException>(() => StackSource.Open([Path.Combine(alone, "item.json")]));
        Assert.Contains("give the URL of the item", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    private static void WriteJpegItem(string folder) => File.WriteAllText(Path.Combine(folder, "item.json"), $$"""
        {"type":"Feature","stac_version":"1.0.0","id":"x","properties":{"s2:processing_baseline":"05.09"},"assets":{"product_metadata":{"href":"../{{SafeFolder.Name}}/MTD_MSIL2A.xml"},"granule_metadata":{"href":"../{{SafeFolder.Name}}/GRANULE/{{SafeFolder.Granule}}/MTD_TL.xml"},
         {{string.Join(",", Directory.GetFiles(folder, "*.jp2").Select((file, i) => $"\"a{i}\":{{\"href\":\"{Path.GetFileName(file)}\"}}"))}} } }
        """);
}
