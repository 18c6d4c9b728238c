namespace Asm.Raster.Vectors;

/// <summary>The fields of a layer, in the order in which they were first met.</summary>
/// <param name="names">Those that are known.</param>
internal sealed class FieldNames(IEnumerable<string> names)
{
    private readonly HashSet<string> _known = [.. names];

    /// <summary>The fields.</summary>
    public List<string> List { get; } = [.. names];

    /// <summary>True where a field is known.</summary>
    public bool Contains(string name) => _known.Contains(name);

    /// <summary>Adds a field that is not known.</summary>
    public void Add(string name)
    {
        if (_known.Add(name)) List.Add(name);
    }
}
