using Asm.Raster.Projections;

namespace Asm.Analysis.Reporting.Page;

/// <summary>The map that all pictures and shapes of a page lie in.</summary>
/// <param name="Crs">Its coordinate reference system, such as "EPSG:32630".</param>
/// <param name="Name">The system's name.</param>
/// <param name="MetresPerUnit">The length of a unit of its coordinates.</param>
/// <param name="Extent">West, south, east and north of the maps of all seasons.</param>
/// <param name="Side">Columns and rows of <paramref name="LonLat"/>.</param>
/// <param name="LonLat">
/// Longitude and latitude on WGS 84 of a lattice over the extent, from the north-west, row after row. Linear between them, positions are
/// right within some metres even over 1,000 km.
/// </param>
internal sealed record PageMap(string Crs, string Name, double MetresPerUnit, double[] Extent, int Side, double[] LonLat)
{
    private const int LatticeSide = 65;

    /// <summary>The map over some ground.</summary>
    public static PageMap Of(Crs crs, MapBounds bounds)
    {
        CoordinateTransform toDegrees = CoordinateTransform.Between(crs, Asm.Raster.Projections.Crs.Wgs84);
        var lattice = new double[2 * LatticeSide * LatticeSide];
        for (int row = 0, at = 0; row < LatticeSide; row++)
            for (int column = 0; column < LatticeSide; column++)
            {
                double right = column / (LatticeSide - 1.0), down = row / (LatticeSide - 1.0);
                MapPoint degrees = toDegrees.Transform(new(bounds.West + right * (bounds.East - bounds.West),
                    bounds.North - down * (bounds.North - bounds.South)));
                (lattice[at++], lattice[at++]) = (Rounded(degrees.X), Rounded(degrees.Y));
            }
        return new(crs.ToString(), crs.Name, crs.MetresPerUnit ?? 1, PagePicture.ToExtent(bounds), LatticeSide, lattice);
    }

    // JSON has no NaN: a corner that has no longitude gets one that is plainly none.
    private static double Rounded(double degrees) => double.IsFinite(degrees) ? Math.Round(degrees, 7) : 999;
}
