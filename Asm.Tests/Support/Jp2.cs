using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>JPEG 2000 files, written by GDAL, and GDAL's reading of them.</summary>
internal static class Jp2
{
    /// <summary>Skips the test where OpenJPEG is not installed.</summary>
    public static void RequireDecoder() => Assert.SkipWhen(Jpeg2000Source.DecoderVersion is null, "needs the library OpenJPEG (libopenjp2-7), which is not installed");

    /// <summary>Writes a lossless file in the tiles given; skips the test where GDAL or OpenJPEG is missing.</summary>
    public static string Write(string path, IRasterSource raster, int tileSize, params string[] creationOptions)
    {
        RequireDecoder();
        string tiff = path + ".tif";
        using (CogSink sink = CogSink.Create(tiff, raster.Info)) RasterCopy.Run(raster, sink);
        string[] options = ["REVERSIBLE=YES", "QUALITY=100", $"BLOCKXSIZE={tileSize}", $"BLOCKYSIZE={tileSize}", .. creationOptions];
        PeerTool.Run("gdal_translate", ["-q", "-of", "JP2OpenJPEG", .. options.SelectMany(option => new[] { "-co", option }), "--config", "GDAL_PAM_ENABLED", "NO", tiff, path]);
        File.Delete(tiff);
        return path;
    }

    /// <summary>All samples as GDAL reads them, band after band, in the bytes of their type.</summary>
    public static byte[] ReadByGdal(string path, string rawPath)
    {
        PeerTool.Run("gdal_translate", "-q", "-of", "ENVI", "-co", "INTERLEAVE=BSQ", "--config", "GDAL_PAM_ENABLED", "NO", path, rawPath);
        return File.ReadAllBytes(rawPath);
    }

    /// <summary>All samples of a source, band after band.</summary>
    public static T[] ReadAll<T>(IRasterSource source) where T : unmanaged, System.Numerics.INumber<T>
    {
        int bands = source.Info.Bands.Count;
        var samples = new T[bands * source.Info.Grid.FullWindow.PixelCount];
        source.Read<T>(source.Info.Grid.FullWindow, [.. Enumerable.Range(0, bands)], samples);
        return samples;
    }

    /// <summary>Random samples that compress a little, as images do.</summary>
    public static MemoryRaster<ushort> Noise(int width, int height, int seed, int largest = 10_000, double pixel = 10, int bands = 1)
    {
        var random = new Random(seed);
        var grid = new GeoGrid(width, height, new(600_000, 700_020), pixel, pixel, Crs.Utm(30, north: true));
        var samples = new ushort[bands * width * height];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)(random.Next(largest + 1) & (i % 7 == 0 ? 0xFFFF : 0xFFF0));
        return new MemoryRaster<ushort>(grid, [.. Enumerable.Repeat(new BandInfo(), bands)], samples);
    }
}
