using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Where things lie, for messages.</summary>
internal static class Places
{
    /// <summary>The error for labels that lie elsewhere.</summary>
    public static AsmException Elsewhere(string labelsName, GeoGrid labels, string stackName, GeoGrid stack) =>
        new(labelsName, $"it lies at {Describe(labels)}", $"labels inside of {stackName}, which lies at {Describe(stack)}",
            "give the labels of this place, or leave the stack out");

    /// <summary>A grid's extent in degrees, or in its own units where it has no CRS.</summary>
    public static string Describe(GeoGrid grid)
    {
        MapBounds b = grid.Crs is null ? grid.Bounds : new SceneFootprint(grid).Degrees;
        return string.Create(CultureInfo.InvariantCulture,
            $"{b.West:0.####} to {b.East:0.####} east, {b.South:0.####} to {b.North:0.####} north");
    }
}
