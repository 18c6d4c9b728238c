using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Asm.Raster.Vectors;

/// <summary>
/// The attributes of a feature: a value for every field of its layer, of which only those that are not null take memory. Files of many
/// fields, such as tags, have most of them empty.
/// </summary>
/// <param name="names">The fields of the layer, which its features share.</param>
internal sealed class SparseAttributes(FieldNames names) : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _values = [];

    /// <inheritdoc/>
    public int Count => names.List.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names.List;

    /// <inheritdoc/>
    public IEnumerable<object?> Values => names.List.Select(name => _values.GetValueOrDefault(name));

    /// <inheritdoc/>
    public object? this[string key] => TryGetValue(key, out object? value) ? value : throw new KeyNotFoundException(key);

    /// <summary>Sets a value; a field that the layer does not have yet becomes its last.</summary>
    public void Set(string name, object? value)
    {
        names.Add(name);
        if (value is not null) _values[name] = value;
        else _values.Remove(name);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => names.Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) =>
        _values.TryGetValue(key, out value) || names.Contains(key);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        names.List.Select(name => KeyValuePair.Create(name, _values.GetValueOrDefault(name))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
