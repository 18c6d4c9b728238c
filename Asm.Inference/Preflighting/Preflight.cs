using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Preflighting;

/// <summary>
/// Looks at a scene before it is predicted: are its numbers surface reflectances of the bands that the model takes, of a season that it
/// knows? A sample is compared with physics and with the model's training statistics. See docs/preflight.md for every limit, where it comes
/// from and what is not found.
/// </summary>
public static class Preflight
{
    /// <summary>With fewer pixels quantiles mean little.</summary>
    private const int LeastPixels = 500;

    /// <summary>
    /// Checks a scene; seconds for a granule. Reads 36 windows of 64 x 64 pixels at most, and more only to make sure that
    /// a band has no data at all.
    /// </summary>
    /// <param name="stack">Reflectance, as for <see cref="Predictor.Run"/>.</param>
    /// <param name="model">The model that it is to be predicted with.</param>
    /// <param name="facts">What the scene's metadata say.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <returns>What was found, errors first; empty where nothing speaks against the scene.</returns>
    /// <exception cref="AsmException">
    /// The stack lacks bands of the model, cannot be read, or has a fill among its pixels with data.
    /// </exception>
    public static IReadOnlyList<PreflightFinding> Check(IRasterSource stack, ModelDescription model, SceneFacts facts, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(run);
        return Find(stack, stack, ModelBands.Match(stack, model), model.Bands, model, facts, run);
    }

    /// <summary>
    /// Checks a stack that is to be written, whatever model it is for: all but likeness to training data and season.
    /// See <see cref="Check"/>.
    /// </summary>
    /// <param name="stack">The stack, whose product tells the facts.</param>
    /// <param name="part">What is to be written of it.</param>
    /// <param name="run">Threads and cancellation.</param>
    internal static IReadOnlyList<PreflightFinding> CheckPrepared(StackSource stack, IRasterSource part, RunOptions run) =>
        Find(part, stack, ModelBands.Match(part, StackBands.Names), StackBands.Names, null, SceneFacts.Of(stack.Product), run);

    private static IReadOnlyList<PreflightFinding> Find(IRasterSource stack, IRasterSource delivered, ModelBands bands,
        IReadOnlyList<string> names, ModelDescription? model, SceneFacts facts, RunOptions run)
    {
        var findings = new List<PreflightFinding>(model is null ? [] : FactChecks.Run(facts, model));
        SceneSample sample = SceneSample.Read(stack, bands, run);
        // No finding that one may overrule: the prediction refuses it as well. A wrong scale is told better by the checks of the scale.
        if (sample.Impossible is { IsFill: true } fill) fill.RequireFew(stack.Name);
        findings.AddRange(DataChecks.Run(stack, bands, names, sample, run));
        if (!HasError(findings) && sample.Count < LeastPixels)
            findings.Add(new(PreflightSeverity.Note, PreflightCheck.Data,
                $"the sample has {sample.Count:N0} pixels with data, so the radiometry was not checked",
                $"{LeastPixels:N0} or more", "nothing to fix; look at the map with care"));
        else if (!HasError(findings))
        {
            var spectra = new SceneSpectra(names, sample.Bands);
            (double one, double offset) = UnitOf(delivered, bands);
            findings.AddRange(Radiometry(spectra, sample.Textures, model, facts,
                // As a person writes it: float32 holds 0.0001 and the like to seven digits only.
                Math.Round(offset - OffsetChecks.LeftIn * one, 4)));
            if (!HasError(findings))
                findings.AddRange(DataChecks.FindRaised(spectra, reflectance => Math.Round(reflectance * one - offset, 6)));
        }
        return [.. findings.OrderByDescending(f => f.Severity)];
    }

    /// <summary>Throws where the findings hold an error.</summary>
    /// <param name="scenes">Names of scenes and what <see cref="Check"/> returned for them.</param>
    /// <exception cref="AsmException">There is an error; the message has all of them.</exception>
    public static void RequireNoError(IEnumerable<(string Scene, IReadOnlyList<PreflightFinding> Findings)> scenes)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        string[] errors = [.. scenes.SelectMany(s =>
            s.Findings.Where(f => f.Severity == PreflightSeverity.Error).Select(f => $"{s.Scene}: {f}"))];
        if (errors.Length > 0)
            throw new AsmException($"{string.Join('\n', errors)}\n  or: give `no-preflight` to go on all the same",
                AsmErrorCode.Preflight);
    }

    // Each stage presumes the one before: spectra mean nothing in the wrong scale, and shapes mean nothing under an offset.
    private static List<PreflightFinding> Radiometry(
        SceneSpectra all, BandTexture[] textures, ModelDescription? model, SceneFacts facts, double offsetToGive)
    {
        var findings = new List<PreflightFinding>(ScaleChecks.Run(all, model));
        if (!HasError(findings)) findings.AddRange([.. DataChecks.FindConstant(all), .. OffsetChecks.FindRemovedTwice(all)]);
        if (HasError(findings)) return findings;
        SceneSpectra clear = WithoutClouds(all);
        findings.AddRange(OffsetChecks.FindLeftIn(clear, facts, offsetToGive));
        if (HasError(findings)) return findings;
        bool isTopOfAtmosphere = facts.Level == FactChecks.TopOfAtmosphere;
        if (!isTopOfAtmosphere && LevelCheck.Run(clear) is { } level)
        {
            findings.Add(level);
            isTopOfAtmosphere = true;
        }
        findings.AddRange(BandOrderChecks.Run(clear, textures, isTopOfAtmosphere));
        if (model is not null) findings.AddRange(TrainingChecks.Run(clear, model));
        return findings;
    }

    /// <summary>The number of reflectance 1 in a stack's file, and the offset that is added to its numbers; of the first band.</summary>
    private static (double One, double Offset) UnitOf(IRasterSource stack, ModelBands bands)
    {
        if (stack is StackSource { Scaling: { } scaling }) return (scaling.Quantification, scaling.Offset);
        (float scale, float offset) = bands.ToReflectance[0];
        return (1 / scale, offset / scale);
    }

    private static bool HasError(List<PreflightFinding> findings) => findings.Exists(f => f.Severity == PreflightSeverity.Error);

    private static SceneSpectra WithoutClouds(SceneSpectra all)
    {
        if (!all.Has("B02", "B03", "B04")) return all;
        const float Cloud = (float)PredictionOptions.DefaultCloudReflectance;
        (float[] blue, float[] green, float[] red) = (all["B02"], all["B03"], all["B04"]);
        SceneSpectra clear = all.Where(i => !(blue[i] > Cloud && green[i] > Cloud && red[i] > Cloud));
        return clear.Count >= LeastPixels && clear.Count < all.Count ? clear : all;
    }
}
