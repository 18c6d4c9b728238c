namespace Asm.Raster.Projections;

/// <summary>
/// A method of projection with its parameters: angles in degrees, lengths in the units of the projected system. A role that the method does
/// not take has its neutral value.
/// </summary>
internal sealed record MapProjection(
    ProjectionMethod Method, double OriginLatitude = 0, double OriginLongitude = 0, double ScaleFactor = 1,
    double FalseEasting = 0, double FalseNorthing = 0, double StandardParallel1 = 0, double StandardParallel2 = 0)
{
    /// <summary>The value in one role.</summary>
    public double this[ProjectionRole role] => role switch
    {
        ProjectionRole.OriginLatitude => OriginLatitude,
        ProjectionRole.OriginLongitude => OriginLongitude,
        ProjectionRole.ScaleFactor => ScaleFactor,
        ProjectionRole.FalseEasting => FalseEasting,
        ProjectionRole.FalseNorthing => FalseNorthing,
        ProjectionRole.StandardParallel1 => StandardParallel1,
        ProjectionRole.StandardParallel2 => StandardParallel2,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>A projection from values by role; those that are missing are neutral.</summary>
    /// <exception cref="FormatException">The values denote no projection.</exception>
    public static MapProjection From(ProjectionMethod method, IReadOnlyDictionary<ProjectionRole, double> values)
    {
        MapProjection projection = new(
            method, Value(values, ProjectionRole.OriginLatitude),
            Value(values, ProjectionRole.OriginLongitude), Value(values, ProjectionRole.ScaleFactor),
            Value(values, ProjectionRole.FalseEasting), Value(values, ProjectionRole.FalseNorthing),
            Value(values, ProjectionRole.StandardParallel1), Value(values, ProjectionRole.StandardParallel2));
        bool isCone = method == ProjectionMethod.LambertConformal2SP || method == ProjectionMethod.AlbersEqualArea;
        bool isMercator = method == ProjectionMethod.Mercator1SP || method == ProjectionMethod.Mercator2SP;
        string? wrong = projection switch
        {
            { ScaleFactor: not > 0 } => $"a scale factor of {projection.ScaleFactor}",
            { OriginLatitude: not (>= -90 and <= 90) } => $"its origin at latitude {projection.OriginLatitude}",
            { StandardParallel1: not (> -90 and < 90) } or { StandardParallel2: not (> -90 and < 90) } =>
                $"parallels at {projection.StandardParallel1} and {projection.StandardParallel2}",
            _ when isMercator && projection.OriginLatitude != 0 => $"its origin off the equator, at {projection.OriginLatitude}",
            _ when isCone && Math.Abs(projection.StandardParallel1 + projection.StandardParallel2) < 1e-9 =>
                "parallels that make the cone a cylinder",
            _ when method == ProjectionMethod.LambertConformal1SP && Math.Abs(projection.OriginLatitude) is < 1e-9 or > 89.999 =>
                $"its one parallel at {projection.OriginLatitude}",
            _ => null,
        };
        return wrong is null ? projection : throw new FormatException($"the projection {method.WktName} has {wrong}");
    }

    /// <summary>Equal to well below a millimetre on the ground.</summary>
    public bool IsSameAs(MapProjection other) => Method == other.Method && Method.Parameters.All(parameter =>
        Math.Abs(this[parameter.Role] - other[parameter.Role])
        <= (parameter.Role is ProjectionRole.FalseEasting or ProjectionRole.FalseNorthing ? 1e-4 : 1e-10));

    private static double Value(IReadOnlyDictionary<ProjectionRole, double> values, ProjectionRole role) =>
        values.TryGetValue(role, out double value) ? value : role == ProjectionRole.ScaleFactor ? 1 : 0;
}
