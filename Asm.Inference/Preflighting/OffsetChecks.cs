using System.Globalization;
using Asm.Inference.Preparation;

namespace Asm.Inference.Preflighting;

/// <summary>The offset of 1,000 (reflectance 0.1) of processing baselines 04.00 and later: left in, or removed twice.</summary>
internal static class OffsetChecks
{
    /// <summary>The share of darkest pixels whose brightest one is the floor of a band.</summary>
    public const double FloorShare = 0.005;

    // Nearly every scene has pixels of almost 0 in some band: water and shadow in the infrared, leaves in the red. With the offset the
    // lowest floor is 0.1 and the little that dark ground reflects.
    private const double LowestFloor = 0.09, HighestFloor = 0.14;

    // Under an offset red and blue floors are about the same. On bare ground that is bright all over, red is far above blue.
    private const double LargestRedOverBlue = 0.05;

    /// <summary>Numbers up to 5 after a second removal were clipped, in steps of 1/10,000.</summary>
    private const float Clipped = 0.0005f;

    private const double ClippedShare = 0.4;

    // An atmospheric correction that takes too much clips one band, mostly B02. A second removal clips the others in the same pixels.
    private const double ClippedTogetherShare = 0.1;
    private const int ClippedTogether = 2;
    private static readonly string[] Visible = ["B02", "B03", "B04"];

    /// <summary>What is left in, in reflectance.</summary>
    public const double LeftIn = 0.1;

    /// <summary>Scenes without anything dark.</summary>
    /// <param name="clear">The scene without clouds.</param>
    /// <param name="facts">What its metadata say.</param>
    /// <param name="offsetToGive">The offset that removes it, in the unit of the file.</param>
    public static IEnumerable<PreflightFinding> FindLeftIn(SceneSpectra clear, SceneFacts facts, double offsetToGive)
    {
        if (!clear.Has("B02", "B04")) yield break;
        double[] floors = [.. Enumerable.Range(0, clear.Names.Count).Select(b => clear.Quantile(b, FloorShare))];
        int lowest = Array.IndexOf(floors, floors.Min());
        double redOverBlue = clear.Quantile("B04", FloorShare) - clear.Quantile("B02", FloorShare);
        if (floors[lowest] is >= LowestFloor and <= HighestFloor && redOverBlue <= LargestRedOverBlue)
            yield return new(PreflightSeverity.Error, PreflightCheck.Offset,
                $"the darkest pixels of every band are at reflectance {floors[lowest]:0.000} or "
                + $"above ({clear.Names[lowest]}){Declared(facts)}: the offset of 1,000 seems to be in the numbers still",
                $"dark ground (water, shadow, leaves) below {LowestFloor} in some band",
                string.Create(CultureInfo.InvariantCulture, $"give `offset` {offsetToGive:0.#####} with the file as it was delivered; ")
                + "if it is L1C over bright ground, or thin cloud lies over all of it, take another scene");
    }

    /// <summary>
    /// Dark pixels clipped at the least number that is data. Where they fell to 0 (no data) or wrapped around other checks find it.
    /// </summary>
    public static IEnumerable<PreflightFinding> FindRemovedTwice(SceneSpectra all)
    {
        if (!all.Has("B02", "B04")) yield break;
        double clipped = all["B02"].Count(v => v <= Clipped) / (double)all.Count;
        float[][] visible = [.. Visible.Where(name => all.Has(name)).Select(name => all[name])];
        double together =
            Enumerable.Range(0, all.Count).Count(i => visible.Count(band => band[i] <= Clipped) >= ClippedTogether) / (double)all.Count;
        if (clipped > ClippedShare || together > ClippedTogetherShare)
            yield return new(PreflightSeverity.Error, PreflightCheck.Offset,
                $"{clipped:P0} of the pixels are at {Clipped} or below in B02, "
                + $"{together:P0} in two or more of B02, B03 and B04: the offset seems to have been removed twice",
                $"at most {ClippedShare:P0} of pixels that dark in blue, and {ClippedTogetherShare:P0} in two visible bands",
                "leave `offset` out: the file holds numbers whose offset was removed already; prepare the stack again");
    }

    private static string Declared(SceneFacts facts) =>
        facts.OffsetDeclared switch
        {
            true => ", though the metadata's offset was applied",
            false => ", though the metadata declare no offset",
            null when facts.Baseline is { } baseline => $" (processing baseline {baseline})",
            null => "",
        };
}
