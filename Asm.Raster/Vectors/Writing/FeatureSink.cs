using NetTopologySuite.Geometries;

namespace Asm.Raster.Vectors.Writing;

/// <summary>
/// What the sinks of all formats have in common: values become what their columns hold, and rows have numbers for messages.
/// </summary>
internal abstract class FeatureSink(LayerSchema schema) : IFeatureSink
{
    private long _rows;

    /// <summary>What the file holds.</summary>
    protected LayerSchema Schema => schema;

    /// <inheritdoc/>
    public void Add(Geometry geometry, IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        ArgumentNullException.ThrowIfNull(values);
        Add(++_rows, geometry, values);
    }

    /// <summary>Takes the next feature.</summary>
    /// <param name="row">What messages call it.</param>
    /// <param name="geometry">Its shape.</param>
    /// <param name="values">Its values.</param>
    public void Add(long row, Geometry geometry, IReadOnlyList<object?> values)
    {
        if (values.Count != schema.Columns.Length)
            throw new ArgumentException($"{values.Count} values given for {schema.Columns.Length} fields");
        Write(row, geometry, [.. schema.Columns.Select((column, i) => column.Convert(values[i]))]);
    }

    /// <inheritdoc/>
    public abstract void Complete();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Writes a feature.</summary>
    protected abstract void Write(long row, Geometry geometry, object?[] values);
}
