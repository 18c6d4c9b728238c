using Asm.Raster;

namespace Asm.Maps.Bands;

/// <summary>Names of the bands of a file, in its order, as a person gives them with `bands`.</summary>
internal static class BandList
{
    /// <summary>Stands for a band that is not wanted.</summary>
    public const string Unwanted = "-";

    /// <summary>What a list may be, for messages.</summary>
    public const string Expected = "names of bands with commas between them, each once, '-' for bands that are not wanted";

    /// <summary>Reads a list.</summary>
    /// <exception cref="SettingException">The text is none.</exception>
    public static IReadOnlyList<string> Require(string text) =>
        Parse(text) ?? throw new SettingException("bands", $"is '{text}'", Expected, "correct the value");

    /// <summary>Reads a list; null where the text is none.</summary>
    public static IReadOnlyList<string>? Parse(string text)
    {
        string[] names = [.. text.Split(',').Select(name => name.Trim())];
        string[] wanted = [.. names.Where(name => name != Unwanted)],
            bands = [.. BandNames.Read(wanted).Zip(wanted, (band, name) => band ?? name)];
        bool isTwice = bands.Distinct(StringComparer.OrdinalIgnoreCase).Count() < bands.Length;
        return wanted.Length == 0 || wanted.Contains("") || isTwice ? null : names;
    }
}
