using System.Numerics;
using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Asm.Tests.Raster.GeoTiff.Writing;

/// <summary>Reads what the writer wrote with an independent library.</summary>
internal static class LibTiffReader
{
    /// <summary>One band of one directory (0 full resolution, then the overviews), row after row.</summary>
    public static T[] Read<T>(string path, int band, short directory = 0) where T : unmanaged, INumber<T>
    {
        using Tiff tiff = Open(path, directory);
        int width = Int(tiff, TiffTag.IMAGEWIDTH), height = Int(tiff, TiffTag.IMAGELENGTH), tileSize = Int(tiff, TiffTag.TILEWIDTH);
        var samples = new T[width * height];
        var bytes = new byte[tiff.TileSize()];
        for (int y = 0; y < height; y += tileSize)
            for (int x = 0; x < width; x += tileSize)
            {
                Assert.Equal(bytes.Length, tiff.ReadTile(bytes, 0, x, y, 0, (short)band));
                ReadOnlySpan<T> tile = MemoryMarshal.Cast<byte, T>(bytes);
                int columns = Math.Min(tileSize, width - x);
                for (int row = y; row < Math.Min(y + tileSize, height); row++)
                    tile.Slice((row - y) * tileSize, columns).CopyTo(samples.AsSpan(row * width + x));
            }
        return samples;
    }

    /// <summary>Width and height of all directories.</summary>
    public static (int Width, int Height)[] Sizes(string path)
    {
        using Tiff tiff = Open(path, 0);
        var sizes = new List<(int, int)>();
        do sizes.Add((Int(tiff, TiffTag.IMAGEWIDTH), Int(tiff, TiffTag.IMAGELENGTH)));
        while (tiff.ReadDirectory());
        return [.. sizes];
    }

    // It does not know the tags of GeoTIFF and says so for each.
    static LibTiffReader() => Tiff.SetErrorHandler(new WithoutWarnings());

    private static Tiff Open(string path, short directory)
    {
        Tiff tiff = Tiff.Open(path, "r");
        Assert.NotNull(tiff);
        Assert.True(tiff.SetDirectory(directory));
        return tiff;
    }

    private static int Int(Tiff tiff, TiffTag tag) => tiff.GetField(tag)[0].ToInt();

    private sealed class WithoutWarnings : TiffErrorHandler
    {
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
    }
}
