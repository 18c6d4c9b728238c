using System.Text.RegularExpressions;
using Asm.Maps.Bands;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Bytes;

namespace Asm.Inference.Preparation;

/// <summary>Finds the files of the ten bands by their names.</summary>
internal static partial class BandFileFinder
{
    private static readonly string[] GeoTiffExtensions = [".tif", ".tiff"], JpegExtensions = [".jp2", ".j2k", ".j2c"];

    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>The file of every band, in the order of <see cref="StackBands.Names"/>.</summary>
    /// <param name="files">Any files; those without a band's name or of a band that is not wanted are passed over.</param>
    /// <param name="subject">What messages call the files together.</param>
    /// <param name="bandOf">Tells the band of a file; null: its name does.</param>
    /// <exception cref="AsmException">A band has no file, or more than one, or names tell two dates.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> files, string subject, Func<string, string?>? bandOf = null)
    {
        string[] rasters = [.. files.Where(file => IsGeoTiff(file) || IsJpeg2000(file))];
        string?[] bands = bandOf is null ? BandsOf(rasters) : [.. rasters.Select(bandOf)];
        ILookup<string, string> candidates = rasters.Zip(bands).ToLookup(pair => pair.Second ?? "", pair => pair.First);
        string[] missing = [.. StackBands.Names.Where(band => !candidates.Contains(band))];
        if (missing.Length > 0)
        {
            if (ExportTiles(files) is var (count, stem))
            {
                string path = Directory.Exists(subject) ? Path.Combine(subject, stem) : stem;
                throw new AsmException(subject, $"there are {count} tiles of one export of Earth Engine, {path}-*.tif", "one GeoTIFF",
                    $"put them together: gdalwarp {CommandText.Quote(path)}-*.tif {CommandText.Quote(path + ".tif")}, and give that");
            }
            string[] found = [.. StackBands.Names.Where(candidates.Contains)
                .Select(band => $"{band} ({RemoteFile.FileName(candidates[band].First())})")];
            throw new AsmException(subject,
                $"no file for {string.Join(", ", missing)}; found: {(found.Length == 0 ? "no band at all" : string.Join(", ", found))}",
                $"one GeoTIFF or JPEG 2000 file for each of {string.Join(", ", StackBands.Names)}, "
                + "named like B02.tif or T48QUE_20200223T033721_B02_10m.jp2", "add or rename the files");
        }
        string[] chosen = [.. StackBands.Names.Select(band => Choose(subject, band, [.. candidates[band]]))];
        RequireOneDate(subject, chosen);
        return chosen;
    }

    /// <summary>
    /// The scene classification among some files, by its name: the finest, where there are several; null where there is none.
    /// </summary>
    public static string? FindClassification(IReadOnlyList<string> files) =>
        files.Where(file => (IsGeoTiff(file) || IsJpeg2000(file)) && Path.GetFileNameWithoutExtension(RemoteFile.FileName(file))
            .Split('_').Contains("SCL", StringComparer.OrdinalIgnoreCase)).MinBy(file => Resolution(file) ?? int.MaxValue);

    /// <summary>The band that a file's name tells; null for none.</summary>
    public static string? BandOf(string file) => StackBands.FindIn(Path.GetFileNameWithoutExtension(RemoteFile.FileName(file)));

    /// <summary>
    /// The bands that the names of some files tell: by their numbers, or, where no name has one, by their colours, as in "nir08.tif".
    /// </summary>
    public static string?[] BandsOf(IReadOnlyList<string> files)
    {
        string?[] numbers = [.. files.Select(BandOf)];
        return numbers.Any(band => band is not null)
            ? numbers
            : BandNames.Read([.. files.Select(file => Path.GetFileNameWithoutExtension(RemoteFile.FileName(file)))]);
    }

    /// <summary>True where the extension is that of a TIFF.</summary>
    public static bool IsGeoTiff(string file) => HasExtension(GeoTiffExtensions)(file);

    /// <summary>True where the extension is that of a JPEG 2000 file.</summary>
    public static bool IsJpeg2000(string file) => HasExtension(JpegExtensions)(file);

    /// <summary>
    /// Products hold coarser copies of the finer bands too: where all candidates give their resolution, the finest is meant.
    /// </summary>
    private static string Choose(string subject, string band, string[] candidates)
    {
        if (candidates.Length == 1) return candidates[0];
        int?[] resolutions = [.. candidates.Select(Resolution)];
        int? finest = resolutions.Min();
        if (!resolutions.Contains(null) && resolutions.Count(resolution => resolution == finest) == 1)
            return candidates[Array.IndexOf(resolutions, finest)];
        throw new AsmException(
            subject, $"more than one file has the name of {band}: {string.Join(", ", candidates.Take(5))}"
                + (candidates.Length > 5 ? $" and {candidates.Length - 5} more" : ""),
            "one file a band", "name the ten files one by one, or move the others away");
    }

    /// <summary>Names of ESA's tell when and of which tile a file was taken: bands of two dates make a spectrum that never was.</summary>
    private static void RequireOneDate(string subject, string[] files)
    {
        (string File, Acquisition? Taken)[] named =
            [.. files.Select(RemoteFile.FileName).Select(name => (name, Acquisition.Of(NoMetadata, name)))];
        (string first, Acquisition? taken) = named.FirstOrDefault(file => file.Taken is not null);
        if (taken is not null && named.FirstOrDefault(file => file.Taken is { } other && !other.IsSameAs(taken)) is (var second, { } at))
            throw new AsmException(subject, $"{second} is of {at}, and {first} of {taken}", "bands of one product",
                "give the files of one product");
    }

    /// <summary>
    /// The number of tiles of one large export, subject-0000000000-0000007680.tif, and their path up to subject; null for other files.
    /// </summary>
    private static (int Count, string Stem)? ExportTiles(IReadOnlyList<string> files)
    {
        IEnumerable<Match> matches = files.Select(file => ExportTile().Match(file)).Where(match => match.Success);
        string[] stems = [.. matches.Select(match => match.Groups[1].Value)];
        return stems.Length > 1 && stems.Distinct().Count() == 1 ? (stems.Length, stems[0]) : null;
    }

    [GeneratedRegex(@"^(.+)-[0-9]{10}-[0-9]{10}\.tif$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExportTile();

    /// <summary>The resolution that a file's name gives, as in B02_10m.jp2, or else its folder's, as in R10m/B02.jp2.</summary>
    private static int? Resolution(string file) => StackBands.FindResolution(Path.GetFileNameWithoutExtension(RemoteFile.FileName(file)))
        ?? StackBands.FindResolution(Path.GetFileName(Path.GetDirectoryName(RemoteFile.Shown(file)) ?? "").TrimStart('R'));

    private static Func<string, bool> HasExtension(string[] extensions) =>
        file => extensions.Contains(Path.GetExtension(RemoteFile.Shown(file)), StringComparer.OrdinalIgnoreCase);
}
