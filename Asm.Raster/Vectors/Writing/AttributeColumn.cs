namespace Asm.Raster;

/// <summary>A field of a layer and what its values are.</summary>
/// <param name="Name">The field.</param>
/// <param name="Kind">The narrowest kind that holds every value; text where all are null.</param>
internal sealed record AttributeColumn(string Name, AttributeKind Kind)
{
    /// <summary>The columns of a layer.</summary>
    public static AttributeColumn[] Of(VectorLayer layer) =>
        [.. layer.Fields.Select(field => new AttributeColumn(field, KindOf([.. layer.Features.Select(feature => Plain(feature.Attributes.GetValueOrDefault(field))).OfType<object>()])))];

    /// <summary>Refuses names that differ by capitals only, which tables take as equal.</summary>
    /// <exception cref="AsmException">There are two such names.</exception>
    public static void RequireDistinct(string path, IEnumerable<AttributeColumn> columns)
    {
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new AsmException(path, $"the fields {string.Join(" and ", same.Select(column => column.Name))} have one name in this format", "names that differ by more than capitals", "rename one, or write a .geojson");
    }

    /// <summary>The value of a feature: a string, long, double or bool as the column's kind is, or null. What is not finite becomes null.</summary>
    public object? Value(VectorFeature feature) => (Kind, Plain(feature.Attributes.GetValueOrDefault(Name))) switch
    {
        (_, null) => null,
        (AttributeKind.Text, var value) => value is bool truth ? truth ? "true" : "false" : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        (AttributeKind.Real, long whole) => (double)whole,
        (_, var value) => value,
    };

    private static AttributeKind KindOf(object[] values) =>
        values.Length == 0 ? AttributeKind.Text
        : values.All(value => value is bool) ? AttributeKind.Boolean
        : values.All(value => value is long) ? AttributeKind.Integer
        : values.All(value => value is long or double) ? AttributeKind.Real
        : AttributeKind.Text;

    private static object? Plain(object? value) => value switch
    {
        double number => double.IsFinite(number) ? number : null,
        float number => Plain((double)number),
        int or short or byte or uint or ushort or sbyte => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        null or string or long or bool => value,
        _ => throw new ArgumentException($"an attribute is a {value.GetType().Name}; it must be a string, a number, a bool or null"),
    };
}
