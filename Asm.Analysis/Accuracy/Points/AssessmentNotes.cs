using System.Globalization;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>Sentences on what the figures of an assessment cannot say.</summary>
internal static class AssessmentNotes
{
    public static IEnumerable<string> Of(IReadOnlyList<AssessedStratum> strata,
        IReadOnlyList<AssessedClass> classes, double? hectaresPerPixel, PlacedPoints placed)
    {
        long points = strata.Sum(s => s.Points);
        if (points == 0)
        {
            yield return "No point has a reference yet, so nothing can be estimated.";
            yield break;
        }
        foreach (AssessedStratum stratum in strata.Where(s => s is { Pixels: > 0, Points: 0 }))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"No labelled point lies in {stratum.Name} ({stratum.Pixels:N0} pixels): what depends on it is not estimable.");
        foreach (AssessedStratum stratum in strata.Where(s => s is { Pixels: > 0, Points: 1 }))
            yield return $"A single labelled point lies in {stratum.Name}: "
                + "its spread is unknown, so intervals that depend on it are not estimable.";
        foreach (AssessedClass one in classes.Where(c => c.Users is { StandardError: 0 } && c.MapPoints > 1))
            yield return Unanimous(one);
        foreach (AssessedClass one in classes.Where(c => c.ReferencePoints == 0 && c.MappedPixels > 0))
            yield return $"No point was seen to be {one.Class.Name}: its area estimate is 0, "
                + "its interval has no width, and neither says that there is none.";
        if (hectaresPerPixel is null)
            yield return "The map is not in metres: shares are shares of pixels, which differ in size, "
                + "and areas in hectares are not estimable. Bring the map to a metric CRS to have them.";
        foreach (IGrouping<Asm.Raster.Grids.PixelOffset, int> same in Enumerable.Range(0, placed.Pixels.Length)
            .GroupBy(i => placed.Pixels[i]).Where(g => g.Count() > 1))
            yield return $"Rows {string.Join(" and ", same.Select(i => placed.Table.Points[i].Row))} lie "
                + "on one pixel and count more than once.";
    }

    /// <summary>
    /// Where all points agree the formula gives an interval without width; the exact binomial one (Clopper and Pearson 1934) does not.
    /// </summary>
    private static string Unanimous(AssessedClass one)
    {
        double bound = Math.Pow(0.025, 1.0 / one.MapPoints);
        return one.Users!.Value == 1
            ? string.Create(CultureInfo.InvariantCulture,
                $"All {one.MapPoints} points of {one.Class.Name} were right: the formula gives an interval without width; "
                + $"the exact one begins at {bound:0.000}.")
            : string.Create(CultureInfo.InvariantCulture,
                $"All {one.MapPoints} points of {one.Class.Name} were wrong: the formula gives an interval without width; "
                + $"the exact one ends at {1 - bound:0.000}.");
    }
}
