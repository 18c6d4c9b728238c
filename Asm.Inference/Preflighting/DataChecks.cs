using System.Globalization;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Preflighting;

/// <summary>Bands without data, scenes that are mostly without, bands that hold one value.</summary>
internal static class DataChecks
{
    private const double LeastRaisedShare = 0.001;

    /// <summary>Less data than this share is worth a warning.</summary>
    private const double LittleData = 0.05;

    /// <summary>
    /// A band that lacks data on this share of the scene more than another does is not of the same scene, or was clipped at 0.
    /// </summary>
    private const double UnequalNoData = 0.2;

    // Neither verb can do that: what they clip they clip to 1, which is data.
    private const string ClippedFix = "if the offset was removed twice, dark pixels fell to 0, the number for no data: "
        + "give the file as it was delivered, with `offset` -1000 where its numbers hold the offset still";

    public static IEnumerable<PreflightFinding> Run(IRasterSource stack,
        ModelBands bands, IReadOnlyList<string> names, SceneSample sample, RunOptions run)
    {
        string[] empty = [.. Enumerable.Range(0, bands.Indices.Length)
            .Where(b => sample.NoData[b] == sample.Pixels && !SceneSample.HasData(stack, bands.Indices[b], run))
            .Select(b => names[b])];
        if (empty.Length > 0)
        {
            string what = empty.Length == names.Count
                ? "no band has data on any pixel"
                : $"{string.Join(", ", empty)} {(empty.Length == 1 ? "has" : "have")} no data on any pixel";
            yield return Error(what, "data in every band: pixels that lack one band are no data in the map",
                $"check the source of these bands; {ClippedFix}");
            yield break;
        }
        double least = sample.NoData.Min() / (double)sample.Pixels, most = sample.NoData.Max() / (double)sample.Pixels;
        if (most - least > UnequalNoData)
        {
            string worst = names[Array.IndexOf(sample.NoData, sample.NoData.Max())];
            yield return Error($"{worst} has no data on {most:P0} of the pixels, another band on {least:P0}",
                "bands that have data on the same pixels",
                $"{ClippedFix}; else check the source of this band");
        }
        else if (1 - most < LittleData)
            yield return new(PreflightSeverity.Warning, PreflightCheck.Data, $"{most:P1} of the pixels are no data",
                $"data on {LittleData:P0} of the scene or more", "check `mask` and whether the scene covers the place");
    }

    /// <summary>Bands that hold one value.</summary>
    public static IEnumerable<PreflightFinding> FindConstant(SceneSpectra spectra)
    {
        string[] constant = [.. Enumerable.Range(0, spectra.Names.Count).Where(b => spectra[b].AsSpan().IndexOfAnyExcept(spectra[b][0]) < 0)
            .Select(b => $"{spectra.Names[b]} is {spectra[b][0]:0.####}")];
        if (constant.Length > 0)
            yield return Error($"{string.Join(", ", constant)} on each of {spectra.Count:N0} pixels",
                "bands that vary", "check the source of these bands");
    }

    /// <summary>Pixels of one number above 0 in all bands: a fill, or what was dark was raised to it, or bright cut off at it.</summary>
    /// <param name="spectra">The scene.</param>
    /// <param name="numberOf">The number in the file of a reflectance.</param>
    public static IEnumerable<PreflightFinding> FindRaised(SceneSpectra spectra, Func<float, double> numberOf)
    {
        float[] first = spectra[0];
        var most = Enumerable.Range(0, spectra.Count)
            .Where(i => first[i] > 0
                && Enumerable.Range(1, spectra.Names.Count - 1).All(b => spectra[b][i] == first[i]))
            .GroupBy(i => first[i]).OrderByDescending(same => same.Count()).FirstOrDefault();
        if (spectra.Names.Count > 1 && most?.Count() is { } count && count > LeastRaisedShare * spectra.Count)
            yield return new(PreflightSeverity.Warning, PreflightCheck.Data,
                string.Create(CultureInfo.InvariantCulture,
                    $"{count:N0} of {spectra.Count:N0} pixels are {numberOf(most.Key):0.######} in every band"),
                "bands that differ wherever there is data", string.Create(CultureInfo.InvariantCulture,
                    $"if this number means no data, give `nodata` {numberOf(most.Key):0.######}"));
    }

    private static PreflightFinding Error(string found, string expected, string fix) =>
        new(PreflightSeverity.Error, PreflightCheck.Data, found, expected, fix);
}
