using Asm.Inference.Model;
using Asm.Maps.Bands;

namespace Asm.Inference.Preflighting;

/// <summary>Are the numbers reflectances 0..1? A wrong scale is a factor of 10,000, so the limits may be wide.</summary>
internal static class ScaleChecks
{
    /// <summary>Above it is no reflectance: fresh snow and clouds at a low sun reach about 1.5.</summary>
    private const float Impossible = 2;

    /// <summary>Glints and saturated pixels stay below this share.</summary>
    private const double ImpossibleShare = 0.01;

    /// <summary>Half of a scene of fresh snow is below it.</summary>
    private const double BrightestMiddle = 1.2;

    /// <summary>
    /// The brightest band of the brightest hundredth of any land is above it; 255 / 10,000, what pictures of 8 bits come to, is below.
    /// </summary>
    private const double Darkest = 0.026;

    /// <summary>Half of any ground or leaves is above it in some band; open water may not be.</summary>
    private const double Dark = 0.06;

    /// <summary>No vegetation is as bright in the near infrared over half of a scene.</summary>
    private const double BrightestLeaves = 0.7;

    public static IEnumerable<PreflightFinding> Run(SceneSpectra spectra, ModelDescription? model)
    {
        int bands = spectra.Names.Count;
        double[] impossible = [.. Enumerable.Range(0, bands).Select(b => spectra[b].Count(v => v > Impossible) / (double)spectra.Count)];
        int worst = Array.IndexOf(impossible, impossible.Max());
        double[] middles = [.. Enumerable.Range(0, bands).Select(b => spectra.Quantile(b, 0.5))];
        string trained = model is null ? "" : $"; {model.Name} was trained on a mean of {model.BandMean[worst]:0.###} there";
        if (impossible[worst] <= ImpossibleShare && middles.Max() > BrightestMiddle)
            yield return new(PreflightSeverity.Error, PreflightCheck.Scale,
                $"half of the pixels are above reflectance {middles.Max():0.###} in {spectra.Names[Array.IndexOf(middles, middles.Max())]}",
                $"reflectance 0..1 after scaling, the middle of a scene at most {BrightestMiddle}", StackBands.ScaleFix);
        if (impossible[worst] > ImpossibleShare)
            yield return new(PreflightSeverity.Error, PreflightCheck.Scale,
                $"{impossible[worst]:P0} of the pixels are above "
                + $"reflectance {Impossible} in {spectra.Names[worst]} (middle {spectra.Quantile(worst, 0.5):0.###})",
                $"reflectance 0..1 after scaling{trained}",
                StackBands.ScaleFix + "; numbers near 6.5 come from an offset that was removed twice from 16-bit numbers");
        double brightest = Enumerable.Range(0, bands).Max(b => spectra.Quantile(b, 0.99));
        if (brightest < Darkest)
            yield return new(PreflightSeverity.Error, PreflightCheck.Scale,
                $"99 % of the pixels are below reflectance {brightest:0.#####} in every band",
                $"land, whose brightest band is above {Darkest}",
                "give `quantification` 1 where the file holds reflectance 0..1 (and check the scale that it declares); "
                + "255 where whole numbers 0..255 are reflectance 0..1 (Sentinel Hub); "
                + "a picture of 8 bits for the eye holds no reflectance");
        else if (middles.Max() < Dark)
            yield return new(PreflightSeverity.Warning, PreflightCheck.Scale,
                $"half of the pixels are below reflectance {middles.Max():0.#####} in every band",
                $"ground or leaves, half of which are above {Dark} in some band",
                "give `quantification`, the number of reflectance 1, where it is another one, such as 1000; "
                + "of open water nothing is to be fixed");
        if (impossible[worst] <= ImpossibleShare && middles.Max() <= BrightestMiddle && spectra.Has("B04", "B08")
            && spectra.Quantile("B08", 0.5) is var infrared and > BrightestLeaves && spectra.Quantile("B04", 0.5) < infrared / 2)
            yield return new(PreflightSeverity.Error, PreflightCheck.Scale,
                $"half of the pixels are above reflectance {infrared:0.###} in B08 and less than half as bright in B04",
                $"vegetation, whose near infrared is at most {BrightestLeaves}", StackBands.ScaleFix);
    }
}
