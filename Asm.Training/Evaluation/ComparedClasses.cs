using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Training.Evaluation;

/// <summary>
/// The classes that models and labels are compared by. Names decide, not codes: two files may give one class different codes. Names may be
/// changed first, in models and labels alike, which joins classes that are not told apart.
/// </summary>
internal sealed class ComparedClasses
{
    private static readonly StringComparer SameName = StringComparer.OrdinalIgnoreCase;

    // Okabe and Ito 2008: told apart by people with any colour vision
    private static readonly Rgb[] Palette =
        [new(213, 94, 0), new(86, 180, 233), new(0, 158, 115), new(240, 228, 66),
            new(0, 114, 178), new(204, 121, 167), new(230, 159, 0), new(0, 0, 0)];

    private readonly IReadOnlyDictionary<string, string> _map;
    private readonly List<string> _names = [];

    /// <summary>Finds the classes.</summary>
    /// <param name="tiles">The tiles with the number of pixels of each label value.</param>
    /// <param name="models">The models.</param>
    /// <param name="map">Names to change, from and to. A name that stays itself is meant to be on one side only.</param>
    /// <exception cref="AsmException">A class is on one side only, or a name to change is on neither.</exception>
    public ComparedClasses(IReadOnlyList<(LabelledTile Tile, long[] Counts)> tiles,
        IReadOnlyList<EvaluatedModel> models, IReadOnlyDictionary<string, string> map)
    {
        _map = new Dictionary<string, string>(map, SameName);
        string[] labels = [.. tiles.SelectMany(t => t.Tile.ClassNames.Skip(1)).Where(n => n.Length > 0).Distinct(SameName)];
        string[] all = [.. labels, .. models.SelectMany(m => m.Description.Classes).Select(c => c.Name)];
        if (_map.Keys.FirstOrDefault(n => !all.Contains(n, SameName)) is { } unknown)
            throw new AsmException("--map", $"no model and no label has a class {unknown}",
                $"one of {string.Join(", ", all.Distinct(SameName))}", "correct the name");
        Add(labels.Select(Renamed));
        string[] ofLabels = [.. _names];
        foreach (EvaluatedModel model in models)
            foreach (string name in model.Description.Classes.Select(c => c.Name))
                if (!ofLabels.Contains(Renamed(name), SameName) && !IsKept(name))
                    throw new AsmException(model.File,
                        $"its class {Shown(name)} is not one of the labels: {string.Join(", ", ofLabels)}", "classes of the same names",
                        $"--map {name}=CLASS to count it as another, or --map {name}={name} to count its pixels as wrong");
        foreach ((LabelledTile tile, long[] counts) in tiles)
            foreach ((string name, EvaluatedModel model) in tile.ClassNames.Where((_, code) => code > 0 && counts[code] > 0)
                .SelectMany(n => models.Select(m => (n, m))))
                if (!IsKept(name) && !model.Description.Classes.Any(c => SameName.Equals(Renamed(c.Name), Renamed(name))))
                    throw new AsmException(model.File,
                        $"it cannot find the class {Shown(name)} of {tile.Name}; its classes "
                        + $"are {string.Join(", ", model.Description.Classes.Select(c => c.Name))}", "classes of the same names",
                        $"--map {name}=CLASS to count it as another, or --map {name}={name} to count it as never found");
        Add(models.SelectMany(m => m.Description.Classes).Select(c => Renamed(c.Name)));
        if (_names.Count > 255)
            throw new AsmException("the classes", $"there are {_names.Count}", "255 at most", "join classes: --map FROM=TO,...");
        Colors = Colour(tiles, models);
    }

    /// <summary>Names of the codes 1, 2, 3, ...: the labels' in their order, then those that only models have.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Colours of the codes 0, 1, 2, ...</summary>
    public IReadOnlyList<Rgb> Colors { get; }

    /// <summary>The code of each value of a tile's labels.</summary>
    public byte[] CodesOf(LabelledTile tile) => [0, .. tile.ClassNames.Skip(1).Select(n => n.Length == 0 ? (byte)0 : Code(n))];

    /// <summary>The code of each value of a model's class map.</summary>
    public byte[] CodesOf(EvaluatedModel model) => [0, .. model.Description.Classes.Select(c => Code(c.Name))];

    /// <summary>The code of a class by its name.</summary>
    /// <exception cref="AsmException">There is no such class.</exception>
    public int Find(string name, string subject)
    {
        int at = _names.FindIndex(n => SameName.Equals(n, name));
        return at >= 0
            ? at + 1
            : throw new AsmException(subject, $"there is no class {name}", $"one of {string.Join(", ", _names)}", "correct the name");
    }

    /// <summary>The class whose accuracy and IoU stand in the first table: "mines", or the first.</summary>
    public int DefaultTarget => Math.Max(0, _names.FindIndex(n => SameName.Equals(n, "mines"))) + 1;

    private byte Code(string name) => (byte)(_names.FindIndex(n => SameName.Equals(n, Renamed(name))) + 1);

    private string Renamed(string name) => _map.GetValueOrDefault(name, name);

    private bool IsKept(string name) => _map.TryGetValue(name, out string? to) && SameName.Equals(to, name);

    private string Shown(string name) => SameName.Equals(Renamed(name), name) ? name : $"{name} (as {Renamed(name)})";

    private void Add(IEnumerable<string> names)
    {
        foreach (string name in names)
            if (!_names.Contains(name, SameName)) _names.Add(name);
    }

    // The labels' colours, else the models', of the class that had the name from the start before those that were renamed; where two
    // classes would look alike, the palette.
    private Rgb[] Colour(IReadOnlyList<(LabelledTile Tile, long[] Counts)> tiles, IReadOnlyList<EvaluatedModel> models)
    {
        IEnumerable<(string Name, Rgb Color)> given =
        [
            .. tiles.SelectMany(t => t.Tile.ClassNames.Zip(t.Tile.Colors).Skip(1)),
            .. models.SelectMany(m => m.Description.Classes).Select(c => (c.Name, c.Color)),
        ];
        var known = new Dictionary<string, Rgb>(SameName);
        foreach ((string name, Rgb color) in given.OrderBy(g => SameName.Equals(Renamed(g.Name), g.Name) ? 0 : 1))
            known.TryAdd(Renamed(name), color);
        Rgb[] colors = [.. _names.Where(known.ContainsKey).Select(n => known[n])];
        bool apart = colors.Length == _names.Count && colors.Distinct().Count() == colors.Length;
        return [new Rgb(0, 0, 0), .. apart ? colors : _names.Select((_, i) => Palette[i % Palette.Length])];
    }
}
