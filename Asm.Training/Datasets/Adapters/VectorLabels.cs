using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Vectors.Burning;
using NetTopologySuite.Geometries;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Polygons of vector files, on the grids of stacks.</summary>
internal sealed class VectorLabels(LabelOptions options)
{
    private static readonly string[] Extensions = [".gpkg", ".geojson", ".json", ".shp"];
    private readonly Dictionary<string, VectorLayer> _layers = [];

    /// <summary>True where the name ends as that of a vector file.</summary>
    public static bool IsVector(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses a vector file where only a raster of class codes is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scenes">The options of asm-train dataset for a data set that serves instead; empty where the defaults do.</param>
    /// <exception cref="AsmException">The name ends as that of a vector file.</exception>
    public static void RequireRaster(string path, string scenes = "")
    {
        if (IsVector(path))
            throw new AsmException(path, "holds polygons", "a GeoTIFF of class codes on the stack's grid",
                $"make a data set of stack and polygons, and give that: asm-train dataset STACK.tif --labels "
                + $"{CommandText.Quote(path)}{scenes} -o DIR");
    }

    /// <summary>Burns the polygons of a file by their class.</summary>
    /// <exception cref="AsmException">
    /// The file cannot be read, has no such field, holds a value that is no class, or lies elsewhere.
    /// </exception>
    public BurnedLabels Burn(string path, GeoGrid grid, string stackName)
    {
        VectorLayer layer = Layer(path);
        string field = layer.RequireField(options.ClassField);
        var codes = new Dictionary<string, byte?>();
        int unnamed = 0;
        byte Code(VectorFeature feature)
        {
            string value = Convert.ToString(feature.Attributes[field], CultureInfo.InvariantCulture) ?? "";
            if (value.Length == 0) unnamed++;
            else if (!codes.ContainsKey(value)) codes[value] = options.Scheme.CodeOf(value);
            return value.Length > 0 && codes[value] is { } code and > 0 ? code : BurnedLabels.NoLabel;
        }

        if (options.Scheme.Classes.Length >= BurnedLabels.NoLabel)
            throw new AsmException("--classes", $"{options.Scheme.Classes.Length} classes",
                $"at most {BurnedLabels.NoLabel - 1} with vector files", "leave some out");
        ValuedPolygon[] polygons = [.. Inside(layer, grid, stackName).Select(f => new ValuedPolygon(f.Geometry, Code(f)))];
        string[] unknown = [.. codes.Where(c => c.Value is null).Select(c => c.Key)];
        if (unknown.Length > 0) throw options.Scheme.Unknown($"{path}, field {field}", unknown);
        if (unnamed > 0) options.Warn($"{path}: {unnamed} polygons have nothing in the field {field}; their pixels carry no label");
        return new BurnedLabels(new PolygonRaster(grid, polygons, 0, BurnedLabels.Conflict, path),
            options.Scheme.Info(grid), options.Scheme.Rest ?? 0);
    }

    /// <summary>Burns the area that labels are kept in.</summary>
    /// <exception cref="AsmException">The file cannot be read, or lies elsewhere.</exception>
    public PolygonRaster Area(string path, GeoGrid grid, string stackName) =>
        new(grid, Inside(Layer(path), grid, stackName).Select(f => new ValuedPolygon(f.Geometry, 1)), name: path);

    // Polygons that touch the stack's rectangle, in its CRS; some outside are worth a word, all outside an error.
    private VectorFeature[] Inside(VectorLayer layer, GeoGrid grid, string stackName)
    {
        Crs crs = grid.RequireCrs(stackName, ", so polygons have no place in it");
        MapBounds bounds = grid.Bounds;
        var stack = new Envelope(bounds.West, bounds.East, bounds.South, bounds.North);
        VectorFeature[] all = [.. layer.To(crs).Features], inside = [.. all.Where(f => f.Geometry.EnvelopeInternal.Intersects(stack))];
        if (inside.Length == 0) throw Places.Elsewhere(layer.Name, Extent(layer), stackName, grid);
        if (inside.Length < all.Length)
            options.Warn($"{layer.Name}: {all.Length - inside.Length} of {all.Length} polygons lie outside of {stackName}");
        return inside;
    }

    private VectorLayer Layer(string path)
    {
        if (_layers.TryGetValue(path, out VectorLayer? layer)) return layer;
        layer = VectorFile.Read(path, options.Layer);
        layer.RequirePolygons();
        if (layer.Features.Count == 0)
            throw new AsmException(path, "it holds no polygon", "polygons of labelled ground", "check the file and its layer");
        foreach (string note in layer.Notes) options.Warn($"{path}: {note}");
        if (layer.Repaired.Count > 0)
            options.Warn($"{path}: polygons whose rings cross or overlap were repaired, "
                + $"in rows {string.Join(", ", layer.Repaired.Take(10))}{(layer.Repaired.Count > 10 ? ", ..." : "")}");
        if (layer.Skipped > 0) options.Warn($"{path}: {layer.Skipped} rows have no shape");
        return _layers[path] = layer;
    }

    private static GeoGrid Extent(VectorLayer layer)
    {
        var all = new Envelope();
        foreach (VectorFeature feature in layer.Features) all.ExpandToInclude(feature.Geometry.EnvelopeInternal);
        return new GeoGrid(1, 1, new MapPoint(all.MinX, all.MaxY), Math.Max(all.Width, 1e-9), Math.Max(all.Height, 1e-9), layer.Crs);
    }
}
