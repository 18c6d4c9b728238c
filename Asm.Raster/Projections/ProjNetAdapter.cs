using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Asm.Raster.Projections;

/// <summary>The one place that knows ProjNet: projections other than Transverse Mercator, and shifts between datums.</summary>
/// <remarks>
/// ProjNet's transforms keep no state while they transform, so both directions are made at the start and are then safe for concurrent
/// calls: <c>Inverse()</c> stores its result, and <c>Invert()</c> changes the object.
/// </remarks>
internal static class ProjNetAdapter
{
    private static readonly CoordinateSystemFactory Systems = new();

    /// <summary>A projector for any method but Transverse Mercator.</summary>
    public static IMapProjector Projector(MapProjection projection, Ellipsoid ellipsoid, double metresPerUnit)
    {
        (projection, ellipsoid) = Substitute(projection, ellipsoid);
        GeographicCoordinateSystem geographic = Geographic("geographic", ellipsoid, null);
        bool pseudo = projection.Method == ProjectionMethod.PseudoMercator;
        List<ProjectionParameter> parameters = [.. projection.Method.Parameters.Select(parameter =>
            new ProjectionParameter(parameter.WktName, projection[parameter.Role]))];
        if (pseudo) parameters.Add(new("latitude_of_origin", 0));
        IProjection method = Systems.CreateProjection("projection",
            pseudo ? "Popular_Visualisation_Pseudo-Mercator" : projection.Method.WktName, parameters);
        ProjectedCoordinateSystem projected = Systems.CreateProjectedCoordinateSystem("projected", geographic, method,
            new ProjNet.CoordinateSystems.LinearUnit(metresPerUnit, "unit", "", -1, "", "", ""),
            new("Easting", AxisOrientationEnum.East), new("Northing", AxisOrientationEnum.North));
        MapProjection? azimuthal = projection.Method == ProjectionMethod.LambertAzimuthalEqualArea ? projection : null;
        return new MathTransformProjector(Transform(geographic, projected),
            Transform(projected, geographic), azimuthal, 1e-3 / metresPerUnit);
    }

    /// <summary>The same projection in terms that ProjNet computes rightly.</summary>
    private static (MapProjection Projection, Ellipsoid Ellipsoid) Substitute(MapProjection projection, Ellipsoid ellipsoid)
    {
        // ProjNet has no Lambert with one parallel and a scale: a scaled cone is a cone on a scaled ellipsoid, touching at the origin.
        if (projection.Method == ProjectionMethod.LambertConformal1SP)
            return (projection with
            {
                Method = ProjectionMethod.LambertConformal2SP,
                ScaleFactor = 1,
                StandardParallel1 = projection.OriginLatitude,
                StandardParallel2 = projection.OriginLatitude
            },
                ellipsoid with { SemiMajorMetres = ellipsoid.SemiMajorMetres * projection.ScaleFactor });

        // ProjNet does not look at Mercator's standard parallel: the scale on the equator that it amounts to is Snyder (1987),
        // eq. 14-15, at that parallel.
        if (projection.Method == ProjectionMethod.Mercator2SP)
        {
            (double sin, double cos) = Math.SinCos(projection.StandardParallel1 * (Math.PI / 180));
            double eccentricitySquared = ellipsoid.Flattening * (2 - ellipsoid.Flattening);
            return (projection with
            {
                Method = ProjectionMethod.Mercator1SP,
                StandardParallel1 = 0,
                ScaleFactor = cos / Math.Sqrt(1 - eccentricitySquared * sin * sin)
            }, ellipsoid);
        }
        return (projection, ellipsoid);
    }

    /// <summary>Moves longitude and latitude in degrees from one datum to another.</summary>
    public static Func<MapPoint, MapPoint> Shift(GeodeticDatum from, DatumShift fromShift, GeodeticDatum to, DatumShift toShift)
    {
        MathTransform transform = Transform(Geographic("from", from.Ellipsoid, fromShift), Geographic("to", to.Ellipsoid, toShift));
        return point => MathTransformProjector.Apply(transform, point);
    }

    private static MathTransform Transform(CoordinateSystem from, CoordinateSystem to) =>
        new CoordinateTransformationFactory().CreateFromCoordinateSystems(from, to).MathTransform;

    private static GeographicCoordinateSystem Geographic(string name, Ellipsoid ellipsoid, DatumShift? shift)
    {
        ProjNet.CoordinateSystems.Ellipsoid figure = ellipsoid.InverseFlattening == 0
            ? Systems.CreateEllipsoid(ellipsoid.Name, ellipsoid.SemiMajorMetres,
                ellipsoid.SemiMajorMetres, ProjNet.CoordinateSystems.LinearUnit.Metre)
            : Systems.CreateFlattenedSphere(ellipsoid.Name, ellipsoid.SemiMajorMetres,
                ellipsoid.InverseFlattening, ProjNet.CoordinateSystems.LinearUnit.Metre);
        Wgs84ConversionInfo? conversion = shift is { } s
            ? new Wgs84ConversionInfo(s.XMetres, s.YMetres, s.ZMetres, s.XArcSeconds, s.YArcSeconds, s.ZArcSeconds, s.ScalePpm)
            : null;
        return Systems.CreateGeographicCoordinateSystem(name, AngularUnit.Degrees,
            Systems.CreateHorizontalDatum(name, DatumType.HD_Geocentric, figure, conversion),
            PrimeMeridian.Greenwich, new("Lon", AxisOrientationEnum.East), new("Lat", AxisOrientationEnum.North));
    }

    /// <param name="forward">From degrees to projected units.</param>
    /// <param name="inverse">From projected units to degrees.</param>
    /// <param name="azimuthal">The projection where it is azimuthal: its centre needs care.</param>
    /// <param name="millimetre">One millimetre in projected units.</param>
    private sealed class MathTransformProjector(MathTransform forward, MathTransform inverse, MapProjection? azimuthal, double millimetre)
        : IMapProjector
    {
        public MapPoint Project(MapPoint degrees) => Math.Abs(degrees.Y) <= 90 ? Apply(forward, degrees) : new(double.NaN, double.NaN);

        // At the centre itself ProjNet gives longitude 0, whatever the centre is.
        public MapPoint Unproject(MapPoint projected) =>
            azimuthal is not null && Math.Abs(projected.X - azimuthal.FalseEasting) < millimetre
            && Math.Abs(projected.Y - azimuthal.FalseNorthing) < millimetre
                ? new(azimuthal.OriginLongitude, azimuthal.OriginLatitude)
                : Apply(inverse, projected);

        public static MapPoint Apply(MathTransform transform, MapPoint point)
        {
            try
            {
                double x = point.X, y = point.Y, z = 0;
                transform.Transform(ref x, ref y, ref z);
                return double.IsFinite(x) && double.IsFinite(y) ? new(x, y) : new(double.NaN, double.NaN);
            }
            catch (ArgumentException)
            {
                // How ProjNet says that an iteration did not converge or a position is outside of the projection.
                return new(double.NaN, double.NaN);
            }
        }
    }
}
