using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors;

/// <summary>
/// A vector file that takes features one by one, so that a layer needs not fit into memory. Not safe for concurrent calls.
/// </summary>
/// <remarks>Disposing a sink that was not completed discards what was written: there is a whole file or none.</remarks>
public interface IFeatureSink : IDisposable
{
    /// <summary>Takes the next feature.</summary>
    /// <param name="geometry">The shape, in the CRS that was named for the layer.</param>
    /// <param name="values">A value for every field, in their order: a string, number, bool or null.</param>
    /// <exception cref="AsmException">The format cannot hold the feature, or the disk is full or failed.</exception>
    /// <exception cref="ArgumentException">The values are not as many as the fields, or one is of another type.</exception>
    void Add(Geometry geometry, IReadOnlyList<object?> values);

    /// <summary>Finishes the file and gives it its name.</summary>
    /// <exception cref="AsmException">The name was taken meanwhile, or the disk is full or failed.</exception>
    void Complete();
}
