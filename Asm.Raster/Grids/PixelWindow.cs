namespace Asm.Raster.Grids;

/// <summary>A rectangle of whole pixels in a grid. It may lie partly outside of the grid; sources say how they treat that.</summary>
/// <param name="Column">The leftmost column.</param>
/// <param name="Row">The topmost row.</param>
/// <param name="Width">Columns, 0 or more.</param>
/// <param name="Height">Rows, 0 or more.</param>
public readonly record struct PixelWindow(int Column, int Row, int Width, int Height)
{
    /// <summary>The first column to the right of the window.</summary>
    public int Right => Column + Width;

    /// <summary>The first row below the window.</summary>
    public int Bottom => Row + Height;

    /// <summary>Pixels in the window; 64 bits, because a granule's 10 bands already exceed half of 32.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>True where the window has no pixel.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The pixels that lie in both windows.</summary>
    public PixelWindow Intersect(PixelWindow other)
    {
        int column = Math.Max(Column, other.Column), row = Math.Max(Row, other.Row);
        int right = Math.Min(Right, other.Right), bottom = Math.Min(Bottom, other.Bottom);
        return right <= column || bottom <= row ? new(column, row, 0, 0) : new(column, row, right - column, bottom - row);
    }

    /// <summary>True where every pixel of <paramref name="other"/> lies in this window.</summary>
    public bool Contains(PixelWindow other) =>
        other.Column >= Column && other.Row >= Row && other.Right <= Right && other.Bottom <= Bottom;

    /// <summary>The window with <paramref name="margin"/> pixels more on every side.</summary>
    public PixelWindow Expand(int margin) => new(Column - margin, Row - margin, Width + 2 * margin, Height + 2 * margin);
}
