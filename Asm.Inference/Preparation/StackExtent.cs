using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Raster.Windows;
using NetTopologySuite.Geometries;

namespace Asm.Inference.Preparation;

/// <summary>Cuts the wanted part out of a stack.</summary>
internal static class StackExtent
{
    /// <summary>The part inside of a rectangle and of polygons. Disposing it is disposing the stack.</summary>
    /// <exception cref="AsmException">The scene does not meet them.</exception>
    public static IRasterSource Cut(IRasterSource stack, MapBounds? bounds, PolygonMask? area)
    {
        if (bounds is null && area is null) return stack;
        GeoGrid grid = stack.Info.Grid;
        MapBounds wanted = grid.Bounds;
        if (bounds is { } given) wanted = wanted.Intersect(given);
        IReadOnlyList<Geometry> polygons = area?.On(grid) ?? [];
        if (area is not null)
        {
            var box = new Envelope();
            foreach (Geometry polygon in polygons) box.ExpandToInclude(polygon.EnvelopeInternal);
            wanted = wanted.Intersect(box.IsNull ? default : new(box.MinX, box.MinY, box.MaxX, box.MaxY));
        }
        PixelWindow part = CroppedSource.Covering(grid, wanted);
        if (part.IsEmpty)
        {
            string what = bounds is { } b ? Text(b) : area!.ToString();
            throw new AsmException(stack.Name, $"does not meet {what}; it covers {Text(grid.Bounds)} in {grid.Crs}", "a part of the scene",
                bounds is null ? "check the polygons and their CRS" : "give `bounds` WEST,SOUTH,EAST,NORTH in the CRS of the scene");
        }
        var cropped = new CroppedSource(stack, part);
        return area is null ? cropped : new MaskedSource(cropped, polygons, burn: true, outside: true);
    }

    /// <summary>A rectangle as the setting has it.</summary>
    public static string Text(MapBounds bounds) =>
        string.Create(CultureInfo.InvariantCulture, $"{bounds.West:R},{bounds.South:R},{bounds.East:R},{bounds.North:R}");
}
