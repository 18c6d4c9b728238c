using System.Globalization;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Training.Configuration;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// Which class a value in a label file means: by --map, else by its name, else by its code, else --rest. Without --map a number is
/// a code and never the rest.
/// </summary>
internal sealed class ClassScheme
{
    /// <summary>Stands for "no label" in --map and --rest.</summary>
    public const string None = "none";

    private readonly Dictionary<string, byte> _map = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the options.</summary>
    /// <param name="classes">The classes by code from 1, 1 to 255 of them.</param>
    /// <param name="map">Texts like "50=built"; a value may go to "none".</param>
    /// <param name="rest">The class of all other values, or "none"; null: other values are an error.</param>
    /// <exception cref="AsmException">A text is not of this form, names no class, or maps a value twice.</exception>
    public ClassScheme(IReadOnlyList<ClassConfig> classes, IEnumerable<string> map, string? rest)
    {
        Classes = [.. classes];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { None };
        foreach (ClassConfig one in Classes)
            if (one.Name.Length == 0 || !names.Add(one.Name))
                throw new AsmException("--classes", $"the name '{one.Name}'", $"names that differ, and not '{None}'", "give other names");
        if (Classes.Length is < 1 or > 255)
            throw new AsmException("--classes", $"{Classes.Length} classes", "1 to 255", "name the classes");
        foreach (string pair in map)
        {
            int at = pair.LastIndexOf('=');
            if (at <= 0 || at == pair.Length - 1)
                throw new AsmException("--map", $"'{pair}'", "VALUE=CLASS", "for example: --map 50=built,60=none");
            if (!_map.TryAdd(pair[..at].Trim(), Named(pair[(at + 1)..].Trim(), "--map")))
                throw new AsmException("--map", $"the value {pair[..at]} twice", "each value once", "leave one out");
        }

        Mapped = _map.Count > 0;
        for (int c = 0; c < Classes.Length; c++) _map.TryAdd(Classes[c].Name, (byte)(c + 1));
        Rest = rest is null ? null : Named(rest, "--rest");
    }

    /// <summary>The classes by code from 1.</summary>
    public ClassConfig[] Classes { get; }

    /// <summary>True where --map was given; numbers are then values of the file and no codes.</summary>
    public bool Mapped { get; }

    /// <summary>The code of all values that nothing else names, 0 for none; null: such values are an error.</summary>
    public byte? Rest { get; }

    /// <summary>What --map takes where numbers count from 0.</summary>
    public string MapFromZero => MapText(Classes.Select(c => c.Name));

    /// <summary>Nodata, names and colours of a raster of codes.</summary>
    public RasterInfo Info(GeoGrid grid) => new()
    {
        Grid = grid,
        SampleType = SampleType.UInt8,
        Bands = [new BandInfo { Name = "class", NoData = 0 }],
        ClassNames = ["not labelled", .. Classes.Select(c => c.Name)],
        Colors = [new Rgb(0, 0, 0), .. Classes.Select(c => Rgb.Parse(c.Color))],
    };

    /// <summary>The code of a value; 0: no label; null: the value means no class.</summary>
    /// <param name="value">The value as text; a number in rasters.</param>
    /// <param name="name">
    /// What the file calls the value; null or empty where it has no name for it. A number with a name is no code.
    /// </param>
    public byte? CodeOf(string value, string? name = null)
    {
        value = value.Trim();
        if (_map.TryGetValue(value, out byte code) || (name is not null && _map.TryGetValue(name, out code))) return code;
        // Numbers of another key, such as those of a land cover, must not be taken for codes as far as there are
        // classes, and for the rest beyond.
        if (!Mapped && string.IsNullOrEmpty(name) && IsNumber(value, out int number) && number != 0)
            return number <= Classes.Length ? (byte)number : null;
        if (Rest is { } rest) return rest;
        return value is "0" or "" ? (byte)0 : null;
    }

    /// <summary>The error for values that mean no class.</summary>
    public AsmException Unknown(string subject, IReadOnlyCollection<string> values)
    {
        string[] some = [.. values.Order(StringComparer.Ordinal).Take(20)];
        return new AsmException(subject,
            $"values that are no class: {string.Join(", ", some)}{(values.Count > some.Length ? ", ..." : "")}",
            $"{string.Join(", ", Classes.Select(c => c.Name))}"
            + $"{(Mapped ? ", or a value that --map names" : $", or the codes 1 to {Classes.Length}")}",
            !Mapped && values.Any(v => IsNumber(v, out _))
                ? $"without --map numbers are class codes, 1 {Classes[0].Name} and so on; "
                    + $"where they are not, say which class each number is: --map NUMBER=CLASS,..., and --rest {None} for all others"
                : $"say which class they are: --map {string.Join(',', some.Take(3).Select(v => $"'{v}'=CLASS"))} (or {None}), "
                    + $"or --rest {None} for all others");
    }

    /// <summary>The error for labels of which it is not known what 0 means: see <see cref="LabelZero"/>.</summary>
    public AsmException ZeroUnknown(IRasterSource labels)
    {
        return new AsmException(labels.Name, LabelZero.Finding(labels.Info),
            $"a raster that names its numbers, or a map of them; without one they are codes from 1 ({Classes[0].Name}), and 0 is no label",
            $"say what its numbers are: --map {MapFromZero} where they count from 0, or "
            + $"--map {MapText([None, .. Classes.Select(c => c.Name)])} where 0 means no label");
    }

    /// <summary>The default classes' colours by name, and others for other names.</summary>
    public static ClassConfig[] Named(IEnumerable<string> names)
    {
        string[] others = ["#e69f00", "#0072b2", "#cc79a7", "#f0e442", "#999999", "#882255", "#44aa99", "#332288", "#aa4499", "#661100"];
        ClassConfig[] known = new FitConfig().Classes;
        int next = 0;
        return [.. names.Select(n => known.FirstOrDefault(k => k.Name == n) is { } k
            ? k
            : new ClassConfig { Name = n, Color = others[next++ % others.Length] })];
    }

    private static string MapText(IEnumerable<string> fromZero) =>
        CommandText.Quote(string.Join(',', fromZero.Select((name, i) => $"{i}={name}")));

    private static bool IsNumber(string value, out int number) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private byte Named(string name, string option)
    {
        if (string.Equals(name, None, StringComparison.OrdinalIgnoreCase)) return 0;
        int at = Array.FindIndex(Classes, c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        return at >= 0
            ? (byte)(at + 1)
            : throw new AsmException(option, $"'{name}' is no class",
                $"one of {string.Join(", ", Classes.Select(c => c.Name))}, or {None}", "correct the name, or add it with --classes");
    }
}
