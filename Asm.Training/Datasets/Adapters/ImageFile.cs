using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>Opens one GeoTIFF as reflectance x 10,000, whatever bands it has.</summary>
internal static class ImageFile
{
    /// <summary>Stands for a band that is not wanted, in lists of a file's bands.</summary>
    public const string Unwanted = "-";

    /// <summary>Opens an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// Names of its bands in the file's order, "-" for those that are not wanted; null: as the file says, or the method's ten where
    /// it has ten without names.
    /// </param>
    /// <param name="radiometry">How samples become reflectance.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <returns>The bands of the method in its order where all ten are there, else those named, in the file's order.</returns>
    /// <exception cref="AsmException">The file cannot be read, or has another number of bands.</exception>
    public static IRasterSource Open(string path, IReadOnlyList<string>? names, StackRadiometry radiometry, RunOptions run)
    {
        IRasterSource file = run.Open(path);
        try
        {
            string[] all = Names(file, names);
            string[] wanted = StackBands.Names.All(all.Contains) ? [.. StackBands.Names] : [.. all.Where(n => n != Unwanted)];
            IRasterSource source = radiometry.NoData is { } given ? new NoDataOverride(file, given, replaces: true)
                : file.Info.SampleType is SampleType.Float32 or SampleType.Float64 ? file : new NoDataOverride(file, 0, replaces: false);
            StackBand[] bands = [.. wanted.Select(n => Array.IndexOf(all, n)).Select((at, i) =>
                new StackBand(source, at,
                    new ReflectanceScaling(source.Info.SampleType, source.Info.Bands[at], radiometry, $"{path}, band {wanted[i]}")))];
            return new StackSource(path, bands, [path], wanted);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string[] Names(IRasterSource file, IReadOnlyList<string>? names)
    {
        IReadOnlyList<BandInfo> bands = file.Info.Bands;
        if (names is not null)
            return names.Count == bands.Count
                ? [.. names]
                : throw new AsmException(file.Name, $"it has {bands.Count} bands",
                    $"{names.Count}, as --bands names: {string.Join(',', names)}",
                    $"name every band of the file in its order, '{Unwanted}' for those that are not wanted");
        string?[] found = [.. bands.Select(b => StackBands.FindIn(b.Name))];
        if (StackBands.Names.All(n => found.Count(f => f == n) == 1)) return [.. found.Select(f => f ?? Unwanted)];
        if (bands.Count == StackBands.Names.Count && bands.All(b => b.Name.Length == 0)) return [.. StackBands.Names];
        throw new AsmException(file.Name,
            $"it has {bands.Count} bands, named: {string.Join(", ", bands.Select(b => b.Name.Length == 0 ? "(no name)" : b.Name))}",
            $"bands named {string.Join(", ", StackBands.Names)}, or ten without names in this order",
            "name them in the file's order, '-' for those not wanted; "
            + "EuroSAT: --bands B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A");
    }
}
