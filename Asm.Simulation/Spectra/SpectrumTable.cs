using System.Globalization;

namespace Asm.Simulation.Spectra;

/// <summary>The embedded table spectra.csv; the README beside it says where its numbers come from.</summary>
internal static class SpectrumTable
{
    private static readonly Dictionary<string, SpectrumClass> Classes = Load();

    /// <summary>Names of all classes, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Classes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A class by name.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such class.</exception>
    public static SpectrumClass Get(string name) => Classes[name];

    private static Dictionary<string, SpectrumClass> Load()
    {
        using Stream stream = typeof(SpectrumTable).Assembly.GetManifestResourceStream("spectra.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var rows = new Dictionary<string, List<float[]>>();
        while (reader.ReadLine() is { } line)
        {
            // class, source, samples, row (mean, pc1 .. pc4 in this order), ten bands
            string[] cells = line.Split(',');
            if (!rows.TryGetValue(cells[0], out List<float[]>? list)) rows[cells[0]] = list = [];
            list.Add([.. cells.Skip(4).Select(c => float.Parse(c, CultureInfo.InvariantCulture))]);
        }
        return rows.Select((r, i) => (r.Key, Class: new SpectrumClass((ulong)i, r.Value[0], [.. r.Value.Skip(1)])))
            .ToDictionary(r => r.Key, r => r.Class);
    }
}
