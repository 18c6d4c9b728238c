using System.Globalization;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace Asm.Raster.Vectors.Masking;

/// <summary>Ground that is left out of a raster: the polygons of a vector file, grown or shrunk by a distance.</summary>
public sealed class PolygonMask
{
    /// <summary>Makes a mask of a layer.</summary>
    /// <param name="shapes">Polygons; where they grow, also points and lines, such as a coast.</param>
    /// <param name="bufferMetres">How far the shapes grow; negative shrinks them.</param>
    /// <exception cref="AsmException">The layer is empty, or has points or lines that do not grow.</exception>
    public PolygonMask(VectorLayer shapes, double bufferMetres = 0)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (!double.IsFinite(bufferMetres)) throw new ArgumentOutOfRangeException(nameof(bufferMetres), bufferMetres, "must be finite");
        if (shapes.Features.Count == 0)
            throw new AsmException(shapes.Name, "has no shape", "a layer with the polygons to mask",
                "give another file or layer, or leave the mask out");
        if (bufferMetres <= 0) shapes.RequirePolygons();
        (Shapes, BufferMetres) = (shapes, bufferMetres);
    }

    /// <summary>The shapes before they grow.</summary>
    public VectorLayer Shapes { get; }

    /// <summary>How far the shapes grow, in metres; negative shrinks them.</summary>
    public double BufferMetres { get; }

    /// <summary>The path of the file; null where the layer is no file's.</summary>
    public string? Path { get; private init; }

    /// <summary>The layer that was asked for; null where the file's only one was taken.</summary>
    public string? Layer { get; private init; }

    /// <summary>Reads a mask from a file.</summary>
    /// <param name="path">A vector file: see <see cref="VectorFile.Read"/>.</param>
    /// <param name="layer">The name of the layer; null takes the only one.</param>
    /// <param name="bufferMetres">How far the shapes grow; negative shrinks them.</param>
    /// <exception cref="AsmException">The file cannot be used, is empty, or has points or lines that do not grow.</exception>
    public static PolygonMask Read(string path, string? layer = null, double bufferMetres = 0) =>
        new(VectorFile.Read(path, layer), bufferMetres) { Path = path, Layer = layer };

    /// <summary>The areas to mask near a grid, in its CRS; none where the mask does not meet the grid.</summary>
    /// <exception cref="AsmException">The grid has no CRS, or a shape near it cannot be brought there.</exception>
    public IReadOnlyList<Geometry> On(GeoGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Crs crs = grid.RequireCrs($"the raster below {Shapes.Name}", ", so the polygons have no place in it");
        MapBounds bounds = grid.Bounds;
        Geometry rectangle = GeometryFactory.Default.ToGeometry(new Envelope(bounds.West, bounds.East, bounds.South, bounds.North));

        // Only what can reach the grid is brought to its system: shapes far away may have no place there.
        Geometry reach = MetricBuffer.Grow(rectangle, crs, Math.Max(0, BufferMetres));
        Envelope near = new VectorLayer(Shapes.Name, crs, [], [new(1, reach, new Dictionary<string, object?>())])
            .To(Shapes.Crs, isWhole: true).Features[0].Geometry.EnvelopeInternal;
        VectorLayer moved = (Shapes with
        {
            Features = [.. Shapes.Features.Where(feature => Turns(Shapes.Crs).Any(turn => Turned(feature.Geometry, turn).Intersects(near)))]
        }).To(crs, isWhole: true);
        return [.. moved.Features.Select(feature => MetricBuffer.Grow(feature.Geometry, crs, BufferMetres)).Where(area => !area.IsEmpty)
            .SelectMany(area => Turns(crs).Where(turn => Turned(area, turn).Intersects(rectangle.EnvelopeInternal))
                .Select(turn => turn == 0 ? area : AffineTransformation.TranslationInstance(turn, 0).Transform(area)))];
    }

    /// <summary>The same meridian has three longitudes: a mask may be cut at 180 degrees where the raster goes on.</summary>
    private static double[] Turns(Crs crs) => crs.IsGeographic ? [0, 360, -360] : [0];

    private static Envelope Turned(Geometry shape, double turn)
    {
        Envelope bounds = shape.EnvelopeInternal;
        return new(bounds.MinX + turn, bounds.MaxX + turn, bounds.MinY, bounds.MaxY);
    }

    /// <summary>
    /// The mask in a few words, for provenance and messages: "coast.gpkg, layer shore, buffer 5000 m". Folders are left out.
    /// </summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{System.IO.Path.GetFileName(Path ?? Shapes.Name)}{(Layer is null ? "" : $", layer {Layer}")}"
        + $"{(BufferMetres == 0 ? "" : $", buffer {BufferMetres:R} m")}");
}
