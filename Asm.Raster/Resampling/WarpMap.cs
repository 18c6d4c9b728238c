using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Raster.Resampling;

/// <summary>
/// Where the centres of target pixels lie in a source grid. Exact positions are computed at the corners of rectangles and interpolated
/// bilinearly between them; a rectangle in which that is off by more than <see cref="MaxErrorPixels"/> is split into four.
/// </summary>
/// <remarks>
/// The error is measured at the middle of the rectangle and of its four sides, which is where bilinear interpolation of a smooth map errs
/// most. One UTM zone to the next takes about ten exact positions for a rectangle of 256 x 256 pixels of 10 m. The idea is that of GDAL's
/// approximating transformer.
/// </remarks>
internal sealed class WarpMap
{
    /// <summary>The largest error of an interpolated position, in source pixels.</summary>
    public const double MaxErrorPixels = 0.01;

    // Below this many pixels the nine exact positions of the check cost more than they save.
    private const int SmallestSplit = 16;

    private static readonly Position None = new(double.NaN, double.NaN);

    private readonly GeoGrid _source, _target;
    private readonly CoordinateTransform _transform;
    private readonly double _sourceCentreX;
    private readonly bool _sourceWraps;

    /// <summary>The map between two grids; both must have a CRS.</summary>
    /// <exception cref="AsmException">There is no transform between the two systems.</exception>
    public WarpMap(GeoGrid source, GeoGrid target)
    {
        (_source, _target) = (source, target);
        _transform = CoordinateTransform.Between(target.Crs!, source.Crs!);
        _sourceWraps = source.Crs!.IsGeographic;
        _sourceCentreX = (source.Bounds.West + source.Bounds.East) / 2;
    }

    /// <summary>
    /// A fractional pixel position in the source: (0, 0) is the outer corner, (0.5, 0.5) the centre of the first
    /// pixel; NaN where there is none.
    /// </summary>
    public readonly record struct Position(double Column, double Row)
    {
        public static Position operator +(Position a, Position b) => new(a.Column + b.Column, a.Row + b.Row);

        public static Position operator -(Position a, Position b) => new(a.Column - b.Column, a.Row - b.Row);

        public static Position operator *(Position a, double factor) => new(a.Column * factor, a.Row * factor);
    }

    /// <summary>
    /// Source positions of the centres of some target pixels. A pixel's position does not depend on which others are asked for with it.
    /// </summary>
    /// <param name="tile">The rectangle to start from; the same one for a pixel every time.</param>
    /// <param name="wanted">The pixels wanted, all in the tile.</param>
    /// <param name="positions">Receives positions, row after row of <paramref name="wanted"/>.</param>
    public void Fill(PixelWindow tile, PixelWindow wanted, Span<Position> positions)
    {
        PixelWindow inside = tile.Intersect(wanted);
        if (inside.IsEmpty) return;
        if (tile.PixelCount <= SmallestSplit)
        {
            for (int row = inside.Row; row < inside.Bottom; row++)
                for (int column = inside.Column; column < inside.Right; column++)
                    positions[Index(wanted, column, row)] = Exact(column, row);
            return;
        }
        double lastColumn = tile.Right - 1, lastRow = tile.Bottom - 1,
            middleColumn = (tile.Column + lastColumn) / 2, middleRow = (tile.Row + lastRow) / 2;
        Position northWest = Exact(tile.Column, tile.Row), northEast = Exact(lastColumn, tile.Row),
            southWest = Exact(tile.Column, lastRow), southEast = Exact(lastColumn, lastRow);
        Position north = Exact(middleColumn, tile.Row), south = Exact(middleColumn, lastRow),
            west = Exact(tile.Column, middleRow), east = Exact(lastColumn, middleRow);
        Position centre = Exact(middleColumn, middleRow);

        // Written so that NaN fails it.
        bool isLinear = Error(north, northWest, northEast) <= MaxErrorPixels && Error(south, southWest, southEast) <= MaxErrorPixels
            && Error(west, northWest, southWest) <= MaxErrorPixels && Error(east, northEast, southEast) <= MaxErrorPixels
            && Error(centre, (northWest + southEast) * 0.5, (northEast + southWest) * 0.5) <= MaxErrorPixels;
        if (isLinear)
        {
            double perRow = 1.0 / Math.Max(1, tile.Height - 1), perColumn = 1.0 / Math.Max(1, tile.Width - 1);
            for (int row = inside.Row; row < inside.Bottom; row++)
            {
                double down = (row - tile.Row) * perRow;
                Position left = northWest + (southWest - northWest) * down,
                    step = (northEast + (southEast - northEast) * down - left) * perColumn;
                Span<Position> line = positions.Slice(Index(wanted, inside.Column, row), inside.Width);
                for (int x = 0; x < line.Length; x++) line[x] = left + step * (inside.Column - tile.Column + x);
            }
            return;
        }

        // Far outside of a projection there is nothing to find between nine places without a position.
        if (((ReadOnlySpan<Position>)[northWest, northEast, southWest, southEast,
            north, south, west, east, centre]).IndexOfAnyExcept(None) < 0)
        {
            for (int row = inside.Row; row < inside.Bottom; row++)
                positions.Slice(Index(wanted, inside.Column, row), inside.Width).Fill(None);
            return;
        }
        int halfWidth = (tile.Width + 1) / 2, halfHeight = (tile.Height + 1) / 2;
        Fill(new(tile.Column, tile.Row, halfWidth, halfHeight), wanted, positions);
        Fill(new(tile.Column + halfWidth, tile.Row, tile.Width - halfWidth, halfHeight), wanted, positions);
        Fill(new(tile.Column, tile.Row + halfHeight, halfWidth, tile.Height - halfHeight), wanted, positions);
        Fill(new(tile.Column + halfWidth, tile.Row + halfHeight, tile.Width - halfWidth, tile.Height - halfHeight), wanted, positions);
    }

    private static int Index(PixelWindow window, int column, int row) => (row - window.Row) * window.Width + column - window.Column;

    /// <summary>How far a position is from the middle of two others, in pixels along the worse axis.</summary>
    private static double Error(Position middle, Position a, Position b)
    {
        Position error = middle - (a + b) * 0.5;
        return Math.Max(Math.Abs(error.Column), Math.Abs(error.Row));
    }

    private Position Exact(double column, double row)
    {
        MapPoint point = _transform.Transform(_target.ToMap(column + 0.5, row + 0.5));

        // 181 degrees east is 179 degrees west: whichever is nearer to the source.
        if (_sourceWraps) point = point with { X = point.X - 360 * Math.Round((point.X - _sourceCentreX) / 360) };
        (double sourceColumn, double sourceRow) = _source.ToPixel(point);
        return new(sourceColumn, sourceRow);
    }
}
