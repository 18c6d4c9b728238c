using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Raster;

namespace Asm.Analysis.Reporting.Run;

/// <summary>
/// What a run made, for its report: <c>run.json</c> in the folder of the run. Paths are relative to that folder, with forward slashes. It says nothing of
/// times, so the same run gives the same bytes.
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
    public required RunModel Model { get; init; }

    /// <summary>The classes of the maps, in order of their codes.</summary>
    public required IReadOnlyList<RunClass> Classes { get; init; }

    /// <summary>The seasons, in order of time; one at least.</summary>
    public required IReadOnlyList<RunSeason> Seasons { get; init; }

    /// <summary>The changes from each season to the next, in order of time.</summary>
    public IReadOnlyList<RunChange> Changes { get; init; } = [];

    /// <summary>Hectares in zones; null where the project has none.</summary>
    public RunZones? Zones { get; init; }

    /// <summary>Accuracy from labelled points; null where the project has none.</summary>
    public RunAccuracy? Accuracy { get; init; }

    /// <summary>What the reader should know before believing a figure: findings of the checks before the run, and of the stages.</summary>
    public IReadOnlyList<RunWarning> Warnings { get; init; } = [];

    /// <summary>Options that shaped the maps, by their names in the project file.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the description in a folder.</summary>
    /// <exception cref="AsmException">There is none, or it is not one of this version.</exception>
    public static RunManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) throw new AsmException(directory, $"holds no {FileName}", "the output folder of a finished run", "run the project first: asm run PROJECT.yaml");
        try
        {
            RunManifest? read = JsonSerializer.Deserialize<RunManifest>(File.ReadAllBytes(path), Format);
            if (read is { Schema: CurrentSchema, Seasons.Count: > 0 }) return read;
            throw new AsmException(path, read is null ? "is empty" : read.Schema != CurrentSchema ? $"has the schema '{read.Schema}'" : "names no season", $"a description of the schema {CurrentSchema}", "run the project again with this version of asm", AsmErrorCode.InputFormat);
        }
        catch (JsonException e)
        {
            throw new AsmException(path, $"cannot be read: {e.Message}", "the JSON that asm run wrote", "run the project again", AsmErrorCode.InputFormat);
        }
    }

    /// <summary>The JSON text, with a line feed at its end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format) + "\n";
}
