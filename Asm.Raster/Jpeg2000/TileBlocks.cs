using Asm.Raster.Grids;

namespace Asm.Raster.Jpeg2000;

/// <summary>
/// The blocks in which a codestream is decoded: its tiles, or pieces of tiles that are too large to hold whole. Blocks are numbered
/// row by row over the image.
/// </summary>
internal sealed class TileBlocks
{
    /// <summary>Larger tiles are decoded in pieces of half of this; an untiled granule would take half a gigabyte.</summary>
    public const int LargestBlock = 2048;

    private readonly Codestream _codestream;
    private readonly int[] _columns, _rows;
    private readonly int _perTileX, _perTileY;

    public TileBlocks(Codestream codestream)
    {
        _codestream = codestream;
        PixelWindow image = codestream.Image;
        (_columns, _perTileX) = Starts(codestream.TileLeft, codestream.TileWidth, image.Column, image.Right);
        (_rows, _perTileY) = Starts(codestream.TileTop, codestream.TileHeight, image.Row, image.Bottom);
    }

    /// <summary>Blocks in a row.</summary>
    public int Across => _columns.Length - 1;

    /// <summary>The largest number of pixels in a row of blocks.</summary>
    public long LargestRowPixels
    {
        get
        {
            int height = 0;
            for (int i = 1; i < _rows.Length; i++) height = Math.Max(height, _rows[i] - _rows[i - 1]);
            return (long)height * _codestream.Image.Width;
        }
    }

    /// <summary>The number of pixels of the largest block.</summary>
    public long LargestBlockPixels => (long)Math.Min(_codestream.TileWidth, LargestBlock) * Math.Min(_codestream.TileHeight, LargestBlock);

    /// <summary>The block that a pixel of the image lies in, its column in the row of blocks and its row.</summary>
    public (int Column, int Row) At(int column, int row) =>
        (IndexOf(_columns, column + _codestream.Image.Column), IndexOf(_rows, row + _codestream.Image.Row));

    /// <summary>The pixels of the image in a block; the first pixel of the image is (0, 0).</summary>
    public PixelWindow Extent(int column, int row)
    {
        PixelWindow image = _codestream.Image;
        return new(_columns[column] - image.Column, _rows[row] - image.Row,
            _columns[column + 1] - _columns[column], _rows[row + 1] - _rows[row]);
    }

    /// <summary>The tile that a block is of.</summary>
    public int Tile(int column, int row) =>
        (_rows[row] - _codestream.TileTop) / _codestream.TileHeight * _codestream.TilesAcross
        + (_columns[column] - _codestream.TileLeft) / _codestream.TileWidth;

    /// <summary>Pieces that a tile is cut into.</summary>
    public int PerTile => _perTileX * _perTileY;

    /// <summary>Where blocks start along one axis of the reference grid, and the end.</summary>
    private static (int[] Starts, int PerTile) Starts(int tileStart, int tileSize, int imageStart, int imageEnd)
    {
        int piece = tileSize > LargestBlock ? LargestBlock / 2 : tileSize;
        var starts = new List<int> { imageStart };
        for (long tile = tileStart; tile < imageEnd; tile += tileSize)
            for (long at = tile; at < Math.Min(tile + tileSize, imageEnd); at += piece)
                if (at > imageStart) starts.Add((int)at);
        starts.Add(imageEnd);
        return ([.. starts], (tileSize + piece - 1) / piece);
    }

    private static int IndexOf(int[] starts, int at)
    {
        int found = Array.BinarySearch(starts, at);
        return found >= 0 ? found : ~found - 1;
    }
}
