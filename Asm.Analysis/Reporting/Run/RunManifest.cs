using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Maps.Stages;
using Asm.Raster;

namespace Asm.Analysis.Reporting.Run;

/// <summary>
/// What a run made, for its report: <c>run.json</c> in the folder of the run. Paths are relative to that folder, with forward slashes. It
/// says nothing of times, so the same run gives the same bytes.
/// </summary>
public sealed record RunManifest
{
    /// <summary>The name of the file in the folder of the run.</summary>
    public const string FileName = "run.json";

    /// <summary>What <see cref="Schema"/> says in files of this version.</summary>
    public const string CurrentSchema = "asm-run-1";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The version of this description: <see cref="CurrentSchema"/>.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The title of the project.</summary>
    public required string Title { get; init; }

    /// <summary>The program and its version, such as "AsmOnnx 0.1.0".</summary>
    public required string Tool { get; init; }

    /// <summary>The model.</summary>
    public required ManifestModel Model { get; init; }

    /// <summary>The classes of the maps, in order of their codes.</summary>
    public required IReadOnlyList<ManifestClass> Classes { get; init; }

    /// <summary>The seasons, in order of time; one at least.</summary>
    public required IReadOnlyList<ManifestSeason> Seasons { get; init; }

    /// <summary>The changes from each season to the next, in order of time.</summary>
    public IReadOnlyList<ManifestChange> Changes { get; init; } = [];

    /// <summary>Hectares in zones; null where the project has none.</summary>
    public ManifestZones? Zones { get; init; }

    /// <summary>Accuracy from labelled points; null where the project has none.</summary>
    public ManifestAccuracy? Accuracy { get; init; }

    /// <summary>What the reader should know before believing a figure: findings of the checks before the run, and of the stages.</summary>
    public IReadOnlyList<ManifestWarning> Warnings { get; init; } = [];

    /// <summary>Options that shaped the maps, by their names in the project file.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the description in a folder.</summary>
    /// <exception cref="AsmException">There is none, or it is not one of this version.</exception>
    public static RunManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            throw new AsmException(directory, $"holds no {FileName}",
                "the output folder of a finished run", "run the project first: asm run PROJECT.yaml");
        try
        {
            JsonNode? text = JsonNode.Parse(InputPath.ReadAllBytes(path));
            RequireItems(text);
            RunManifest? read = text.Deserialize<RunManifest>(Format);
            if (read is { Schema: CurrentSchema, Seasons.Count: > 0 })
                return read.Paths.FirstOrDefault(file => !InputPath.IsInside(file)) is { } outside
                    ? throw new AsmException(path, $"names the file '{outside}', which is not in the run's folder",
                        "paths in that folder", "run the project again", AsmErrorCode.InputFormat)
                    : read;
            throw new AsmException(path,
                read is null ? "is empty" : read.Schema != CurrentSchema ? $"has the schema '{read.Schema}'" : "names no season",
                $"a description of the schema {CurrentSchema}", "run the project again with this version of asm", AsmErrorCode.InputFormat);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}\n  expected: the JSON that asm run wrote"
                + "\n  fix: run the project again", e, AsmErrorCode.InputFormat);
        }
    }

    /// <summary>The files that it names.</summary>
    private IEnumerable<string> Paths =>
    [
        .. Seasons.SelectMany(s => (IEnumerable<string?>)[s.ClassMap, .. s.Probabilities, .. s.Confidence, .. s.Scenes, s.Polygons])
            .Concat(Changes.SelectMany(c => (IEnumerable<string?>)[c.ChangeMap, c.Table, c.Density, c.Polygons]))
            .Concat([Zones?.Table, Zones?.Areas, Accuracy?.Assessment]).OfType<string>(),
    ];

    /// <summary>The deserializer refuses members that are null, and lets items of lists pass.</summary>
    private static void RequireItems(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (JsonNode? item in list) RequireItems(item ?? throw new JsonException($"an item of {list.GetPath()} is null"));
        else if (node is JsonObject members)
            foreach ((_, JsonNode? member) in members) RequireItems(member);
    }

    /// <summary>The JSON text, with a line feed at its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}

/// <summary>The model of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The SHA-256 of its file, hexadecimal.</param>
public sealed record ManifestModel(string Name, string Sha256);

/// <summary>A class of the maps.</summary>
/// <param name="Code">Its code, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour, "#rrggbb".</param>
public sealed record ManifestClass(int Code, string Name, string Color);

/// <summary>A season's maps.</summary>
/// <param name="Name">The season's name, such as "2020".</param>
/// <param name="ClassMap">The class map.</param>
/// <param name="Probabilities">The probability maps, one band a class; one a tile, each in its own UTM zone; the first lie on top.</param>
/// <param name="Confidence">The confidence maps, likewise.</param>
/// <param name="Scenes">
/// True-colour pictures of the season: GeoTIFFs of three uint8 bands (red, green, blue; 0 no data), coarser than the map perhaps, each in
/// its own UTM zone; the first lie on top.
/// </param>
/// <param name="Polygons">The mined polygons of the season as a vector file; null where they were not made.</param>
/// <param name="Dates">The scenes behind the season, of all tiles.</param>
public sealed record ManifestSeason(string Name, string ClassMap, IReadOnlyList<string> Probabilities,
    IReadOnlyList<string> Confidence, IReadOnlyList<string> Scenes, string? Polygons, IReadOnlyList<ManifestDate> Dates);

/// <summary>A scene behind a season.</summary>
/// <param name="Tile">The tile's name.</param>
/// <param name="Name">The name of the stack or product.</param>
/// <param name="Inputs">The files with their SHA-256.</param>
public sealed record ManifestDate(string Tile, string Name, IReadOnlyList<InputFile> Inputs);

/// <summary>The change from one season to another.</summary>
/// <param name="Before">The earlier season's name.</param>
/// <param name="After">The later season's name.</param>
/// <param name="ChangeMap">The change map: code 10 x before + after.</param>
/// <param name="Table">The from-to hectares, CSV.</param>
/// <param name="Density">Density of what is new per km2; null where it was not made.</param>
/// <param name="Polygons">What is new as polygons; null where they were not made.</param>
public sealed record ManifestChange(string Before, string After, string ChangeMap, string Table, string? Density, string? Polygons);

/// <summary>Hectares in zones.</summary>
/// <param name="Table">The zone table, CSV: zone, map, class, hectares and more.</param>
/// <param name="Areas">The zones' vector file, copied into the run's folder.</param>
/// <param name="Layer">Its layer; null for the only one.</param>
/// <param name="IdField">The field that names a zone; null: zones are numbered as in the table.</param>
public sealed record ManifestZones(string Table, string Areas, string? Layer, string? IdField);

/// <summary>Accuracy of a map from points.</summary>
/// <param name="Map">The name of the season, or BEFORE-AFTER of the change, that was assessed.</param>
/// <param name="Assessment">The JSON that <c>asm assess --json</c> wrote.</param>
public sealed record ManifestAccuracy(string Map, string Assessment);

/// <summary>Something the reader should know.</summary>
/// <param name="Subject">The file, tile or season.</param>
/// <param name="Text">What was found, what was expected, what helps.</param>
public sealed record ManifestWarning(string Subject, string Text);
