using System.Globalization;
using System.Text.RegularExpressions;

namespace Asm.Maps.Bands;

/// <summary>
/// Which Sentinel-2 band a name means, as the programs of this field write it: B2, B02, B8A, "B3_median", "T48QUE_B04_10m", "Band_8A"; or
/// colours, as FORCE ("BROADNIR"), STAC ("nir08"), Landsat's users ("swir1") and tables ("red_edge_1") have them.
/// </summary>
internal static partial class BandNames
{
    private const string Infrared = "NIR";

    /// <summary>Bands of radar, which are no bands of Sentinel-2 and have no other names.</summary>
    private static readonly HashSet<string> Polarisations = new(StringComparer.OrdinalIgnoreCase) { "VV", "VH", "HH", "HV" };

    /// <summary>Words that say that a band holds something else than reflectance: SNAP's angles, Earth Engine's reducers.</summary>
    private static readonly HashSet<string> OtherThings = new(StringComparer.OrdinalIgnoreCase)
    {
        "zenith", "azimuth", "angle", "mask", "quality", "count", "stddev", "std", "variance", "sigma", "ndvi",
    };

    /// <summary>Colours without what separates their parts. B08 and B8A are both called NIR: see <see cref="Read"/>.</summary>
    private static readonly Dictionary<string, string?> Colours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["coastal"] = "B01",
        ["coastalaerosol"] = "B01",
        ["aerosol"] = "B01",
        ["blue"] = "B02",
        ["green"] = "B03",
        ["red"] = "B04",
        ["rededge"] = null,
        ["rededge1"] = "B05",
        ["rededge2"] = "B06",
        ["rededge3"] = "B07",
        ["rededge4"] = "B8A",
        ["rededge071"] = "B05",
        ["rededge075"] = "B06",
        ["rededge078"] = "B07",
        ["rededge705"] = "B05",
        ["rededge740"] = "B06",
        ["rededge783"] = "B07",
        ["re1"] = "B05",
        ["re2"] = "B06",
        ["re3"] = "B07",
        ["re4"] = "B8A",
        ["nir"] = Infrared,
        ["nir1"] = "B08",
        ["nir2"] = "B8A",
        ["nir08"] = "B8A",
        ["nir09"] = "B09",
        ["broadnir"] = "B08",
        ["nirbroad"] = "B08",
        ["widenir"] = "B08",
        ["nirwide"] = "B08",
        ["narrownir"] = "B8A",
        ["nirnarrow"] = "B8A",
        ["nnir"] = "B8A",
        ["nirn"] = "B8A",
        ["watervapour"] = "B09",
        ["watervapor"] = "B09",
        ["cirrus"] = "B10",
        ["swir"] = null,
        ["swir1"] = "B11",
        ["swir2"] = "B12",
        ["swir16"] = "B11",
        ["swir22"] = "B12",
        ["swir1610"] = "B11",
        ["swir2190"] = "B12",
    };

    /// <summary>The longest colour has three words: "red edge 1".</summary>
    private const int MostWords = 3;

    /// <summary>The band that each name means; null where it names none, or more than one.</summary>
    /// <param name="names">
    /// The names of all bands of a file, or of all files of a scene: NIR alone is B08, beside another B08 (FORCE's BROADNIR) it is B8A.
    /// </param>
    public static string?[] Read(IReadOnlyList<string> names)
    {
        bool numbersBands = names.Any(name => NarrowBand().IsMatch(name));
        string?[] bands = [.. names.Select(name => One(name, numbersBands))];
        string infrared = bands.Contains("B08") && !bands.Contains("B8A") ? "B8A" : "B08";
        for (int i = 0; i < bands.Length; i++)
            if (bands[i] == Infrared) bands[i] = infrared;
        return bands;
    }

    /// <summary>The band of a name that is a colour and nothing else, such as "blue" or "nir_2"; null for any other.</summary>
    public static string? OfColour(string name) =>
        Joined(Words(name)) is { } colour && Colours.GetValueOrDefault(colour) is { } band ? band == Infrared ? "B08" : band : null;

    /// <summary>
    /// True where names say nothing of what bands are: they are empty or equal, or a text with the band's number in the file, such as
    /// "Band_1", "Band_2".
    /// </summary>
    public static bool AreSilent(IReadOnlyList<string> names)
    {
        if (Read(names).Any(band => band is not null)) return false;
        string[] texts = [.. names.Select(name => name.Trim())];
        return texts.All(text => text == texts[0]) || IsCounted(texts, 1) || IsCounted(texts, 0);
    }

    /// <summary>True where a name tells a band, of Sentinel-2 or of radar.</summary>
    public static bool TellAny(IReadOnlyList<string> names) =>
        names.Any(Polarisations.Contains) || Read(names).Any(band => band is not null);

    private static bool IsCounted(string[] texts, int first)
    {
        if (NumberAtEnd().Match(texts[0]) is not { Success: true } start) return false;
        string before = start.Groups[1].Value;
        for (int i = 0; i < texts.Length; i++)
            if (!texts[i].StartsWith(before, StringComparison.OrdinalIgnoreCase)
                || !int.TryParse(texts[i].AsSpan(before.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number != first + i)
                return false;
        return true;
    }

    private static string? One(string name, bool numbersBands)
    {
        string[] words = Words(name);
        if (words.Any(OtherThings.Contains)) return null;
        if (numbersBands && NumberedBand().Match(name) is { Success: true } match) return StackBands.FindIn($"B{match.Groups[1].Value}");
        if (StackBands.HasBandWord(name)) return StackBands.FindIn(name);
        string? found = null;
        for (int at = 0; at < words.Length; at++)
            for (int count = Math.Min(MostWords, words.Length - at); count > 0; count--)
            {
                if (Joined(words.AsSpan(at, count)) is not { } colour || !Colours.TryGetValue(colour, out string? band)) continue;
                if (band is null || found is not null && found != band) return null;
                (found, at) = (band, at + count - 1);
                break;
            }
        return found;
    }

    /// <summary>Words without what separates them; null where two numbers would become one: "swir_2_2" is a date of swir_2.</summary>
    private static string? Joined(ReadOnlySpan<string> words)
    {
        for (int i = 1; i < words.Length; i++)
            if (char.IsAsciiDigit(words[i - 1][^1]) && char.IsAsciiDigit(words[i][0])) return null;
        return string.Concat(words!);
    }

    private static string[] Words(string name) => [.. Word().Matches(name).Select(match => match.Value)];

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("(?<![A-Z0-9])BAND[ _.-]?(8A)(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NarrowBand();

    [GeneratedRegex("(?<![A-Z0-9])BAND[ _.-]?(8A|1[0-2]|0?[1-9])(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberedBand();

    [GeneratedRegex("^(.*?)([0-9]+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NumberAtEnd();
}
