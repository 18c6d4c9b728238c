using Asm.Raster;

namespace Asm.Maps.Classes;

/// <summary>Comparisons of the classes of maps that are used together.</summary>
internal static class MapClasses
{
    /// <summary>Refuses classes that differ in names or order: equal codes would mean different things.</summary>
    /// <exception cref="AsmException">The classes differ; the message names both maps.</exception>
    public static void RequireSame(IReadOnlyList<MapClass> first, string firstName, IReadOnlyList<MapClass> other, string otherName)
    {
        if (first.Select(c => (c.Code, c.Name.ToUpperInvariant())).SequenceEqual(other.Select(c => (c.Code, c.Name.ToUpperInvariant()))))
            return;
        throw new AsmException(otherName, $"its classes are {List(other)}, those of {firstName} are {List(first)}",
            "the same classes in the same order", "use maps of one model");
    }

    /// <summary>The classes with a name for every code from 1 to the highest.</summary>
    public static IReadOnlyList<MapClass> WithoutGaps(IReadOnlyList<MapClass> classes) =>
        [.. Enumerable.Range(1, classes.Max(c => c.Code))
            .Select(code => classes.FirstOrDefault(c => c.Code == code) ?? new MapClass(code, $"class {code}", MapProducts.NoDataColor))];

    /// <summary>"1 mines, 2 built".</summary>
    public static string List(IReadOnlyList<MapClass> classes) => string.Join(", ", classes.Select(c => $"{c.Code} {c.Name}"));
}
