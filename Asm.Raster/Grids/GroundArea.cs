using System.Runtime.CompilerServices;
using Asm.Raster.Projections;

namespace Asm.Raster.Grids;

/// <summary>The true area of pixels on the ellipsoid of their CRS. Immutable, and safe for concurrent calls.</summary>
/// <remarks>
/// <para>
/// A pixel of W x H units has the area W H M N cos(latitude) |J|: M and N are the radii of curvature along and across the meridian (Snyder
/// 1987, "Map projections: a working manual", eq. 4-18 and 4-20), J the derivative of longitude and latitude by the coordinates. For a
/// conformal projection such as UTM this is W H / k^2 with the point scale factor k. J is taken by central differences, and between nodes
/// at most 3 km apart the area is interpolated linearly: the error is below 1e-7 of it.
/// </para>
/// <para>Polygons: the integral of the area between equator and parallel (Snyder, eq. 3-12) along their edges.</para>
/// </remarks>
public sealed class GroundArea
{
    private const double NodeDistanceMetres = 3000, MetresPerDegree = 111320, DifferenceMetres = 100;

    private readonly GeoGrid _grid;
    private readonly Crs _crs;
    private readonly CoordinateTransform _toDegrees;
    private readonly double[][] _nodes;

    /// <summary>Prepares the pixels of a grid.</summary>
    /// <param name="grid">The grid; it must have a CRS.</param>
    /// <param name="run">Threads and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The grid has no CRS, or reaches where its CRS has no coordinates.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public GroundArea(GeoGrid grid, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(grid);
        _grid = grid;
        _crs = grid.RequireCrs($"grid {grid}");
        _toDegrees = CoordinateTransform.Between(_crs, Crs.From(CrsDefinition.From(_crs.Definition.Geographic)));
        double pixelMetres = Math.Max(grid.PixelWidth, grid.PixelHeight) * (_crs.MetresPerUnit ?? MetresPerDegree);
        for (NodePixels = 256; NodePixels > 1 && NodePixels * pixelMetres > NodeDistanceMetres; NodePixels /= 2) { }
        _nodes = new double[(grid.Height - 1) / NodePixels + 2][];
        run ??= new();
        Parallel.For(0, _nodes.Length, new() { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancellation },
            row => _nodes[row] = NodeRow(row));
        if (_nodes.Any(row => row.Any(double.IsNaN)))
            throw new AsmException($"grid {grid}", $"reaches where {_crs} has no coordinates",
                "a grid inside of its coordinate system", "cut the raster", AsmErrorCode.Crs);
    }

    /// <summary>
    /// Columns between nodes, a power of two up to 256: within columns n x NodePixels to (n + 1) x NodePixels of a row the area is linear.
    /// </summary>
    public int NodePixels { get; }

    /// <summary>The areas of the pixels of a row from a column to the next node.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <returns>The area of the pixel in m2, and how much each next one has more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double First, double PerColumn) Along(int row, int column)
    {
        int i = row / NodePixels, j = column / NodePixels;
        double down = (row + 0.5) / NodePixels - i;
        double left = _nodes[i][j] + (_nodes[i + 1][j] - _nodes[i][j]) * down,
            right = _nodes[i][j + 1] + (_nodes[i + 1][j + 1] - _nodes[i][j + 1]) * down;
        double perColumn = (right - left) / NodePixels;
        return (left + perColumn * (column + 0.5 - j * NodePixels), perColumn);
    }

    /// <summary>The area of a pixel in m2.</summary>
    public double OfPixel(int column, int row) => Along(row, column).First;

    /// <summary>
    /// The point scale factor that a CRS has at a place on average over all directions: lengths on the map over lengths on
    /// the ground. 1 for degrees.
    /// </summary>
    internal static double ScaleAt(Crs crs, MapPoint place)
    {
        if (crs.MetresPerUnit is not { } unit) return 1;
        return 1 / Math.Sqrt(new GroundArea(new GeoGrid(1, 1, place, 1 / unit, 1 / unit, crs)).OfPixel(0, 0));
    }

    private double[] NodeRow(int row)
    {
        var areas = new double[(_grid.Width - 1) / NodePixels + 2];
        for (int i = 0; i < areas.Length; i++)
            areas[i] = _grid.PixelWidth * _grid.PixelHeight * Density(_grid.ToMap((double)i * NodePixels, (double)row * NodePixels));
        return areas;
    }

    /// <summary>Square metres on the ground of a square unit of the CRS.</summary>
    private double Density(MapPoint at)
    {
        const double Radians = Math.PI / 180;
        if (_crs.MetresPerUnit is not { } unit) return MeridianByParallel(Math.Clamp(at.Y, -90, 90)) * Radians * Radians;
        double step = DifferenceMetres / unit;
        MapPoint east = Degrees(step, 0), west = Degrees(-step, 0), north = Degrees(0, step), south = Degrees(0, -step);
        double determinant = Turn(east.X - west.X) * (north.Y - south.Y) - Turn(north.X - south.X) * (east.Y - west.Y);
        return MeridianByParallel((north.Y + south.Y) / 2) * Math.Abs(determinant) * Radians * Radians / (4 * step * step);

        MapPoint Degrees(double dx, double dy) => _toDegrees.Transform(new(at.X + dx, at.Y + dy));
        static double Turn(double longitude) => Math.IEEERemainder(longitude, 360);
    }

    /// <summary>M N cos(latitude).</summary>
    private double MeridianByParallel(double latitude)
    {
        (double sin, double cos) = Math.SinCos(latitude * (Math.PI / 180));
        Ellipsoid ellipsoid = _crs.Definition.Geographic.Datum.Ellipsoid;
        double squared = ellipsoid.Flattening * (2 - ellipsoid.Flattening), w = 1 - squared * sin * sin;
        return ellipsoid.SemiMajorMetres * ellipsoid.SemiMajorMetres * (1 - squared) / (w * w) * cos;
    }
}
