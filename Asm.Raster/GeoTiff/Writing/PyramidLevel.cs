using Asm.Raster.Windows;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>One resolution of a raster: its size, its tiles, and where their compressed bytes lie in the spool.</summary>
internal sealed class PyramidLevel(int width, int height, int bands, int tileSize)
{
    private readonly (long Offset, int Length)[] _tiles =
        new (long, int)[checked(bands * DivideUp(width, tileSize) * DivideUp(height, tileSize))];

    /// <summary>Columns of pixels.</summary>
    public int Width => width;

    /// <summary>Rows of pixels.</summary>
    public int Height => height;

    /// <summary>Tiles across.</summary>
    public int TileColumns { get; } = DivideUp(width, tileSize);

    /// <summary>Tiles down.</summary>
    public int TileRows { get; } = DivideUp(height, tileSize);

    /// <summary>Tiles of all bands.</summary>
    public int TileCount => _tiles.Length;

    /// <summary>The position of a tile in the order of TIFF's planar configuration 2: band after band, row after row.</summary>
    public int IndexOf(int band, int row, int column) => (band * TileRows + row) * TileColumns + column;

    /// <summary>Where a tile's bytes lie in the spool.</summary>
    public ref (long Offset, int Length) this[int index] => ref _tiles[index];

    /// <summary>Pixels of a tile that the raster covers.</summary>
    public (int Width, int Height) Covered(int row, int column) =>
        (Math.Min(tileSize, width - column * tileSize), Math.Min(tileSize, height - row * tileSize));

    /// <summary>The order in which tiles lie in the file: the bands of one place side by side, because they are read together.</summary>
    public IEnumerable<int> FileOrder()
    {
        for (int row = 0; row < TileRows; row++)
            for (int column = 0; column < TileColumns; column++)
                for (int band = 0; band < bands; band++)
                    yield return IndexOf(band, row, column);
    }

    /// <summary>The full resolution and its overviews: halved until both sides fit in one tile.</summary>
    public static IReadOnlyList<PyramidLevel> Plan(RasterInfo info, int tileSize, bool overviews)
    {
        var levels = new List<PyramidLevel>();
        (int width, int height) = (info.Grid.Width, info.Grid.Height);
        while (true)
        {
            levels.Add(new(width, height, info.Bands.Count, tileSize));
            if (!overviews || Math.Max(width, height) <= tileSize) return levels;
            (width, height) = ((width + 1) / 2, (height + 1) / 2);
        }
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
