using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Resampling;

/// <summary>A raster seen on another grid: its samples are reprojected window by window, as they are asked for.</summary>
/// <remarks>
/// <para>
/// A pixel has data exactly where its centre lies in a source pixel with data; samples without data never enter a value, and beyond the
/// source there is none. Each band has its own nodata; a mask beside the source's samples becomes nodata.
/// </para>
/// <para>
/// The kernels are those of enlarging or of equal size: to make pixels much larger, start from an overview of
/// about the target's pixel size.
/// </para>
/// <para>
/// Positions are interpolated with an error of at most 0.01 source pixel. Memory of a read is bounded whatever the scale between the grids.
/// </para>
/// </remarks>
public sealed class WarpedSource : IRasterSource
{
    private const int TileSize = 256;

    // 32 MiB of samples at a time; a part of a tile that needs more of the source is split.
    private const long MaxSourceSamples = 4L << 20;

    private readonly IRasterSource _source;
    private readonly ResamplingMethod _method;
    private readonly WarpMap _map;

    /// <summary>Sees a raster on another grid.</summary>
    /// <param name="source">The raster; disposed of with this one.</param>
    /// <param name="target">The grid wanted.</param>
    /// <param name="method">How samples are found.</param>
    /// <param name="noData">The sample that means no data in the result; null takes each band's own.</param>
    /// <exception cref="AsmException">
    /// A grid has no CRS, there is no transform between the two, or there is no nodata that the sample type can hold.
    /// </exception>
    public WarpedSource(IRasterSource source, GeoGrid target, ResamplingMethod method, double? noData = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        RasterInfo info = source.Info;
        info.Grid.RequireCrs(source.Name);
        if (target.Crs is null)
            throw new AsmException($"target grid of {source.Name}", "has no CRS",
                "a grid with a CRS", "give the target's CRS", AsmErrorCode.Crs);
        (_source, _method) = (source, method);
        _map = new(info.Grid, target);
        Info = info with
        {
            Grid = target,
            Bands = [.. info.Bands.Select(band => band with { NoData = RequireNoData(source, band, noData) })]
        };
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
        GeoGrid grid = Info.Grid;

        // Tiles start at the grid's corner, not the window's: a sample does not depend on the window that it is read with.
        for (int row = window.Row / TileSize * TileSize; row < window.Bottom; row += TileSize)
            for (int column = window.Column / TileSize * TileSize; column < window.Right; column += TileSize)
            {
                PixelWindow tile = new PixelWindow(column, row, TileSize, TileSize).Intersect(grid.FullWindow),
                    chunk = tile.Intersect(window);
                WarpMap.Position[] positions = ArrayPool<WarpMap.Position>.Shared.Rent((int)chunk.PixelCount);
                try
                {
                    _map.Fill(tile, chunk, positions);
                    ReadPart(window, chunk, chunk, positions, bands, destination);
                }
                finally
                {
                    ArrayPool<WarpMap.Position>.Shared.Return(positions);
                }
            }
    }

    /// <summary>Releases the raster underneath.</summary>
    public void Dispose() => _source.Dispose();

    private void ReadPart<T>(PixelWindow window, PixelWindow chunk, PixelWindow part,
        ReadOnlySpan<WarpMap.Position> positions, ReadOnlySpan<int> bands, Span<T> destination)
        where T : unmanaged, INumber<T>
    {
        PixelWindow needed = NeededSource(chunk, part, positions);
        if (needed.PixelCount * bands.Length > MaxSourceSamples && part.PixelCount > 1)
        {
            PixelWindow first = part.Width >= part.Height ? part with { Width = part.Width / 2 } : part with { Height = part.Height / 2 };
            PixelWindow second = part.Width >= part.Height
                ? part with { Column = first.Right, Width = part.Width - first.Width }
                : part with { Row = first.Bottom, Height = part.Height - first.Height };
            ReadPart(window, chunk, first, positions, bands, destination);
            ReadPart(window, chunk, second, positions, bands, destination);
            return;
        }
        int count = checked((int)needed.PixelCount);
        double[] samples = ArrayPool<double>.Shared.Rent(Math.Max(1, count * bands.Length)),
            line = ArrayPool<double>.Shared.Rent(part.Width);
        byte[] mask = ArrayPool<byte>.Shared.Rent(Math.Max(1, count)), valid = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        try
        {
            if (count > 0)
            {
                _source.Read(needed, bands, samples.AsSpan(0, count * bands.Length));
                _source.ReadMask(needed, mask.AsSpan(0, count));
                // Before the kernels: 0 that means nothing would else be mixed into the values beside it.
                Validity.ClearZeros<double>(samples, bands.Length, count, 0, mask.AsSpan(0, count));
            }
            for (int b = 0; b < bands.Length; b++)
            {
                ReadOnlySpan<double> band = samples.AsSpan(b * count, count);
                mask.AsSpan(0, count).CopyTo(valid);
                Validity.ClearNoData(band, _source.Info.Bands[bands[b]].NoData, Info.SampleType, valid.AsSpan(0, count));
                var kernel = new WarpKernel(band, valid.AsSpan(0, count), needed);
                double noData = Info.Bands[bands[b]].NoData!.Value;
                for (int row = part.Row; row < part.Bottom; row++)
                {
                    int at = (row - chunk.Row) * chunk.Width + part.Column - chunk.Column;
                    for (int x = 0; x < part.Width; x++)
                        line[x] = WarpSamples.ToStored(kernel.At(positions[at + x], _method), noData, Info.SampleType, _method);
                    int to = checked((int)(b * window.PixelCount + (long)(row - window.Row) * window.Width + part.Column - window.Column));
                    SampleTypes.Convert<double, T>(line.AsSpan(0, part.Width), destination.Slice(to, part.Width));
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(samples);
            ArrayPool<double>.Shared.Return(line);
            ArrayPool<byte>.Shared.Return(mask);
            ArrayPool<byte>.Shared.Return(valid);
        }
    }

    /// <summary>The source pixels that the kernel may look at for some target pixels; empty where all lie outside.</summary>
    private PixelWindow NeededSource(PixelWindow chunk, PixelWindow part, ReadOnlySpan<WarpMap.Position> positions)
    {
        GeoGrid grid = _source.Info.Grid;
        double left = double.PositiveInfinity, top = double.PositiveInfinity,
            right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        for (int row = part.Row; row < part.Bottom; row++)
            foreach (WarpMap.Position position in positions.Slice((row - chunk.Row) * chunk.Width + part.Column - chunk.Column, part.Width))
                if (position.Column >= 0 && position.Row >= 0 && position.Column < grid.Width && position.Row < grid.Height)
                {
                    (left, right) = (Math.Min(left, position.Column), Math.Max(right, position.Column));
                    (top, bottom) = (Math.Min(top, position.Row), Math.Max(bottom, position.Row));
                }
        if (left > right) return default;
        return new PixelWindow((int)left, (int)top, (int)right - (int)left + 1, (int)bottom - (int)top + 1)
            .Expand(WarpKernel.Margin(_method)).Intersect(grid.FullWindow);
    }

    private static double RequireNoData(IRasterSource source, BandInfo band, double? noData)
    {
        SampleType type = source.Info.SampleType;
        double value = WarpSamples.Stored(noData ?? band.NoData, type)
            ?? throw new AsmException(source.Name, $"its band '{band.Name}' has no nodata value",
                "one, for pixels that lie outside of the raster", "give the nodata value of the result");
        return WarpSamples.CanHold(type, value)
            ? value
            : throw new AsmException(source.Name, $"its samples are {type}, which cannot be {value}",
                "a nodata value that the samples can have", "give another nodata value");
    }
}
