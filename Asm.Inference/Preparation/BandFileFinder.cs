using Asm.Raster;

namespace Asm.Inference.Preparation;

/// <summary>Finds the files of the ten bands by their names.</summary>
internal static class BandFileFinder
{
    private static readonly string[] GeoTiffExtensions = [".tif", ".tiff"], JpegExtensions = [".jp2", ".j2k"];

    /// <summary>The GeoTIFF files that a folder holds, or the files themselves.</summary>
    /// <exception cref="AsmException">A source does not exist or is of a kind that is not read.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> sources)
    {
        var files = new List<string>();
        foreach (string source in sources)
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(source));
            if (name.EndsWith(".SAFE", StringComparison.OrdinalIgnoreCase)) throw JpegNotRead(source, "is a Sentinel-2 product folder, whose bands are JPEG 2000 files");
            if (Directory.Exists(source))
                files.AddRange(Directory.EnumerateFiles(source).Order(StringComparer.Ordinal));
            else if (!File.Exists(source))
                throw new AsmException(source, "does not exist", "a folder of band files, band files, or one ten-band GeoTIFF", "check the path");
            else
                files.Add(source);
        }
        return files;
    }

    /// <summary>The file of every band, in the order of <see cref="StackBands.Names"/>.</summary>
    /// <param name="files">Any files; those without a band's name or of a band that is not wanted are passed over.</param>
    /// <param name="subject">What messages call the files together.</param>
    /// <exception cref="AsmException">A band has no file, or more than one.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> files, string subject)
    {
        var candidates = files.Where(IsGeoTiff).ToLookup(file => StackBands.FindIn(Path.GetFileNameWithoutExtension(file)) ?? "");
        string[] missing = [.. StackBands.Names.Where(band => !candidates.Contains(band))];
        if (missing.Length > 0)
        {
            if (files.FirstOrDefault(HasExtension(JpegExtensions)) is { } jpeg) throw JpegNotRead(jpeg, "is a JPEG 2000 file");
            string[] found = [.. StackBands.Names.Where(candidates.Contains).Select(band => $"{band} ({Path.GetFileName(candidates[band].First())})")];
            throw new AsmException(subject, $"no file for {string.Join(", ", missing)}; found: {(found.Length == 0 ? "no band at all" : string.Join(", ", found))}",
                $"one GeoTIFF for each of {string.Join(", ", StackBands.Names)}, named like B02.tif or T48QUE_20200223T033721_B02_10m.tif", "add or rename the files");
        }
        return [.. StackBands.Names.Select(band => Choose(band, [.. candidates[band]]))];
    }

    /// <summary>True where the extension is that of a TIFF.</summary>
    public static bool IsGeoTiff(string file) => HasExtension(GeoTiffExtensions)(file);

    /// <summary>Products hold coarser copies of the finer bands too: where all candidates give their resolution, the finest is meant.</summary>
    private static string Choose(string band, string[] candidates)
    {
        if (candidates.Length == 1) return candidates[0];
        int?[] resolutions = [.. candidates.Select(file => StackBands.FindResolution(Path.GetFileNameWithoutExtension(file)))];
        int? finest = resolutions.Min();
        if (!resolutions.Contains(null) && resolutions.Count(resolution => resolution == finest) == 1) return candidates[Array.IndexOf(resolutions, finest)];
        throw new AsmException(band, $"more than one file has this band's name: {string.Join(", ", candidates)}", "one file a band", "name the ten files one by one, or move the others away");
    }

    private static Func<string, bool> HasExtension(string[] extensions) => file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    private static AsmException JpegNotRead(string path, string found) => new(path, $"{found}, which this version does not read",
        "GeoTIFF band files", "convert each band, for example: gdal_translate -co COMPRESS=DEFLATE T30NXM_B02_10m.jp2 B02.tif");
}
