using Asm.Inference.Prediction;
using Asm.Raster;

namespace Asm.Inference.Preflighting;

/// <summary>
/// Reflectances of a spread of small windows: 36 of 64 x 64 pixels at most, however large the scene. Windows start at multiples of their size, so that none of them
/// crosses tiles of a Cloud Optimized GeoTIFF or a Sentinel-2 JPEG 2000.
/// </summary>
internal sealed class SceneSample
{
    private const int WindowPixels = 64;
    private const int WindowsPerAxis = 6;

    private SceneSample(float[][] bands, long[] noData, long pixels) => (Bands, NoData, Pixels) = (bands, noData, pixels);

    /// <summary>Reflectance by band of the model, of pixels that have data in every band.</summary>
    public float[][] Bands { get; }

    /// <summary>Pixels without data, by band.</summary>
    public long[] NoData { get; }

    /// <summary>Pixels that were looked at.</summary>
    public long Pixels { get; }

    /// <summary>Pixels that have data in every band.</summary>
    public int Count => Bands[0].Length;

    /// <summary>Reads the windows, several at a time.</summary>
    public static SceneSample Read(IRasterSource stack, StackBands bands, RunOptions run)
    {
        GeoGrid grid = stack.Info.Grid;
        PixelWindow[] windows = [.. from row in Starts(grid.Height)
                                    from column in Starts(grid.Width)
                                    select new PixelWindow(column, row, WindowPixels, WindowPixels).Intersect(grid.FullWindow)];
        var parts = new Part[windows.Length];
        try
        {
            Parallel.For(0, windows.Length, new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation }, i => parts[i] = ReadPart(stack, bands, windows[i]));
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<AsmException>().FirstOrDefault() is { } first)
        {
            throw first;
        }
        int count = bands.Indices.Length;
        var values = new float[count][];
        for (int b = 0; b < count; b++)
        {
            values[b] = new float[parts.Sum(p => p.Bands[b].Length)];
            int at = 0;
            foreach (Part part in parts)
            {
                part.Bands[b].CopyTo(values[b], at);
                at += part.Bands[b].Length;
            }
        }
        return new(values, [.. Enumerable.Range(0, count).Select(b => parts.Sum(p => p.NoData[b]))], windows.Sum(w => w.PixelCount));
    }

    /// <summary>True where the band has data anywhere; reads until a pixel is found, to the end of the scene if there is none.</summary>
    public static bool HasData(IRasterSource stack, int band, RunOptions run)
    {
        GeoGrid grid = stack.Info.Grid;
        int rows = StackReader<float>.BlockRows;
        var valid = new byte[Math.Min(rows, grid.Height) * (long)Math.Min(rows, grid.Width)];
        var samples = new float[valid.Length];
        for (int row = 0; row < grid.Height; row += rows)
            for (int column = 0; column < grid.Width; column += rows)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                PixelWindow window = new PixelWindow(column, row, rows, rows).Intersect(grid.FullWindow);
                int count = (int)window.PixelCount;
                stack.ReadWithValidity<float>(window, [band], samples.AsSpan(0, count), valid.AsSpan(0, count));
                if (valid.AsSpan(0, count).Contains((byte)1)) return true;
            }
        return false;
    }

    private static Part ReadPart(IRasterSource stack, StackBands bands, PixelWindow window)
    {
        int count = (int)window.PixelCount, channels = bands.Indices.Length;
        var samples = new float[channels * count];
        byte[] mask = new byte[count], own = new byte[count], all = new byte[count];
        stack.Read<float>(window, bands.Indices, samples);
        stack.ReadMask(window, mask);
        mask.CopyTo(all, 0);
        var noData = new long[channels];
        for (int b = 0; b < channels; b++)
        {
            mask.CopyTo(own, 0);
            Validity.ClearNoData<float>(samples.AsSpan(b * count, count), stack.Info.Bands[bands.Indices[b]].NoData, own);
            noData[b] = own.AsSpan().Count((byte)0);
            for (int i = 0; i < count; i++) all[i] &= own[i];
        }
        var values = new float[channels][];
        int kept = all.AsSpan().Count((byte)1);
        for (int b = 0; b < channels; b++)
        {
            (float scale, float offset) = bands.ToReflectance[b];
            values[b] = new float[kept];
            for (int i = 0, at = 0; i < count; i++)
                if (all[i] == 1) values[b][at++] = samples[b * count + i] * scale + offset;
        }
        return new(values, noData);
    }

    private static IEnumerable<int> Starts(int size)
    {
        int count = Math.Min(WindowsPerAxis, (size + WindowPixels - 1) / WindowPixels), last = (size - 1) / WindowPixels;
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * last / (count - 1)) * WindowPixels);
    }

    private sealed record Part(float[][] Bands, long[] NoData);
}
