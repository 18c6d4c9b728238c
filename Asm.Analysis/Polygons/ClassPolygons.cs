using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Analysis.Polygons;

/// <summary>
/// Polygons of the regions of a map: connected pixels of one code. Borders run along the sides of pixels, so that neighbours share them
/// exactly, the areas add up to those of the pixels, and the polygons turn into the same map again.
/// </summary>
public static class ClassPolygons
{
    private const int StripPixels = 1 << 20;

    /// <summary>The attributes of the features: class (its name, or that of the change), code, hectares, pixels.</summary>
    /// <param name="withConfidence">True adds confidence: the mean over the region's pixels that have one, null where none has.</param>
    public static IReadOnlyList<VectorField> Fields(bool withConfidence)
    {
        VectorField[] fields = [new("class", VectorFieldKind.Text), new("code", VectorFieldKind.Integer),
            new("hectares", VectorFieldKind.Real), new("pixels", VectorFieldKind.Integer)];
        return withConfidence ? [.. fields, new("confidence", VectorFieldKind.Real)] : fields;
    }

    /// <summary>Writes the regions and completes the sink, or disposes it where anything fails.</summary>
    /// <param name="map">The map, in metres.</param>
    /// <param name="codes">The codes whose regions are written. Pixels with other codes belong to no region.</param>
    /// <param name="confidence">
    /// A confidence on the map's grid, or null: its scale is applied, pixels without data are left out of the mean.
    /// </param>
    /// <param name="sink">Takes features with <see cref="Fields"/> in the map's CRS.</param>
    /// <param name="options">Smallest area and connectivity.</param>
    /// <param name="run">Memory, progress and cancellation; null for the defaults.</param>
    /// <remarks>
    /// Regions come in the order of their last rows, from left to right within a row. Memory grows with the width and with the borders of
    /// regions that are not finished, not with the height. One pass; one thread traces while others read and write.
    /// </remarks>
    /// <exception cref="AsmException">
    /// The map is not in metres, the grids differ, the memory is too little, or a file cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static PolygonSummary Run(ClassMap map, IReadOnlyList<byte> codes, IRasterSource? confidence,
        IFeatureSink sink, PolygonOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(sink);
        try
        {
            return new PolygonRun(map, codes, confidence, sink, options ?? new(), run ?? new()).Execute(StripPixels);
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }
}
