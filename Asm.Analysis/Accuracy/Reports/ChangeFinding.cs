using System.Globalization;
using Asm.Analysis.Accuracy.Estimation;
using Asm.Analysis.Accuracy.Points;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>What a sample says of a mapped change, in plain words.</summary>
internal static class ChangeFinding
{
    /// <summary>A sentence for every change, and every net change of a class, whose interval has 0 or the mapped area in it.</summary>
    public static IEnumerable<string> Of(PointAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (!assessment.IsChange) yield break;
        foreach (AssessedClass one in assessment.Classes)
        {
            (int before, int after) = Asm.Maps.Classes.ChangeCode.Split(one.Class.Code);
            if (before != after && one.MappedHectares is { } mapped && one.AreaHectares is { Low: { } low, High: { } high } area
                && Sentence(one.Class.Name, mapped, area, low, high) is { } sentence)
                yield return sentence;
        }
        foreach (NetChange net in assessment.NetChanges)
            if (net.Hectares is { Low: { } low, High: { } high } estimate
                && Sentence($"Net change of {net.Class}", net.MappedHectares, estimate, low, high) is { } sentence)
                yield return sentence;
    }

    private static string? Sentence(string what, double mapped, Estimate area, double low, double high)
    {
        // The lower end is cut at 0 where an area cannot be below it: 0 is then in the interval as well.
        bool hasZero = low <= 0 && high >= 0, hasMapped = mapped >= low && mapped <= high;
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"{what}: {mapped:N0} ha mapped, {area.Value:N0} ha estimated, 95 % interval {low:N0} to {high:N0} ha.");
        return (hasZero, hasMapped) switch
        {
            (true, true) =>
                $"{figures} The interval holds both the mapped area and zero: the sample cannot tell this change from no change.",
            (true, false) => $"{figures} The interval holds zero: the sample cannot tell this change from no change.",
            (false, true) => $"{figures} The mapped area lies within the interval: the sample agrees with the map.",
            _ => null,
        };
    }
}
