using System.Globalization;
using Asm.Raster;
using Asm.Raster.Vectors;
using NetTopologySuite.Operation.OverlayNG;

namespace Asm.Analysis.Zones;

/// <summary>Makes zones of the features of a layer.</summary>
internal static class ZoneReader
{
    /// <summary>The field of the zones' names in <see cref="ZoneTable.Zones"/>.</summary>
    public const string NameField = "zone";

    private const int MostNamed = 10;

    /// <summary>The zones in the order in which their names first occur, as a layer with one field.</summary>
    public static VectorLayer Read(VectorLayer layer, string? idField, List<string> notes)
    {
        if (layer.Features.Count == 0)
            throw new AsmException(layer.Name, "has no zone", "a layer with at least one polygon",
                "check the file, or name another layer with `layer`");
        layer.RequirePolygons();
        string? field = idField is null ? null : layer.RequireField(idField);
        notes.AddRange(layer.Notes.Select(note => $"{layer.Name}: {note}"));
        if (layer.Repaired.Count > 0) notes.Add($"{layer.Name}: the rings of {List("row", layer.Repaired)} crossed and were repaired");
        if (layer.Skipped > 0) notes.Add($"{layer.Name}: {layer.Skipped} rows have no shape and are left out");
        var features = new List<VectorFeature>();
        var united = new List<string>();
        foreach (IGrouping<string, VectorFeature> same in layer.Features.GroupBy(feature => NameOf(layer, feature, field)))
        {
            VectorFeature[] rows = [.. same];
            if (rows.Length > 1) united.Add(same.Key);
            features.Add(new(rows[0].Row, rows.Length == 1 ? rows[0].Geometry : OverlayNGRobust.Union(rows.Select(row => row.Geometry)),
                new Dictionary<string, object?> { [NameField] = same.Key }));
        }
        if (united.Count > 0) notes.Add($"{layer.Name}: rows with the same {field} are one zone: {List("zone", united)}");
        return layer with { Fields = [NameField], Features = features };
    }

    /// <summary>Some names in a row, and how many there are in all: "rows 1, 2, 3".</summary>
    public static string List<T>(string what, IReadOnlyList<T> names) => string.Create(CultureInfo.InvariantCulture,
        $"{what}{(names.Count == 1 ? "" : "s")} "
        + $"{string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}");

    private static string NameOf(VectorLayer layer, VectorFeature feature, string? field)
    {
        if (field is null) return feature.Row.ToString(CultureInfo.InvariantCulture);
        string? name = Convert.ToString(feature.Attributes.GetValueOrDefault(field), CultureInfo.InvariantCulture);
        return !string.IsNullOrWhiteSpace(name)
            ? name
            : throw new AsmException(layer.Name, $"row {feature.Row} has no {field}",
                "a name for every zone", "fill the field in, or name another one with `id`");
    }
}
