using Asm.Raster.Projections;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Asm.Raster.Vectors;

/// <summary>Collects the features of a file; what enters a layer is flat, finite, plausible in its CRS and valid.</summary>
/// <param name="path">The file.</param>
/// <param name="crs">The system of its coordinates.</param>
internal sealed class LayerBuilder(string path, Crs crs)
{
    // Far beyond what any map projection yields for a place on Earth.
    private const double MaxMetres = 1e8;

    private readonly List<VectorFeature> _features = [];
    private readonly List<long> _repaired = [];
    private readonly GeometryEditor _editor = new(new GeometryFactory());
    private readonly List<string> _notes = [];
    private readonly RingCrossings _crossings = new();
    private int _skipped;

    /// <summary>Adds a row of the file.</summary>
    /// <param name="row">Its number, for messages.</param>
    /// <param name="geometry">Its shape; null or empty where it has none.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="repair">How the format repairs an invalid shape; null for the usual way.</param>
    public void Add(long row, Geometry? geometry, IReadOnlyDictionary<string, object?> attributes, Func<Geometry, Geometry>? repair = null)
    {
        if (geometry is null || geometry.IsEmpty)
        {
            _skipped++;
            return;
        }
        Geometry flat = _editor.Edit(geometry, new Flattening(position => Refuse(row, position)));
        Polygon[] polygons = [.. PolygonParts.Of(flat)];
        if (polygons.Length > 0 && _crossings.FindBeforeCheck(polygons) is { } entangled) throw Entangled(row, entangled);
        if (polygons.Length > 0 && !flat.IsValid)
        {
            if (RingCrossings.FindBeforeRepair(polygons) is { } crossed) throw Entangled(row, crossed);
            flat = Repair(row, flat, repair ?? (shape => GeometryFixer.Fix(shape)));
            _repaired.Add(row);
        }
        _features.Add(new(row, flat, attributes));
    }

    /// <summary>Says what a person should know of how the file was read.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>The layer of all rows added.</summary>
    public VectorLayer Build(IReadOnlyList<string> fields) =>
        new(path, crs, fields, _features) { Repaired = _repaired, Skipped = _skipped, Notes = _notes };

    private Geometry Repair(long row, Geometry shape, Func<Geometry, Geometry> repair)
    {
        Geometry repaired;
        try
        {
            repaired = repair(shape);
        }
        catch (Exception e) when (e is TopologyException or ArgumentException)
        {
            throw new AsmException(
                $"{path}: the polygon of row {row} is invalid and cannot be repaired: {e.Message}\n  expected: rings that do not cross"
                + "\n  fix: repair it (ogr2ogr -makevalid OUT IN) or leave it out", e, AsmErrorCode.InputFormat);
        }
        return !repaired.IsEmpty
            ? repaired
            : throw new AsmException(path, $"the polygon of row {row} has no area",
                "polygons with an area", "leave the row out, or draw it again", AsmErrorCode.InputFormat);
    }

    private AsmException Entangled(long row, string found) => new(path, $"the polygon of row {row} is a tangle: {found}",
        "outlines of places", "draw the polygon again, or leave the row out", AsmErrorCode.InputFormat);

    private void Refuse(long row, Coordinate position)
    {
        double largest = crs.MetresPerUnit is { } metres ? MaxMetres / metres : 360;

        // Written so that NaN fails it too.
        if (Math.Abs(position.X) <= largest && Math.Abs(position.Y) <= (crs.IsGeographic ? 90 : largest)) return;
        string range = crs.IsGeographic
            ? "longitudes of -360 to 360 and latitudes of -90 to 90 degrees"
            : $"coordinates up to {largest:0} in size";
        throw new AsmException(path, $"row {row} has a vertex at ({position.X}, {position.Y}), which is no place in {crs}",
            range, "correct the vertex, or give the file the CRS that its coordinates are in", AsmErrorCode.Crs);
    }

    /// <summary>Drops heights and measures, and looks at every vertex.</summary>
    private sealed class Flattening(Action<Coordinate> check) : GeometryEditor.CoordinateOperation
    {
        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) => [.. coordinates.Select(coordinate =>
        {
            check(coordinate);
            return new Coordinate(coordinate.X, coordinate.Y);
        })];
    }
}
