using Asm.Raster.Grids;

namespace Asm.Simulation;

/// <summary>Cuts a window into tiles that fit the processor's cache.</summary>
internal static class Tiles
{
    private const int Size = 256;

    /// <summary>The tiles of a window, in the scene's coordinates.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The window is not inside of the grid.</exception>
    public static IEnumerable<PixelWindow> Of(PixelWindow window, GeoGrid grid)
    {
        if (!grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {grid.Width} x {grid.Height}");
        return Cut(window);
    }

    /// <summary>The same pixels in the plane of the landscape.</summary>
    public static PixelWindow OnPlane(this PixelWindow window, SimulationOptions options) =>
        window with { Column = window.Column + options.Offset.Column, Row = window.Row + options.Offset.Row };

    private static IEnumerable<PixelWindow> Cut(PixelWindow window)
    {
        for (int row = window.Row; row < window.Bottom; row += Size)
            for (int column = window.Column; column < window.Right; column += Size)
                yield return new(column, row, Math.Min(Size, window.Right - column), Math.Min(Size, window.Bottom - row));
    }
}
