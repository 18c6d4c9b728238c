using System.Text.RegularExpressions;
using Asm.Raster.Windows;

namespace Asm.Maps.Bands;

/// <summary>The ten Sentinel-2 bands of a stack, and how files and bands that others named are matched to them.</summary>
public static partial class StackBands
{
    /// <summary>Integer stacks without a scale hold reflectance x 10,000, as docs/file-formats.md says.</summary>
    private const float IntegerScale = 1e-4f;

    /// <summary>The bands in the order of the method: B02 B03 B04 B05 B06 B07 B08 B8A B11 B12.</summary>
    public static IReadOnlyList<string> Names { get; } = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    /// <summary>
    /// The Sentinel-2 band that a text names as a word of its own, as "B02": in "T48QUE_20200223T033721_B02_10m" or "b2" it is B02. Null
    /// where it names none, or more than one.
    /// </summary>
    public static string? FindIn(string text)
    {
        string? found = null;
        foreach (Match match in BandWord().Matches(text))
        {
            string number = match.Groups[1].Value.ToUpperInvariant();
            string band = number.Length == 1 ? "B0" + number : "B" + number;
            if (found is not null && found != band) return null;
            found = band;
        }
        return found;
    }

    /// <summary>The resolution in metres that a file name gives, as in "B02_10m"; null where it gives none.</summary>
    internal static int? FindResolution(string text) =>
        ResolutionWord().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;

    /// <summary>Scale and offset from samples of a band to reflectance: the file's own, or those of stacks where it states none.</summary>
    internal static (float Scale, float Offset) ToReflectanceOf(RasterInfo stack, int band)
    {
        bool integer = stack.SampleType is not (SampleType.Float32 or SampleType.Float64);
        BandInfo info = stack.Bands[band];
        return integer && info.Scale == 1 ? (IntegerScale, 0f) : ((float)info.Scale, (float)info.Offset);
    }

    [GeneratedRegex("(?<![A-Z0-9])B(8A|1[0-2]|0?[1-9])(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BandWord();

    [GeneratedRegex("(?<![A-Z0-9])(10|20|60)M(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ResolutionWord();
}
