using Asm.Raster.Projections;
using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Curves;

/// <summary>
/// Closes rings whose last vertex was rounded away from the first: text of six decimals of a degree, or of one of a metre, moves it by up
/// to 0.1 m.
/// </summary>
internal sealed class RingFactory : GeometryFactory
{
    /// <summary>How far the ends may lie apart, and how far chords may lie from their arcs.</summary>
    public const double ToleranceMetres = 0.1;

    private const double MetresPerDegree = 111_320;

    /// <param name="crs">The system of the coordinates.</param>
    public RingFactory(Crs crs) => Tolerance = ToleranceMetres / (crs.MetresPerUnit ?? MetresPerDegree);

    /// <summary>The tolerance in units of the coordinates.</summary>
    public double Tolerance { get; }

    /// <inheritdoc/>
    public override LinearRing CreateLinearRing(CoordinateSequence coordinates)
    {
        int last = (coordinates?.Count ?? 0) - 1;
        if (last >= 3 && !(coordinates!.GetX(0) == coordinates.GetX(last) && coordinates.GetY(0) == coordinates.GetY(last))
            && Math.Abs(coordinates.GetX(0) - coordinates.GetX(last)) <= Tolerance
            && Math.Abs(coordinates.GetY(0) - coordinates.GetY(last)) <= Tolerance)
        {
            coordinates.SetX(last, coordinates.GetX(0));
            coordinates.SetY(last, coordinates.GetY(0));
        }
        return base.CreateLinearRing(coordinates);
    }
}
