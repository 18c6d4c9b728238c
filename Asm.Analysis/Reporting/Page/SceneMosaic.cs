using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Pictures;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Scenes in true colours side by side on one grid.</summary>
internal static class SceneMosaic
{
    /// <summary>Red, green, blue and opacity of each pixel of a grid; the first scene that has data at a pixel is the one seen.</summary>
    /// <param name="grid">The pixels wanted.</param>
    /// <param name="paths">GeoTIFFs of red, green and blue in uint8, 0 no data, each in its own system.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <exception cref="AsmException">A scene has other bands, or cannot be read.</exception>
    public static byte[] Draw(GeoGrid grid, IReadOnlyList<string> paths, RunOptions run)
    {
        int plane = checked((int)grid.FullWindow.PixelCount);
        var pixels = new byte[4 * plane];
        foreach (string path in paths)
        {
            using IRasterSource source = run.Open(path);
            MemoryRaster<float> scene = Reprojected.On(grid,
                ReducedRaster.Means(source, Bands(source), SideOf(source.Info.Grid, grid), run.Cancellation), ResamplingMethod.Bilinear);
            for (int i = 0; i < plane; i++)
            {
                if (pixels[4 * i + 3] != 0 || !float.IsFinite(scene.Samples[i])) continue;
                for (int channel = 0; channel < 3; channel++)
                    pixels[4 * i + channel] = (byte)Math.Clamp(Math.Round(scene.Samples[channel * plane + i]), 0, 255);
                pixels[4 * i + 3] = 255;
            }
        }
        return pixels;
    }

    private static int[] Bands(IRasterSource scene) => scene.Info.Bands.Count == 3 && scene.Info.SampleType == SampleType.UInt8
        ? [0, 1, 2]
        : throw new AsmException(scene.Name, $"has {scene.Info.Bands.Count} bands of type {scene.Info.SampleType}",
            "a scene of three uint8 bands: red, green and blue", "run the project again");

    /// <summary>The longer side of a scene when its pixels are as large as the grid's; only how much is read depends on it.</summary>
    public static int SideOf(GeoGrid scene, GeoGrid grid)
    {
        double metres = Math.Max(scene.Width * scene.PixelWidth, scene.Height * scene.PixelHeight) * (scene.Crs?.MetresPerUnit ?? 1);
        return (int)Math.Clamp(Math.Ceiling(metres / (grid.PixelWidth * (grid.Crs?.MetresPerUnit ?? 1))),
            1, Math.Max(scene.Width, scene.Height));
    }
}
