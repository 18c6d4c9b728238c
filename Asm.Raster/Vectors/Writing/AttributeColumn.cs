namespace Asm.Raster.Vectors.Writing;

/// <summary>A field of a layer and what its values are.</summary>
/// <param name="Name">The field.</param>
/// <param name="Kind">The narrowest kind that holds every value; text where all are null.</param>
/// <param name="MaxTextBytes">The longest text, in bytes of UTF-8.</param>
internal sealed record AttributeColumn(string Name, VectorFieldKind Kind, int MaxTextBytes)
{
    /// <summary>The columns of a layer.</summary>
    public static AttributeColumn[] Of(VectorLayer layer) =>
        [.. layer.Fields.Select(field =>
        {
            object[] values = [.. layer.Features.Select(feature => Plain(feature.Attributes.GetValueOrDefault(field))).OfType<object>()];
            var column = new AttributeColumn(field, KindOf(values), 0);
            return column.Kind != VectorFieldKind.Text
                ? column
                : column with
                {
                    MaxTextBytes = values.Max(value => (int?)System.Text.Encoding.UTF8.GetByteCount((string)column.Convert(value)!)) ?? 0
                };
        })];

    /// <summary>Refuses names that differ by capitals only, which tables take as equal.</summary>
    /// <exception cref="AsmException">There are two such names.</exception>
    public static void RequireDistinct(string path, IEnumerable<AttributeColumn> columns)
    {
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new AsmException(path,
                $"the fields {string.Join(" and ", same.Select(column => column.Name))} have one name in this format",
                "names that differ by more than capitals", "rename one, or write a .geojson", AsmErrorCode.InputFormat);
    }

    /// <summary>A value as a string, long, double or bool as the column's kind is, or null. What is not finite becomes null.</summary>
    /// <exception cref="ArgumentException">The value is of another kind.</exception>
    public object? Convert(object? value) => (Kind, Plain(value)) switch
    {
        (_, null) => null,
        (VectorFieldKind.Text, var text) => text is bool truth
            ? truth ? "true" : "false"
            : System.Convert.ToString(text, System.Globalization.CultureInfo.InvariantCulture),
        (VectorFieldKind.Real, long whole) => (double)whole,
        (VectorFieldKind.Real, double number) => number,
        (VectorFieldKind.Integer, long whole) => whole,
        (VectorFieldKind.Boolean, bool truth) => truth,
        (_, var other) => throw new ArgumentException($"field {Name} is {Kind}, and a value is a {other.GetType().Name}"),
    };

    private static VectorFieldKind KindOf(object[] values) =>
        values.Length == 0 ? VectorFieldKind.Text
        : values.All(value => value is bool) ? VectorFieldKind.Boolean
        : values.All(value => value is long) ? VectorFieldKind.Integer
        : values.All(value => value is long or double) ? VectorFieldKind.Real
        : VectorFieldKind.Text;

    private static object? Plain(object? value) => value switch
    {
        double number => double.IsFinite(number) ? number : null,
        float number => Plain((double)number),
        int or short or byte or uint or ushort or sbyte => System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        null or string or long or bool => value,
        _ => throw new ArgumentException($"an attribute is a {value.GetType().Name}; it must be a string, a number, a bool or null"),
    };
}
