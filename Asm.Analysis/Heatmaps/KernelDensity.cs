using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>
/// Kernel density of pixels of a map: for each cell centre the sum of the kernel over all pixels that are counted, in pixels per km²
/// (Silverman 1986, Density Estimation, 4.2.1, without the division by the number of pixels). Pixels are points at their centres. What lies
/// outside of the map or has no data is not counted, and there is no correction for it: near a border densities are too low.
/// </summary>
public static class KernelDensity
{
    /// <summary>Rows of pixels to read at a time; more make nothing faster.</summary>
    private const int StripPixels = 512;

    /// <summary>Blocks of pixels, and strips of results, that are held at a time: one at work in either of two steps.</summary>
    private const int Held = 2;

    /// <summary>The grid of the cells: from the map's top-left corner on, so many that they cover the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">Kernel, bandwidth and cell size.</param>
    /// <exception cref="AsmException">The map is not in metres, its pixels are no squares, or the options do not fit it.</exception>
    public static GeoGrid CellsOf(IRasterSource map, HeatmapOptions options)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(options);
        return HeatmapGeometry.Of(map, options).Cells;
    }

    /// <summary>Computes the density of the pixels with some codes, and completes the sink, or disposes it where anything fails.</summary>
    /// <param name="map">A map of codes 0 to 255 in its first band.</param>
    /// <param name="codes">The codes that are counted; on a change map those of what is new.</param>
    /// <param name="sink">One float32 band on the grid that <see cref="CellsOf"/> tells; every cell gets a density.</param>
    /// <param name="options">Kernel, bandwidth and cell size.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <remarks>
    /// Quartic and uniform densities are exact but for the rounding to float32: sums of whole numbers are whole numbers, however many there
    /// are. Memory grows with width x bandwidth, not with the height.
    /// </remarks>
    /// <exception cref="AsmException">
    /// The map is not in metres, the options do not fit it, the memory is too little, or a raster cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static HeatmapSummary Run(IRasterSource map, IReadOnlyList<byte> codes,
        IRasterSink sink, HeatmapOptions options, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return Compute(map, codes, sink, HeatmapGeometry.Of(map, options), options.Kernel, run ?? new());
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    private static HeatmapSummary Compute(IRasterSource map, IReadOnlyList<byte> codes,
        IRasterSink sink, HeatmapGeometry geometry, HeatmapKernel kernel, RunOptions run)
    {
        geometry.Cells.RequireSame(sink.Info.Grid, "the density", "the output");
        IHeatmapPass pass = kernel == HeatmapKernel.Gaussian ? new GaussianPass(geometry) : new DiscPass(geometry, kernel);
        int reach = Math.Max(pass.ReachRows, (geometry.Factor + 1) / 2), cellRows = PlanRows(map, sink, geometry, pass, reach, run);
        var reader = new EventReader(map, codes, geometry, reach, cellRows);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation };
        var free = new System.Collections.Concurrent.ConcurrentBag<float[]>();
        (double highest, double sum) = (0, 0);
        Pipeline.Run(reader.Read(), block =>
        {
            float[] densities = free.TryTake(out float[]? used) ? used : new float[cellRows * geometry.Cells.Width];
            pass.Compute(block, densities, parallel);
            reader.Release(block);
            return (block.FirstCellRow, block.CellRows, Densities: densities);
        }, strip =>
        {
            Span<float> densities = strip.Densities.AsSpan(0, strip.CellRows * geometry.Cells.Width);
            for (int row = 0; row < strip.CellRows; row++)
            {
                double rowSum = 0;
                foreach (float density in densities.Slice(row * geometry.Cells.Width, geometry.Cells.Width))
                {
                    rowSum += density;
                    highest = Math.Max(highest, density);
                }
                sum += rowSum;
            }
            sink.WriteRows<float>(strip.CellRows, densities);
            free.Add(strip.Densities);
            run.Progress?.Report(new("density", strip.FirstCellRow + strip.CellRows, geometry.Cells.Height));
        }, 0, run.Cancellation);
        sink.Complete();
        double cellKm2 = Math.Pow(geometry.Factor * geometry.PixelMetres / 1000, 2);
        return new(reader.Pixels, highest, sum * cellKm2);
    }

    /// <summary>Rows of cells of a strip: as many as fill it with pixels, fewer where the memory asks for it.</summary>
    private static int PlanRows(IRasterSource map, IRasterSink sink, HeatmapGeometry geometry, IHeatmapPass pass, int reach, RunOptions run)
    {
        long own = map.BufferBytes + sink.BufferBytes;
        for (int rows = Math.Clamp(StripPixels / geometry.Factor, 1, geometry.Cells.Height); ; rows /= 2)
        {
            // The reader has an array more, for validity, and the rows that blocks share.
            long need = own + (Held + 2L) * EventReader.RowsOf(geometry, reach, rows) * geometry.Map.Width
                + Held * 4L * rows * geometry.Cells.Width + pass.BytesFor(rows, run.Threads);
            if (need <= run.MaxMemoryBytes && (long)EventReader.RowsOf(geometry, reach, rows) * geometry.Map.Width <= Array.MaxLength)
                return rows;
            if (rows > 1) continue;
            throw run.TooLittleMemory($"density: a map {geometry.Map.Width} pixels wide with a reach of {reach} pixels", need,
                ", or a smaller `bandwidth`");
        }
    }
}
