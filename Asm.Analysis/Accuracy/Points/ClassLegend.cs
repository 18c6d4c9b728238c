using System.Globalization;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>The codes that a map's pixels and points can bear, and the words for them.</summary>
internal sealed class ClassLegend
{
    private readonly string _mapName;
    private readonly bool _isChange;
    private readonly Dictionary<string, byte> _byWord = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes that a map declares and those that its pixels bear.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pixels">Pixels of each code 0 to 255.</param>
    public ClassLegend(ClassMap map, ReadOnlySpan<long> pixels)
    {
        (_mapName, _isChange) = (map.Source.Name, map.IsChange);
        var codes = new SortedSet<int>(map.IsChange
            ? map.Classes.SelectMany(before => map.Classes.Select(after => (int)ChangeCode.Of(before.Code, after.Code)))
            : map.Classes.Select(c => c.Code));
        for (int code = 1; code < pixels.Length; code++)
            if (pixels[code] > 0) codes.Add(code);
        IReadOnlyList<Rgb> colors = map.Source.Info.Colors;
        Classes = [.. codes.Select(code => new MapClass(code, map.NameOf(code),
            map.IsChange ? ColorOf(colors, code) : map.Classes.FirstOrDefault(c => c.Code == code)?.Color ?? ColorOf(colors, code)))];
        foreach (MapClass c in Classes) _byWord.TryAdd(c.Code.ToString(CultureInfo.InvariantCulture), (byte)c.Code);
        foreach (MapClass c in Classes) _byWord[c.Name] = (byte)c.Code;
    }

    /// <summary>The classes in the order of their codes; of a change map the changes.</summary>
    public IReadOnlyList<MapClass> Classes { get; }

    /// <summary>The code of a name or number, or null.</summary>
    public byte? Find(string word) => _byWord.TryGetValue(word.Trim(), out byte code) ? code : null;

    /// <summary>The name of a code.</summary>
    public string NameOf(int code) =>
        Classes.FirstOrDefault(c => c.Code == code)?.Name ?? (code == 0 ? "no data" : code.ToString(CultureInfo.InvariantCulture));

    /// <summary>The code of a name or number that a person gave.</summary>
    /// <exception cref="AsmException">There is no such class; the message lists those there are.</exception>
    public byte Require(string word, string subject) => Find(word) ?? throw new AsmException(subject,
        $"'{word}' is no class of {_mapName}", Words, "correct the name; names and codes are both taken");

    /// <summary>The words that are taken, for messages.</summary>
    public string Words => _isChange && Classes.Count > 12
        ? $"one of {Classes.Count} changes such as '{Classes[0].Name}', or its code"
        : $"one of {string.Join(", ", Classes.Select(c => $"{c.Name} ({c.Code})"))}";

    private static Rgb ColorOf(IReadOnlyList<Rgb> colors, int code) => code < colors.Count ? colors[code] : new Rgb(128, 128, 128);
}
