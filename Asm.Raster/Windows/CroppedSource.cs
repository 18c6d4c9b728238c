using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Raster.Windows;

/// <summary>A part of a raster, with the same pixels.</summary>
public sealed class CroppedSource : IRasterSource
{
    private readonly IRasterSource _source;
    private readonly PixelWindow _part;

    /// <summary>Crops a raster.</summary>
    /// <param name="source">The raster; disposed together with this one.</param>
    /// <param name="part">The pixels that are left.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is empty, or not wholly inside of the raster.</exception>
    public CroppedSource(IRasterSource source, PixelWindow part)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (part.IsEmpty || !source.Info.Grid.FullWindow.Contains(part))
            throw new ArgumentOutOfRangeException(nameof(part), part,
                $"not inside of {source.Info.Grid.Width} x {source.Info.Grid.Height}");
        (_source, _part) = (source, part);
        Info = source.Info with { Grid = source.Info.Grid.Crop(part) };
    }

    /// <inheritdoc/>
    public string Name => _source.Name;

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes => _source.BufferBytes;

    /// <summary>The pixels of a grid that meet a rectangle; empty where none does.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="bounds">
    /// The rectangle, in the CRS of the grid. Its edges may run a thousandth of a pixel into the next one without taking it in.
    /// </param>
    public static PixelWindow Covering(GeoGrid grid, MapBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(grid);
        const double slack = 1e-3;
        MapBounds inside = bounds.Intersect(grid.Bounds);
        if (inside.IsEmpty) return default;
        ((double left, double top), (double right, double bottom)) =
            (grid.ToPixel(new(inside.West, inside.North)), grid.ToPixel(new(inside.East, inside.South)));
        int column = (int)Math.Max(0, Math.Floor(left + slack)), row = (int)Math.Max(0, Math.Floor(top + slack));
        return new PixelWindow(column, row, (int)Math.Ceiling(right - slack) - column, (int)Math.Ceiling(bottom - slack) - row)
            .Intersect(grid.FullWindow);
    }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T> =>
        _source.Read(InSource(window), bands, destination);

    /// <inheritdoc/>
    public void ReadMask(PixelWindow window, Span<byte> valid) => _source.ReadMask(InSource(window), valid);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private PixelWindow InSource(PixelWindow window) => Info.Grid.FullWindow.Contains(window)
        ? window with { Column = window.Column + _part.Column, Row = window.Row + _part.Row }
        : throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
}
