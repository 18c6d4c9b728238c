using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Asm.Maps.Stages;

/// <summary>When and of which tile a scene was taken, by which two files are known to show the same ground at the same time.</summary>
/// <param name="Tile">The tile of the MGRS, such as "30NWM".</param>
/// <param name="Time">When it was sensed.</param>
internal sealed partial record Acquisition(string Tile, DateTimeOffset Time)
{
    /// <summary>
    /// Metadata tell the start of the strip or the time of the tile in it, minutes apart; the next satellite comes after an hour and more.
    /// </summary>
    private static readonly TimeSpan Strip = TimeSpan.FromMinutes(20);

    /// <summary>
    /// What the metadata of a raster say (the item ASM_PRODUCT), else its name as ESA's products have it; null where neither does.
    /// </summary>
    public static Acquisition? Of(IReadOnlyDictionary<string, string> metadata, string name) => OfMetadata(metadata) ?? OfName(name);

    /// <summary>True where both are of one overflight.</summary>
    public bool IsSameAs(Acquisition other) => Tile == other.Tile && (Time - other.Time).Duration() < Strip;

    /// <summary>"tile 48QUE, 2019-01-07 03:41 UTC".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"tile {Tile}, {Time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static Acquisition? OfMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("ASM_PRODUCT", out string? text)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty("tile", out JsonElement tile) && tile.GetString() is { } name
                && document.RootElement.TryGetProperty("sensingTime", out JsonElement time)
                ? new(name, time.GetDateTimeOffset())
                : null;
        }
        // The item is a note; a raster whose note someone else wrote is still a raster.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException) { return null; }
    }

    private static Acquisition? OfName(string name) =>
        TileWord().Match(name) is { Success: true } tile && TimeWord().Match(name) is { Success: true } time
        && DateTimeOffset.TryParseExact(time.Value, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? new(tile.Groups[1].Value, at)
            : null;

    [GeneratedRegex("(?<![A-Z0-9])T([0-9]{2}[C-HJ-NP-X][A-HJ-NP-Z]{2})(?![A-Z0-9])")]
    private static partial Regex TileWord();

    [GeneratedRegex("(?<![0-9A-Z])[0-9]{8}T[0-9]{6}(?![0-9])")]
    private static partial Regex TimeWord();
}
