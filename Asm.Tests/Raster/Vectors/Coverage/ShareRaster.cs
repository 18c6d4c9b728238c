using Asm.Raster.Grids;
using Asm.Raster.Vectors.Coverage;

namespace Asm.Tests.Raster.Vectors.Coverage;

/// <summary>Collects the shares of all pixels of a grid, and refuses pixels told twice or out of order.</summary>
internal sealed class ShareRaster(GeoGrid grid) : ICoverageVisitor
{
    private long _last = -1;

    public double[] Shares { get; } = new double[grid.Width * grid.Height];

    public static double[] Of(GeoGrid grid, NetTopologySuite.Geometries.Geometry shape, PixelCoverage rule = PixelCoverage.Exact)
    {
        var raster = new ShareRaster(grid);
        new PolygonCoverage(grid, shape, rule).Visit(0, grid.Height, ref raster);
        return raster.Shares;
    }

    public void Run(int row, int column, int endColumn)
    {
        Assert.True(endColumn > column && endColumn <= grid.Width, $"row {row}: {column} to {endColumn}");
        for (; column < endColumn; column++) Set(row, column, 1);
    }

    public void Part(int row, int column, double share)
    {
        Assert.InRange(share, double.Epsilon, 1 - 1e-16);
        Set(row, column, share);
    }

    private void Set(int row, int column, double share)
    {
        long at = (long)row * grid.Width + column;
        Assert.True(at > _last, $"row {row}, column {column} comes after pixel {_last}");
        (_last, Shares[at]) = (at, share);
    }
}
