using System.Globalization;
using System.Text.RegularExpressions;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Maps.Bands;

/// <summary>The ten Sentinel-2 bands of a stack, and how files and bands that others named are matched to them.</summary>
public static partial class StackBands
{
    /// <summary>Integer stacks without a scale hold reflectance x 10,000, as docs/file-formats.md says.</summary>
    private const float IntegerScale = 1e-4f;

    /// <summary>No file means to add more than this to its reflectances.</summary>
    private const double MostOffset = 10;

    /// <summary>What to do about numbers of another scale.</summary>
    internal const string ScaleFix = "give `quantification`, the number of reflectance 1: 10000 where a file of floating point holds "
        + "reflectance x 10,000, 65535 or 255 where whole numbers 0..65535 or 0..255 are reflectance 0..1 (Sentinel Hub)";

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

    /// <summary>True where a text has the word of a band, or of several.</summary>
    internal static bool HasBandWord(string text) => BandWord().IsMatch(text);

    /// <summary>The resolution in metres that a file name gives, as in "B02_10m"; null where it gives none.</summary>
    internal static int? FindResolution(string text) =>
        ResolutionWord().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan) : null;

    /// <summary>Scale and offset from samples of a band to reflectance: the file's own, or those of stacks where it states none.</summary>
    internal static (float Scale, float Offset) ToReflectanceOf(RasterInfo stack, int band)
    {
        BandInfo info = stack.Bands[band];
        return IsPlainInteger(stack.SampleType, info)
            ? (IntegerScale, (float)(info.Offset * IntegerScale))
            : ((float)info.Scale, (float)info.Offset);
    }

    /// <summary>True for integers whose file declares no scale: reflectance x 10,000, and an offset is one of the stored numbers.</summary>
    internal static bool IsPlainInteger(SampleType type, BandInfo band) =>
        type is not (SampleType.Float32 or SampleType.Float64) && band.Scale == 1;

    /// <summary>Refuses a scale and an offset of two units: one is meant for reflectance, the other for stored numbers.</summary>
    /// <exception cref="AsmException">They do.</exception>
    internal static void RequireOneUnit(SampleType type, BandInfo band, string bandName)
    {
        double offset = Math.Abs(band.Offset);
        if (IsPlainInteger(type, band) ? offset is 0 or >= 1 : offset <= MostOffset) return;
        double stored = offset < 1 ? band.Offset / IntegerScale : band.Offset;
        throw new AsmException(bandName,
            string.Create(CultureInfo.InvariantCulture, $"declares the scale {band.Scale} with the offset {band.Offset}"),
            "a scale and an offset of one unit, such as 0.0001 with -0.1",
            string.Create(CultureInfo.InvariantCulture,
                $"where the numbers are reflectance x 10,000, give `offset` {Math.Round(stored)} and `quantification` 10000"));
    }

    [GeneratedRegex("(?<![A-Z0-9])B(8A|1[0-2]|0?[1-9])(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BandWord();

    [GeneratedRegex("(?<![A-Z0-9])(10|20|60)M(?![A-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ResolutionWord();
}
