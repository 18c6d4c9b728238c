using Asm.Inference.Model;

namespace Asm.Inference.Preflighting;

/// <summary>Is the scene like those that the model was trained on?</summary>
internal static class TrainingChecks
{
    /// <summary>
    /// How far the scene's middle may lie from the training mean, in standard deviations of training pixels, root
    /// mean square over the bands.
    /// </summary>
    private const double FarthestMiddle = 1.5;

    public static IEnumerable<PreflightFinding> Run(SceneSpectra clear, ModelDescription model)
    {
        double[] middle = [.. Enumerable.Range(0, clear.Names.Count).Select(b => clear.Quantile(b, 0.5))];
        double[] scores = [.. middle.Select((m, b) => (m - model.BandMean[b]) / model.BandStandardDeviation[b])];
        double far = Math.Sqrt(scores.Average(s => s * s));
        if (far > FarthestMiddle)
        {
            int worst = Array.IndexOf(scores, scores.MaxBy(Math.Abs));
            yield return new(PreflightSeverity.Warning, PreflightCheck.Training,
                $"the scene's middle lies {far:0.0} standard deviations from the training data; most in {clear.Names[worst]}: "
                + $"{middle[worst]:0.000} against {model.BandMean[worst]:0.000} +- {model.BandStandardDeviation[worst]:0.000}",
                $"at most {FarthestMiddle} over all bands",
                "look for cloud, snow, haze or open water; if the scene really is so, check the map with care or train on such scenes");
        }
        if (Greenness(clear, model) is { } season) yield return season;
    }

    /// <summary>
    /// How many standard deviations red and near infrared are moved against each other for the limits of the NDVI: leaves darken red and
    /// brighten the near infrared.
    /// </summary>
    private const double GreennessDeviations = 1.25;

    private static PreflightFinding? Greenness(SceneSpectra clear, ModelDescription model)
    {
        if (!clear.Has("B04", "B08")) return null;
        int red = clear.Names.ToList().IndexOf("B04"), infrared = clear.Names.ToList().IndexOf("B08");
        double Index(double deviations) => Ndvi(model.BandMean[red] - deviations * model.BandStandardDeviation[red],
            model.BandMean[infrared] + deviations * model.BandStandardDeviation[infrared]);
        (double low, double high) = (Index(-GreennessDeviations), Index(GreennessDeviations));
        double middle = new SceneSpectra(["NDVI"],
            [[.. Enumerable.Range(0, clear.Count).Select(i => (float)Ndvi(clear[red][i], clear[infrared][i]))]]).Quantile(0, 0.5);
        return middle >= low && middle <= high ? null
            : new(PreflightSeverity.Warning, PreflightCheck.Season,
                $"the middle NDVI is {middle:0.00}: {(middle > high ? "greener" : "barer")} than what the model was trained on",
                $"{low:0.00} to {high:0.00}",
                "take a scene of the season that the model was trained on (the method's: the dry season), or check the map with care");
    }

    private static double Ndvi(double red, double infrared) => (infrared - red) / Math.Max(infrared + red, 1e-4);
}
