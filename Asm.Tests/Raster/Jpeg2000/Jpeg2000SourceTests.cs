using System.Runtime.InteropServices;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Jpeg2000;

public sealed class Jpeg2000SourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 255)]
    [InlineData(15, 32_767)]
    [InlineData(16, 65_535)]
    public void Samples_and_place_are_exact_at_all_depths(int bits, int largest)
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(301, 203, bits, bits == 1 ? 4095 : largest);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 64, bits == 1 ? "NBITS=12" : $"NBITS={bits}");
        using Jpeg2000Source source = Jpeg2000Source.Open(path);
        Assert.Equal(raster.Samples, Jp2.ReadAll<ushort>(source));
        Assert.True(source.Info.Grid.IsSameAs(raster.Info.Grid), source.Info.Grid.ToString());
        Assert.Equal((SampleType.UInt16, bits == 1 ? 12 : bits, (64, 64)), (source.Info.SampleType, source.BitsPerSample, source.TileSize));
        Assert.Null(source.Info.Bands[0].NoData);
    }

    [Fact]
    public void Windows_equal_the_whole_at_any_thread_count_and_cache()
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(517, 389, 3);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 128);
        var random = new Random(4);
        for (int round = 0; round < 6; round++)
        {
            using Jpeg2000Source source = Jpeg2000Source.Open(path, new Jpeg2000Options { KeptTileRows = round % 3 }, new() { Threads = 1 + round % 4 });
            Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 3 }, _ =>
            {
                int column, row, width, height;
                lock (random) (column, row) = (random.Next(517), random.Next(389));
                lock (random) (width, height) = (random.Next(517 - column + 1), random.Next(389 - row + 1));
                var window = new PixelWindow(column, row, width, height);
                ushort[] expected = new ushort[window.PixelCount], found = new ushort[window.PixelCount];
                raster.Read<ushort>(window, [0], expected);
                source.Read<ushort>(window, [0], found);
                Assert.Equal(expected, found);
            });
        }
    }

    [Fact]
    public void Strips_from_top_to_bottom_decode_each_tile_once()
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(300, 300, 5);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 64);
        using Jpeg2000Source source = Jpeg2000Source.Open(path, new Jpeg2000Options { KeptTileRows = 1 });
        ushort[] strip = new ushort[300 * 32];
        for (int row = 0; row < 300; row += 32) source.Read<ushort>(new(0, row, 300, Math.Min(32, 300 - row)), [0], strip);
        Assert.Equal(25, source.DecodedBlocks);
    }

    [Fact]
    public void A_file_without_tiles_is_decoded_in_pieces()
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(2300, 2100, 6);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 4096);
        using Jpeg2000Source source = Jpeg2000Source.Open(path);
        Assert.Equal((2300, 2100), source.TileSize);
        var window = new PixelWindow(1000, 1010, 100, 60);
        ushort[] expected = new ushort[6000], found = new ushort[6000];
        raster.Read<ushort>(window, [0], expected);
        source.Read<ushort>(window, [0], found);
        Assert.Equal(expected, found);
        Assert.Equal(4, source.DecodedBlocks);
    }

    [Fact]
    public void Several_bands_of_8_bits_are_read_in_any_order_as_any_type()
    {
        var random = new Random(7);
        byte[] samples = new byte[3 * 50 * 40];
        random.NextBytes(samples);
        using var raster = new MemoryRaster<byte>(Stacks.Grid(50, 40), [new(), new(), new()], samples);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 32);
        using Jpeg2000Source source = Jpeg2000Source.Open(path);
        Assert.Equal(SampleType.UInt8, source.Info.SampleType);
        float[] found = new float[2 * 6], expected = new float[2 * 6];
        source.Read<float>(new(30, 30, 3, 2), [2, 0], found);
        raster.Read<float>(new(30, 30, 3, 2), [2, 0], expected);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("-d 37,21 -t 64,48 -T 5,3")]
    [InlineData("-d 100,70 -t 128,128 -T 90,60")]
    [InlineData("-p RPCL -SOP -EPH -n 3")]
    [InlineData("-p RLCP -t 64,64 -TP R")]
    public void Offsets_of_image_and_tiles_and_any_progression_are_read(string options)
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(200, 150, 8, 4095);
        string raw = _folder.File("a.raw");
        File.WriteAllBytes(raw, MemoryMarshal.AsBytes<ushort>([.. raster.Samples.Select(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness)]));
        Jp2.RequireDecoder();
        foreach (string name in new[] { "a.jp2", "a.j2k" })
        {
            PeerTool.Run("opj_compress", ["-i", raw, "-F", "200,150,1,16,u", "-o", _folder.File(name), .. options.Split(' ')]);
            using Jpeg2000Source source = Jpeg2000Source.Open(_folder.File(name));
            Assert.Equal(raster.Samples, Jp2.ReadAll<ushort>(source));
            Assert.Null(source.Info.Grid.Crs);
        }
    }

    [Fact]
    public void A_file_without_a_place_takes_the_grid_of_its_size_or_its_world_file()
    {
        using MemoryRaster<ushort> raster = Jp2.Noise(60, 40, 9);
        string path = Jp2.Write(_folder.File("a.jp2"), raster, 32, "GMLJP2=NO", "GeoJP2=NO");
        GeoGrid wanted = raster.Info.Grid;
        using (Jpeg2000Source source = Jpeg2000Source.Open(path, new Jpeg2000Options { Grids = [wanted.Coarsen(2), wanted] })) Assert.True(source.Info.Grid.IsSameAs(wanted));
        File.WriteAllText(_folder.File("a.j2w"), "10\n0\n0\n-10\n600005\n700015\n");
        using (Jpeg2000Source source = Jpeg2000Source.Open(path))
            Assert.True(source.Info.Grid.IsSameAs(new GeoGrid(60, 40, new(600_000, 700_020), 10, 10, null)));
    }

    [Fact]
    public void Geographic_places_are_read_in_the_order_of_their_authority()
    {
        using var raster = new MemoryRaster<ushort>(new GeoGrid(20, 10, new(-2.5, 6.25), 0.001, 0.002, Crs.Wgs84), [new BandInfo()], [.. Enumerable.Range(0, 200).Select(i => (ushort)i)]);
        using Jpeg2000Source source = Jpeg2000Source.Open(Jp2.Write(_folder.File("a.jp2"), raster, 32));
        Assert.True(source.Info.Grid.IsSameAs(raster.Info.Grid), source.Info.Grid.ToString());
    }

    [Fact]
    public void The_real_files_decode_to_the_values_of_GDAL()
    {
        string root = SharedData.Require("safe/jp2-19UDP");
        Jp2.RequireDecoder();
        // Some of them are GeoTIFFs under the name of JPEG 2000.
        string[] files = [.. Directory.GetFiles(root, "*.jp2", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan(4).StartsWith("jP  "u8))];
        Assert.Equal(24, files.Length);
        foreach (string file in files)
        {
            using Jpeg2000Source source = Jpeg2000Source.Open(file);
            byte[] expected = Jp2.ReadByGdal(file, _folder.File("a.raw"));
            byte[] found = source.Info.SampleType == SampleType.UInt8 ? Jp2.ReadAll<byte>(source) : MemoryMarshal.AsBytes<ushort>(Jp2.ReadAll<ushort>(source)).ToArray();
            Assert.True(expected.AsSpan().SequenceEqual(found), file);
        }
    }
}
