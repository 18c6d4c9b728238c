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
    public const string Unwanted = BandList.Unwanted;

    /// <summary>Opens an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">
    /// Names of its bands in the file's order, "-" for those that are not wanted; null: the method's ten, by name or, where no name
    /// says anything, by position.
    /// </param>
    /// <param name="radiometry">How samples become reflectance.</param>
    /// <param name="run">Threads, servers and cancellation.</param>
    /// <returns>The bands of the method in its order where all ten are there, else those named, in the file's order.</returns>
    /// <exception cref="AsmException">The file cannot be read, or has another number of bands.</exception>
    public static StackSource Open(string path, IReadOnlyList<string>? names, StackRadiometry radiometry, RunOptions run)
    {
        IRasterSource file = run.Open(path);
        try
        {
            if (names is not null) file = NamedBands.Given(file, names);
            if (names is null || BandMatch.FindNamed(file.Info, StackBands.Names) is not null)
                file = NamedBands.Of(file, StackBands.Names,
                    $"name the bands in the file's order with `bands`, '{Unwanted}' for those not wanted; {BandMatch.EuroSat}");
            string[] all = [.. file.Info.Bands.Select(band => band.Name)];
            string[] wanted = StackBands.Names.All(all.Contains) ? [.. StackBands.Names] : [.. all.Where(n => n != Unwanted)];
            IRasterSource source = NoDataOverride.Of(file, radiometry);
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
}
