using System.Buffers.Binary;
using System.Diagnostics;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Reading;

/// <summary>Damaged files are refused with <see cref="RasterFormatException"/> or read; never another error, a hang, or memory without bound.</summary>
public sealed class FuzzTests
{
    private const int MutantsPerSeed = 340;
    private const long MaxAllocatedBytes = 600L << 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Values that break sums, products and signs.</summary>
    private static readonly ulong[] Nasty =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 255, 256, 4096, 10_000, 16_384, 32_767, 32_768, 65_535, 65_536, 1 << 20, 1 << 24, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    [Theory]
    [InlineData(Fixture.ZstdMaskOverviews)]
    [InlineData(Fixture.LzwBigEndian)]
    [InlineData(Fixture.DeflateFloat)]
    [InlineData(Fixture.PackBitsPalette)]
    [InlineData(Fixture.SparseTiles)]
    [InlineData("raw, tiles")]
    public void Damaged_files_are_refused_or_read(string seed)
    {
        byte[] original = seed == "raw, tiles"
            ? new TiffBuilder(bigEndian: true).Image(32, 32, 16, 1, 2, 1, [.. Enumerable.Range(0, 4).Select(_ => new byte[1024])]).Tag(322, 3, 16).Tag(323, 3, 16)
                .Tag(33550, 12, 10, 10, 0).Tag(33922, 12, 0, 0, 0, 500_000, 700_000, 0).Image(32, 32, 1, 1, 1, 32, new byte[128]).Tag(254, 4, 4).ToBytes()
            : File.ReadAllBytes(Fixture.PathOf(seed));
        using var folder = new TempFolder();
        string path = folder.File("mutant.tif");
        var random = new Random(20_260_101);
        int read = 0;
        for (int i = 0; i < MutantsPerSeed; i++)
        {
            File.WriteAllBytes(path, Mutate(original, random));
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            // Half of them with the file's own CRS, half without, so that damaged GeoKeys do not hide what lies behind them.
            try
            {
                ReadSome(path, i % 2 == 0 ? Crs.Utm(30, north: true) : null);
                read++;
            }
            catch (RasterFormatException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            }
            catch (Exception error)
            {
                Assert.Fail($"{seed}, mutant {i}: {error}");
            }
            Assert.True(Stopwatch.GetElapsedTime(start) < MaxTime, $"{seed}, mutant {i} hangs");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxAllocatedBytes, $"{seed}, mutant {i} takes too much memory");
        }
        Assert.InRange(read, 1, MutantsPerSeed - 1);
    }

    private static void ReadSome(string path, Crs? crs)
    {
        // One thread, so that all memory is counted on this one.
        using GeoTiffSource source = GeoTiffSource.Open(path, new GeoTiffOptions { Crs = crs }, new() { Threads = 1 });
        ReadCorners(source);
        for (int i = 0; i < Math.Min(3, source.Layout.OverviewSizes.Count); i++)
        {
            using GeoTiffSource overview = source.OpenOverview(i);
            ReadCorners(overview);
        }
    }

    private static void ReadCorners(GeoTiffSource source)
    {
        GeoGrid grid = source.Info.Grid;
        int width = Math.Min(48, grid.Width), height = Math.Min(48, grid.Height);
        int[] bands = [.. Enumerable.Range(0, Math.Min(3, source.Info.Bands.Count))];
        foreach (PixelWindow window in new PixelWindow[] { new(0, 0, width, height), new(grid.Width - width, grid.Height - height, width, height) })
        {
            Fixture.Read<float>(source, window, bands);
            source.ReadMask(window, new byte[window.PixelCount]);
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                for (int flips = random.Next(1, 9); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes.AsSpan(random.Next(bytes.Length)).Fill((byte)random.Next(256));
                return bytes;
            default:
                for (int fields = random.Next(1, 4); fields > 0; fields--) MutateField(bytes, original, random);
                return bytes;
        }
    }

    /// <summary>Changes type, count or value of one entry of one directory of the unharmed file.</summary>
    private static void MutateField(byte[] bytes, byte[] original, Random random)
    {
        bool little = original[0] == (byte)'I', big = original[little ? 2 : 3] == 43;
        var entries = new List<int>();
        long directory = (long)Get(original, big ? 8 : 4, big ? 8 : 4, little);
        while (directory != 0)
        {
            int count = (int)Get(original, (int)directory, big ? 8 : 2, little), start = (int)directory + (big ? 8 : 2), size = big ? 20 : 12;
            for (int i = 0; i < count; i++) entries.Add(start + i * size);
            directory = (long)Get(original, start + count * size, big ? 8 : 4, little);
        }
        int entry = entries[random.Next(entries.Count)], wide = big ? 8 : 4;
        ulong value = Nasty[random.Next(Nasty.Length)];
        switch (random.Next(4))
        {
            case 0: Set(bytes, entry + 2, 2, little, (ulong)random.Next(20)); break;
            case 1: Set(bytes, entry + 4, wide, little, value); break;
            default: Set(bytes, entry + 4 + wide, random.Next(2) == 0 ? 2 : wide, little, value); break;
        }
    }

    private static ulong Get(byte[] bytes, int at, int size, bool little)
    {
        Span<byte> buffer = stackalloc byte[8];
        buffer.Clear();
        bytes.AsSpan(at, size).CopyTo(little ? buffer : buffer[(8 - size)..]);
        return little ? BinaryPrimitives.ReadUInt64LittleEndian(buffer) : BinaryPrimitives.ReadUInt64BigEndian(buffer);
    }

    private static void Set(byte[] bytes, int at, int size, bool little, ulong value)
    {
        Span<byte> buffer = stackalloc byte[8];
        if (little) BinaryPrimitives.WriteUInt64LittleEndian(buffer, value);
        else BinaryPrimitives.WriteUInt64BigEndian(buffer, value);
        (little ? buffer[..size] : buffer[(8 - size)..]).CopyTo(bytes.AsSpan(at));
    }
}
