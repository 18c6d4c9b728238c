using System.Numerics;
using System.Runtime.ExceptionServices;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// Reads a window in parts on the threads of a run: for rasters that are computed when they are read. Disposes the raster with itself.
/// </summary>
/// <param name="source">The raster.</param>
/// <param name="run">Threads and cancellation.</param>
internal sealed class ParallelSource(IRasterSource source, RunOptions run) : IRasterSource
{
    private const int PartPixels = 256;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public RasterInfo Info => source.Info;

    /// <inheritdoc/>
    public long BufferBytes => source.BufferBytes;

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        int[] wanted = bands.ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation };
        // Spans do not cross threads; each part is read into memory of its own and copied afterwards, a row of parts at a time.
        for (int row = window.Row; row < window.Bottom; row += PartPixels)
        {
            int height = Math.Min(PartPixels, window.Bottom - row), top = row;
            PixelWindow[] parts = [.. Enumerable.Range(0, (window.Width + PartPixels - 1) / PartPixels)
                .Select(i =>
                    new PixelWindow(window.Column + i * PartPixels, top, Math.Min(PartPixels, window.Width - i * PartPixels), height))];
            var read = new T[parts.Length][];
            try
            {
                Parallel.For(0, parts.Length, parallel, i =>
                {
                    read[i] = new T[(int)parts[i].PixelCount * wanted.Length];
                    source.Read<T>(parts[i], wanted, read[i]);
                });
            }
            catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
            for (int i = 0; i < parts.Length; i++)
                for (int b = 0; b < wanted.Length; b++)
                    for (int y = 0; y < height; y++)
                        read[i].AsSpan((b * height + y) * parts[i].Width, parts[i].Width)
                            .CopyTo(destination[(b * (int)window.PixelCount
                                + (row - window.Row + y) * window.Width + parts[i].Column - window.Column)..]);
        }
    }

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid) => source.ReadMask(window, valid);

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
