using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Reporting.Run;

/// <summary>
/// A scene in true colour, small enough for a report: three bands of uint8 (red, green, blue; 0 no data) on the scene's grid,
/// coarsened by a whole factor.
/// </summary>
/// <remarks>
/// A pixel is the mean of the scene's pixels with data that are no cloud. Clouds are no data, so that another date shows through
/// where dates lie on each other.
/// </remarks>
internal static class SceneThumbnail
{
    /// <summary>Reflectance that is full brightness: land fills the range.</summary>
    private const float FullReflectance = 0.28f;

    private const long StripBytes = 32L << 20;

    private static readonly string[] TrueColour = ["B04", "B03", "B02"];

    /// <summary>True where a scene has the bands of true colour.</summary>
    public static bool IsPossible(IRasterSource scene) => BandMatch.FindNamed(scene.Info, TrueColour) is not null;

    /// <summary>Writes the thumbnail.</summary>
    /// <param name="scene">Reflectance with bands B02, B03 and B04.</param>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <param name="longestSide">Pixels of the longer side at most.</param>
    /// <param name="cloudReflectance">A pixel whose three bands are all above it is cloud; null: none is.</param>
    /// <param name="metadata">The provenance.</param>
    /// <param name="run">Threads, progress and cancellation.</param>
    public static void Write(IRasterSource scene, string path, int longestSide,
        double? cloudReflectance, IReadOnlyDictionary<string, string> metadata, RunOptions run)
    {
        GeoGrid grid = scene.Info.Grid;
        int factor = (Math.Max(grid.Width, grid.Height) + longestSide - 1) / longestSide;
        int[] bands = BandMatch.Find(scene.Info, TrueColour, scene.Name);
        (float scale, float offset) = StackBands.ToReflectanceOf(scene.Info, bands[0]);
        float cloud = cloudReflectance is { } limit ? (float)limit : float.PositiveInfinity;
        GeoGrid small = grid.Coarsen(factor);
        var info = new RasterInfo
        {
            Grid = small,
            SampleType = SampleType.UInt8,
            Bands = [new() { Name = "red", NoData = 0 }, new() { Name = "green", NoData = 0 }, new() { Name = "blue", NoData = 0 }],
            Metadata = metadata,
        };
        using IRasterSink sink = run.Create(path, info, new() { Overwrite = true });
        int rows = Math.Clamp((int)(StripBytes / (13L * grid.Width * factor)), 1, small.Height);
        var samples = new float[3L * Math.Min(rows * factor, grid.Height) * grid.Width];
        var valid = new byte[samples.Length / 3];
        var colours = new byte[3 * rows * small.Width];
        for (int row = 0; row < small.Height; row += rows)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(rows, small.Height - row);
            var window = new PixelWindow(0, row * factor, grid.Width, Math.Min(count * factor, grid.Height - row * factor));
            int pixels = (int)window.PixelCount;
            scene.ReadWithValidity<float>(window, bands, samples.AsSpan(0, 3 * pixels), valid.AsSpan(0, pixels));
            SharedWork.For(0, count, run, r => Row(r, count));
            sink.WriteRows<byte>(count, colours.AsSpan(0, 3 * count * small.Width));
            run.Progress?.Report(new("scene", row + count, small.Height));

            void Row(int r, int height)
            {
                Span<float> sums = stackalloc float[3];
                for (int column = 0; column < small.Width; column++)
                {
                    sums.Clear();
                    int seen = 0;
                    for (int y = r * factor; y < Math.Min((r + 1) * factor, window.Height); y++)
                        for (int at = y * grid.Width + column * factor,
                            end = y * grid.Width + Math.Min((column + 1) * factor, grid.Width); at < end; at++)
                        {
                            if (valid[at] == 0) continue;
                            float red = samples[at] * scale + offset, green = samples[at + pixels] * scale + offset,
                                blue = samples[at + 2 * pixels] * scale + offset;
                            if (red > cloud && green > cloud && blue > cloud) continue;
                            (sums[0], sums[1], sums[2]) = (sums[0] + red, sums[1] + green, sums[2] + blue);
                            seen++;
                        }
                    for (int band = 0; band < 3; band++)
                        colours[(band * height + r) * small.Width + column] = seen == 0
                            ? (byte)0
                            : (byte)Math.Clamp(1 + 254 * sums[band] / seen / FullReflectance, 1, 255);
                }
            }
        }
        sink.Complete();
    }
}
