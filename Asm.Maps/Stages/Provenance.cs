using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Asm.Maps.Stages;

/// <summary>
/// What an output was made from and how, as metadata that travels in the file. Neither times nor paths are in it: the same
/// run gives the same bytes.
/// </summary>
public sealed record Provenance
{
    private const string InputsKey = "ASM_INPUTS";

    /// <summary>The stage that made the output, such as "prepare".</summary>
    public required string Stage { get; init; }

    /// <summary>The files that the output was made from.</summary>
    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>The model, where one was used.</summary>
    public InputFile? Model { get; init; }

    /// <summary>Options that change the output, by their names; none that only change how fast it is made.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The metadata items: ASM_TOOL ("AsmOnnx 0.1.0 prepare"), ASM_INPUTS and ASM_MODEL (JSON: [{"name", "sha256"}], of files on a server
    /// [{"name", "version"}]), ASM_OPTIONS (a JSON object, keys in ordinal order).
    /// </summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASM_TOOL"] = $"AsmOnnx {ToolVersion} {Stage}",
            [InputsKey] = Json(writer => WriteFiles(writer, Inputs)),
            ["ASM_OPTIONS"] = Json(WriteOptions),
        };
        if (Model is not null) items["ASM_MODEL"] = Json(writer => WriteFiles(writer, [Model]));
        return items;
    }

    /// <summary>The inputs that a raster's metadata name; null where they tell no provenance.</summary>
    /// <param name="metadata">The items of a raster.</param>
    public static IReadOnlyList<InputFile>? InputsOf(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!metadata.TryGetValue(InputsKey, out string? text)) return null;
        try
        {
            return JsonSerializer.Deserialize<InputFile[]>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string ToolVersion { get; } =
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static void WriteFiles(Utf8JsonWriter writer, IEnumerable<InputFile> files)
    {
        writer.WriteStartArray();
        foreach (InputFile file in files)
        {
            writer.WriteStartObject();
            writer.WriteString("name", file.Name);
            if (file.Sha256 is not null) writer.WriteString("sha256", file.Sha256);
            if (file.Version is not null) writer.WriteString("version", file.Version);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in Options.OrderBy(option => option.Key, StringComparer.Ordinal))
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The text is read by people in gdalinfo: letters of other scripts stay as they are.
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
