using System.Globalization;
using System.Text.Json;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>A raster of class codes, or of changes between two of them, with what its codes mean.</summary>
public sealed class ClassMap
{
    /// <summary>
    /// The metadata item that marks a change map: the names of the classes that its codes pair, as a JSON list in the order of their codes.
    /// </summary>
    public const string ChangeClassesKey = "ASM_CHANGE_CLASSES";

    /// <summary>The classes of a map that does not name its own: the method's three.</summary>
    public static IReadOnlyList<MapClass> DefaultClasses { get; } =
        [new(1, "mines", Rgb.Parse("#d55e00")), new(2, "built", Rgb.Parse("#56b4e9")), new(3, "vegetation", Rgb.Parse("#009e73"))];

    private ClassMap(IRasterSource source, IReadOnlyList<MapClass> classes, bool isChange, bool namesClasses) =>
        (Source, Classes, IsChange, NamesClasses) = (source, classes, isChange, namesClasses);

    /// <summary>The raster: one uint8 band, 0 no data.</summary>
    public IRasterSource Source { get; }

    /// <summary>The classes in the order of their codes; of a change map those that its codes pair.</summary>
    public IReadOnlyList<MapClass> Classes { get; }

    /// <summary>True where the codes are 10 x class before + class after; see <see cref="ChangeCode"/>.</summary>
    public bool IsChange { get; }

    /// <summary>True where 0 is a class in the raster, and its codes are one higher here.</summary>
    internal bool CountsFromZero => Source is RecodedMap { Shift: 1 };

    /// <summary>False where the map names no classes and the <see cref="DefaultClasses"/> are assumed.</summary>
    internal bool NamesClasses { get; }

    /// <summary>
    /// Looks at what a raster says of its codes. A raster that names none has the <see cref="DefaultClasses"/>. Whole numbers of any sample
    /// type with any nodata are codes; where 0 is a class, every code is one higher than in the raster.
    /// </summary>
    /// <param name="source">The raster; it stays the caller's to dispose.</param>
    /// <param name="run">
    /// Threads, memory and cancellation, for rasters that have to be read to know what their 0 means; is told what is assumed. Null for the
    /// defaults.
    /// </param>
    /// <exception cref="AsmException">The raster is no map of codes.</exception>
    public static ClassMap Of(IRasterSource source, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Info.Bands.Count != 1)
            throw new AsmException(source.Name, $"has {source.Info.Bands.Count} bands of type {source.Info.SampleType}",
                "a map of codes: one band of whole numbers",
                "give the classes of a prediction (NAME.classes.tif), or of an ensemble, a mosaic or a change");
        bool isChange = source.Info.Metadata.TryGetValue(ChangeClassesKey, out string? list);
        source = RecodedMap.Of(source, isChange, run);
        RasterInfo info = source.Info;
        if (list is not null)
            return new(source, [.. ChangeClasses(source.Name, list)
                .Select((name, i) => new MapClass(i + 1, name, ColorOf(info, ChangeCode.Of(i + 1, i + 1))))], true, true);
        MapClass[] named = [.. Enumerable.Range(1, Math.Max(0, info.ClassNames.Count - 1)).Where(code => info.ClassNames[code].Length > 0)
            .Select(code => new MapClass(code, info.ClassNames[code], ColorOf(info, code)))];
        return new(source, named.Length > 0 ? named : DefaultClasses, false, named.Length > 0);
    }

    /// <summary>
    /// The name of a code: of a class, "mines"; of a change, "vegetation to mines"; "no data"; "code 7" where the map has no name for it.
    /// </summary>
    public string NameOf(int code)
    {
        if (code == 0) return "no data";
        if (!IsChange) return Classes.FirstOrDefault(c => c.Code == code)?.Name ?? Unnamed(code);
        (int before, int after) = ChangeCode.Split(code);
        return before >= 1 && before <= Classes.Count && after >= 1 && after <= Classes.Count
            ? ChangeCode.Name(Classes[before - 1].Name, Classes[after - 1].Name)
            : Unnamed(code);
    }

    /// <summary>
    /// The codes that a word selects. On a class map the class of that name or code. On a change map the name of one change ("vegetation to
    /// mines"), or a class: then every change that leads to this class from another one, which is what is new.
    /// </summary>
    /// <exception cref="AsmException">The map has no such class; the message lists those it has.</exception>
    public IReadOnlyList<byte> Select(string word)
    {
        ArgumentException.ThrowIfNullOrEmpty(word);
        if (Classes.FirstOrDefault(c => Same(c.Name, word) || word == c.Code.ToString(CultureInfo.InvariantCulture)) is { } found)
            return IsChange
                ? [.. Classes.Where(c => c.Code != found.Code).Select(c => ChangeCode.Of(c.Code, found.Code))]
                : [(byte)found.Code];
        if (IsChange)
            foreach (byte code in Classes.SelectMany(from => Classes.Select(to => ChangeCode.Of(from.Code, to.Code))))
                if (Same(NameOf(code), word)) return [code];
        throw new AsmException(Source.Name, $"has no class '{word}'",
            $"one of {string.Join(", ", Classes.Select(c => c.Name))}{(IsChange ? ", or a change such as " + NameOf(12) : "")}",
            "give one of these with `class`");
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Unnamed(int code) => string.Create(CultureInfo.InvariantCulture, $"code {code}");

    private static Rgb ColorOf(RasterInfo info, int code) =>
        code < info.Colors.Count ? info.Colors[code] : DefaultClasses.FirstOrDefault(c => c.Code == code)?.Color ?? new Rgb(128, 128, 128);

    private static string[] ChangeClasses(string name, string list)
    {
        try
        {
            if (JsonSerializer.Deserialize<string[]>(list) is { Length: >= 2 and <= ChangeCode.MostClasses } names
                && names.All(n => !string.IsNullOrEmpty(n)))
                return names;
        }
        catch (JsonException) { }
        throw new AsmException(name, $"its item {ChangeClassesKey} is '{list}'",
            $"a JSON list of 2 to {ChangeCode.MostClasses} names", "make the change map again with asm change");
    }
}
