using Asm.Raster.Projections;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Asm.Raster.Vectors;

/// <summary>Moves the vertices of a shape to another system and adds vertices where edges become curved.</summary>
internal sealed class Reprojection : GeometryEditor.CoordinateOperation
{
    private const double ToleranceMetres = 0.1, MetresPerDegree = 111320;

    // Halving so often brings the longest edge on Earth below a metre: what still jumps there is a break, not a curve.
    private const int MaxHalvings = 25;

    private readonly VectorFeature _feature;
    private readonly VectorLayer _layer;
    private readonly Crs _target;
    private readonly CoordinateTransform _transform;
    private readonly double _tolerance;
    private readonly bool _isWhole;
    private double? _longitude;

    private Reprojection(VectorFeature feature, VectorLayer layer, Crs target, CoordinateTransform transform, bool isWhole)
    {
        (_feature, _layer, _target, _transform, _isWhole) = (feature, layer, target, transform, isWhole && target.IsGeographic);
        _tolerance = ToleranceMetres / (target.MetresPerUnit ?? MetresPerDegree);
    }

    /// <summary>Moves the shape of a feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="layer">Its layer, whose system the shape is in.</param>
    /// <param name="target">The system to bring it to.</param>
    /// <param name="transform">From one to the other.</param>
    /// <param name="isWhole">True goes on past 180 degrees where a shape lies across them, rather than to refuse it.</param>
    public static Geometry Run(VectorFeature feature, VectorLayer layer, Crs target, CoordinateTransform transform, bool isWhole = false) =>
        new GeometryEditor(feature.Geometry.Factory).Edit(feature.Geometry, new Reprojection(feature, layer, target, transform, isWhole));

    public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry)
    {
        var result = new List<Coordinate>(coordinates.Length);
        MapPoint from = default, fromMoved = default;
        for (int i = 0; i < coordinates.Length; i++)
        {
            MapPoint to = new(coordinates[i].X, coordinates[i].Y), toMoved = Move(to);
            if (i > 0) AddBetween(from, fromMoved, to, toMoved, result);
            result.Add(new Coordinate(toMoved.X, toMoved.Y));
            (from, fromMoved) = (to, toMoved);
        }
        return [.. result];
    }

    /// <summary>
    /// Adds the vertices between two ends. The order of the ends does not change them, to the last bit: neighbours run along a shared
    /// edge in opposite directions.
    /// </summary>
    private void AddBetween(MapPoint from, MapPoint fromMoved, MapPoint to, MapPoint toMoved, List<Coordinate> result)
    {
        int start = result.Count;
        bool isForward = from.X < to.X || (from.X == to.X && from.Y <= to.Y);
        if (isForward) Halve(from, fromMoved, to, toMoved, MaxHalvings, result);
        else Halve(to, toMoved, from, fromMoved, MaxHalvings, result);
        if (!isForward) result.Reverse(start, result.Count - start);
    }

    private void Halve(MapPoint a, MapPoint aMoved, MapPoint b, MapPoint bMoved, int halvingsLeft, List<Coordinate> result)
    {
        MapPoint middle = Between(a, b, 0.5), middleMoved = Move(middle);

        // The quarters too: a curve shaped like an S runs through the middle of its chord.
        if (IsNear(middleMoved, Between(aMoved, bMoved, 0.5))
            && IsNear(Move(Between(a, b, 0.25)), Between(aMoved, bMoved, 0.25))
            && IsNear(Move(Between(a, b, 0.75)), Between(aMoved, bMoved, 0.75)))
            return;
        if (halvingsLeft == 0)
            throw Error(middle, "the shape is torn there: it crosses the 180th meridian or the edge of the target system");
        Halve(a, aMoved, middle, middleMoved, halvingsLeft - 1, result);
        result.Add(new Coordinate(middleMoved.X, middleMoved.Y));
        Halve(middle, middleMoved, b, bMoved, halvingsLeft - 1, result);
    }

    private bool IsNear(MapPoint a, MapPoint b) => Math.Abs(a.X - b.X) <= _tolerance && Math.Abs(a.Y - b.Y) <= _tolerance;

    private static MapPoint Between(MapPoint a, MapPoint b, double share) => new(a.X + (b.X - a.X) * share, a.Y + (b.Y - a.Y) * share);

    private MapPoint Move(MapPoint point)
    {
        MapPoint moved = _transform.Transform(point);
        if (_isWhole)
        {
            double longitude = _longitude ??= moved.X;
            moved = new(moved.X - 360 * Math.Round((moved.X - longitude) / 360), moved.Y);
        }
        return double.IsFinite(moved.X) && double.IsFinite(moved.Y) ? moved : throw Error(point, "the position has no counterpart there");
    }

    private AsmException Error(MapPoint point, string why) =>
        new(_layer.Name,
            $"row {_feature.Row} cannot be brought from {_layer.Crs} to {_target} at ({point.X:0.######}, {point.Y:0.######}): {why}",
            $"shapes that lie where {_target} is defined",
            "leave the row out, cut it, or check that the file names the CRS of its coordinates");
}
