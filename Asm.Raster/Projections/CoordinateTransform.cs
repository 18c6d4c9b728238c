namespace Asm.Raster.Projections;

/// <summary>Turns positions in one CRS into positions in another. Immutable, and safe for concurrent calls.</summary>
/// <remarks>
/// Agreement with PROJ 9: Transverse Mercator, so UTM, within a micrometre to 9 degrees from the central meridian; other projections within
/// 2 mm; shifts between datums within 5 mm, far below their own accuracy of metres. Heights are taken as zero.
/// </remarks>
public sealed class CoordinateTransform
{
    private readonly IMapProjector? _unproject, _project;
    private readonly Func<MapPoint, MapPoint>? _shift;

    private CoordinateTransform(IMapProjector? unproject, Func<MapPoint, MapPoint>? shift, IMapProjector? project) =>
        (_unproject, _shift, _project) = (unproject, shift, project);

    /// <summary>The transform between two systems.</summary>
    /// <exception cref="AsmException">
    /// The systems lie on different datums and the shift of one to WGS 84 is not known: to skip it could move
    /// positions by hundreds of metres.
    /// </exception>
    public static CoordinateTransform Between(Crs from, Crs to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.IsSameAs(to)) return new(null, null, null);
        GeodeticDatum fromDatum = from.Definition.Geographic.Datum, toDatum = to.Definition.Geographic.Datum;
        Func<MapPoint, MapPoint>? shift = null;
        if (!fromDatum.IsSameAs(toDatum))
        {
            DatumShift fromShift = RequireShift(from), toShift = RequireShift(to);

            // Two shifts of zero, as of ETRS89 and WGS 84, mean that the coordinates are taken as equal; PROJ does the same.
            if (fromShift != toShift || fromShift != DatumShift.None) shift = ProjNetAdapter.Shift(fromDatum, fromShift, toDatum, toShift);
        }
        return new(Projector(from.Definition), shift, Projector(to.Definition));
    }

    /// <summary>The position in the other system; NaN in both coordinates where it has none.</summary>
    public MapPoint Transform(MapPoint point)
    {
        if (_unproject is not null) point = _unproject.Unproject(point);
        if (_shift is not null) point = _shift(point);
        return _project is null ? point : _project.Project(point);
    }

    /// <summary>Transforms many positions; one that has no position in the other system becomes NaN.</summary>
    /// <param name="points">The positions.</param>
    /// <param name="transformed">Receives as many positions; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Transform(ReadOnlySpan<MapPoint> points, Span<MapPoint> transformed)
    {
        if (transformed.Length != points.Length)
            throw new ArgumentException($"there is room for {transformed.Length} of {points.Length} positions", nameof(transformed));
        for (int i = 0; i < points.Length; i++) transformed[i] = Transform(points[i]);
    }

    private static IMapProjector? Projector(CrsDefinition crs) => (crs.Projection, crs.Unit) switch
    {
        ({ } projection, { } unit) => projection.Method == ProjectionMethod.TransverseMercator
            ? new TransverseMercator(projection, crs.Geographic.Datum.Ellipsoid, unit.Metres)
            : ProjNetAdapter.Projector(projection, crs.Geographic.Datum.Ellipsoid, unit.Metres),
        _ => null,
    };

    private static DatumShift RequireShift(Crs crs) => crs.Definition.Geographic.Datum.ToWgs84 ?? throw new AsmException(
        $"CRS {crs}", $"its datum {crs.Definition.Geographic.Datum.Name} has no known shift to WGS 84",
        "a well-known datum, or a text with TOWGS84[...]",
        "add TOWGS84 with the datum's parameters to the WKT1 text, or reproject the data first: "
        + "gdalwarp -t_srs EPSG:326zz, ogr2ogr -t_srs EPSG:4326", AsmErrorCode.Crs);
}
