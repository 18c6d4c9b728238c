using Asm.Raster.Projections;

namespace Asm.Raster.Vectors;

/// <summary>Features that share fields and a CRS, as read from one file.</summary>
/// <param name="Name">What messages call the layer: the path of its file.</param>
/// <param name="Crs">The coordinate reference system of all shapes.</param>
/// <param name="Fields">The names of the attributes, in the order of the file.</param>
/// <param name="Features">The features, in the order of the file.</param>
public sealed record VectorLayer(string Name, Crs Crs, IReadOnlyList<string> Fields, IReadOnlyList<VectorFeature> Features)
{
    /// <summary>
    /// The <see cref="VectorFeature.Row"/> of every feature whose rings crossed or overlapped and were repaired when the file was read.
    /// </summary>
    public IReadOnlyList<long> Repaired { get; init; } = [];

    /// <summary>How many rows of the file have no shape and are left out.</summary>
    public int Skipped { get; init; }

    /// <summary>
    /// What a person should know of how the file was read, such as an encoding that was guessed; without the file's name.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// The name of a field as the file spells it; capitals and small letters are taken as equal where no field has exactly the name given.
    /// </summary>
    /// <exception cref="AsmException">There is no such field; the message names those that are there.</exception>
    public string RequireField(string field) =>
        Fields.FirstOrDefault(name => name == field)
        ?? Fields.FirstOrDefault(name => string.Equals(name, field, StringComparison.OrdinalIgnoreCase))
        ?? throw new AsmException(Name,
            $"has no field named '{field}'; its fields are: {(Fields.Count == 0 ? "(none)" : string.Join(", ", Fields))}",
            $"a field named '{field}'", "name one of the fields that are there, or add the field to the file", AsmErrorCode.Setting);

    /// <summary>Refuses features that are not areas.</summary>
    /// <exception cref="AsmException">A feature is or holds a point or a line; the message names its row.</exception>
    public void RequirePolygons()
    {
        foreach (VectorFeature feature in Features)
            if (PolygonParts.FindOther(feature.Geometry) is { } other)
                throw new AsmException(Name, $"row {feature.Row} is or holds a {other.GeometryType}", "polygons only",
                    "leave points and lines out of the file, or buffer them to polygons", AsmErrorCode.InputFormat);
    }

    /// <summary>The same features in another system: every vertex is transformed.</summary>
    /// <remarks>
    /// A straight edge of one system is curved in another. Vertices are added to edges until the result is within 0.1 m of the
    /// curve, so neighbours that share an edge still share it. Shapes are not cut at the 180th meridian: one that would wrap around
    /// the globe there is refused.
    /// </remarks>
    /// <exception cref="AsmException">
    /// A position has no counterpart in the target system, or there is no transform between the two.
    /// </exception>
    public VectorLayer To(Crs target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return To(target, isWhole: false);
    }

    /// <summary>The same, where shapes across the 180th meridian may go on past 180 degrees.</summary>
    internal VectorLayer To(Crs target, bool isWhole)
    {
        if (Crs.IsSameAs(target)) return this;
        CoordinateTransform transform;
        try { transform = CoordinateTransform.Between(Crs, target); }
        catch (AsmException e) { throw new AsmException($"layer {Name}: {e.Message}", e); }
        return this with
        {
            Crs = target,
            Features = [.. Features.Select(feature =>
                feature with { Geometry = Reprojection.Run(feature, this, target, transform, isWhole) })]
        };
    }
}
