using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Inference.Preflighting;

/// <summary>
/// Reflectances of a spread of small windows: 36 of 64 x 64 pixels at most, however large the scene. Windows start at multiples of their
/// size, so that none of them crosses tiles of a Cloud Optimized GeoTIFF or a Sentinel-2 JPEG 2000; in large scenes four at a time share
/// such a tile, which is decoded once.
/// </summary>
internal sealed class SceneSample
{
    private const int WindowPixels = 64;
    private const int WindowsPerAxis = 6;

    // A granule has tiles of 512 (Cloud Optimized GeoTIFF) to 1,024 pixels. Half of the larger one, a window away from its edges, is within
    // one tile of both, with the pixels around it that interpolation of bands of 20 m takes.
    private const int LargeFrom = 4096, TilePixels = 1024, TilesPerAxis = 3;
    private static readonly int[] InTile = [WindowPixels, 6 * WindowPixels];

    private SceneSample(float[][] bands, BandTexture[] textures, long[] noData, long pixels, ImpossiblePixels impossible) =>
        (Bands, Textures, NoData, Pixels, Impossible) = (bands, textures, noData, pixels, impossible);

    /// <summary>Reflectance by band of the model, of pixels that have data in every band.</summary>
    public float[][] Bands { get; }

    /// <summary>How fine the detail is, by band of the model.</summary>
    public BandTexture[] Textures { get; }

    /// <summary>Pixels without data, by band.</summary>
    public long[] NoData { get; }

    /// <summary>Pixels that were looked at.</summary>
    public long Pixels { get; }

    /// <summary>Pixels with data whose reflectance cannot be.</summary>
    public ImpossiblePixels Impossible { get; }

    /// <summary>Pixels that have data in every band.</summary>
    public int Count => Bands[0].Length;

    /// <summary>Reads the windows, several at a time.</summary>
    public static SceneSample Read(IRasterSource stack, ModelBands bands, RunOptions run)
    {
        GeoGrid grid = stack.Info.Grid;
        PixelWindow[][] tiles = Choose(grid);
        var parts = new Part[tiles.Length][];
        try
        {
            Parallel.For(0, tiles.Length,
                new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation },
                i => parts[i] = [.. tiles[i].Select(window => ReadPart(stack, bands, window))]);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<AsmException>().FirstOrDefault() is { } first)
        {
            throw first;
        }
        Part[] all = [.. parts.SelectMany(p => p)];
        int count = bands.Indices.Length;
        var impossible = new ImpossiblePixels();
        foreach (Part part in all) impossible.Add(part.Impossible);
        return new([.. Enumerable.Range(0, count).Select(b => all.SelectMany(p => p.Bands[b]).ToArray())],
            [.. Enumerable.Range(0, count).Select(b => all.Aggregate(new BandTexture(), (sum, p) => sum + p.Textures[b]))],
            [.. Enumerable.Range(0, count).Select(b => all.Sum(p => p.NoData[b]))], tiles.Sum(t => t.Sum(w => w.PixelCount)), impossible);
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

    private static Part ReadPart(IRasterSource stack, ModelBands bands, PixelWindow window)
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
            Validity.ClearNoData<float>(
                samples.AsSpan(b * count, count), stack.Info.Bands[bands.Indices[b]].NoData, stack.Info.SampleType, own);
            noData[b] = own.AsSpan().Count((byte)0);
            for (int i = 0; i < count; i++) all[i] &= own[i];
        }
        long zeros = Validity.ClearZeros<float>(samples, channels, count, 0, all);
        for (int b = 0; b < channels; b++) noData[b] += zeros;
        var impossible = new ImpossiblePixels();
        impossible.Add<float>(samples, bands.Limits(stack.Info), all);
        var values = new float[channels][];
        var textures = new BandTexture[channels];
        bool isInteger = stack.Info.SampleType is not (SampleType.Float32 or SampleType.Float64);
        int kept = all.AsSpan().Count((byte)1);
        for (int b = 0; b < channels; b++)
        {
            (float scale, float offset) = bands.ToReflectance[b];
            values[b] = new float[kept];
            textures[b] = BandTexture.Of(samples.AsSpan(b * count, count), all, window.Width, isInteger);
            for (int i = 0, at = 0; i < count; i++)
                if (all[i] == 1) values[b][at++] = samples[b * count + i] * scale + offset;
        }
        return new(values, textures, noData, impossible);
    }

    // Windows that are read one after the other.
    private static PixelWindow[][] Choose(GeoGrid grid)
    {
        PixelWindow At(int column, int row) => new PixelWindow(column, row, WindowPixels, WindowPixels).Intersect(grid.FullWindow);
        return Math.Min(grid.Width, grid.Height) < LargeFrom
            ? [.. from row in Starts(grid.Height) from column in Starts(grid.Width) select new[] { At(column, row) }]
            : [.. from row in TileStarts(grid.Height)
                  from column in TileStarts(grid.Width)
                  select (PixelWindow[])[.. from y in InTile from x in InTile select At(column + x, row + y)]];
    }

    // The first, the middle and the last whole tile: data of a granule at the edge of a swath lie in a corner.
    private static IEnumerable<int> TileStarts(int size) =>
        Enumerable.Range(0, TilesPerAxis).Select(i => i * (size / TilePixels - 1) / (TilesPerAxis - 1) * TilePixels);

    private static IEnumerable<int> Starts(int size)
    {
        int count = Math.Min(WindowsPerAxis, (size + WindowPixels - 1) / WindowPixels), last = (size - 1) / WindowPixels;
        return Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * last / (count - 1)) * WindowPixels);
    }

    private sealed record Part(float[][] Bands, BandTexture[] Textures, long[] NoData, ImpossiblePixels Impossible);
}
