using System.Globalization;
using Asm.Raster;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>A rule for sharing out points, with the user's own figures where it has some.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Figures">
/// For <see cref="AllocationRule.Counts"/> points, for <see cref="AllocationRule.Shares"/> shares that add up to 1, by class
/// name or code; else empty.
/// </param>
public sealed record SampleAllocation(AllocationRule Rule, IReadOnlyDictionary<string, double> Figures)
{
    private const string Words = "proportional, equal, neyman, simple, "
        + "points such as mines=150,built=150,vegetation=300, or shares such as mines=25%,built=25%,vegetation=50%";

    /// <summary>A rule without figures of the user's.</summary>
    public static SampleAllocation By(AllocationRule rule) => new(rule, new Dictionary<string, double>());

    /// <summary>Reads what a person gives: the name of a rule, or a list NAME=POINTS, NAME=PERCENT% or NAME=SHARE.</summary>
    /// <exception cref="AsmException">The text is none of these.</exception>
    public static SampleAllocation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains('=', StringComparison.Ordinal))
            return text.Trim().ToLowerInvariant() switch
            {
                "proportional" => By(AllocationRule.Proportional),
                "equal" => By(AllocationRule.Equal),
                "neyman" => By(AllocationRule.Neyman),
                "simple" => By(AllocationRule.Simple),
                _ => throw Wrong(text, "is none of the allocations"),
            };
        Dictionary<string, string> words = ClassFigures.Parse("allocation", text);
        bool isPercent = words.Values.All(v => v.EndsWith('%'));
        var figures = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string word) in words)
            figures[name] =
                double.TryParse(isPercent ? word[..^1] : word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value >= 0 && double.IsFinite(value)
                    ? isPercent ? value / 100 : value
                    : throw Wrong(text, $"has '{word}' for {name}");
        if (!isPercent && figures.Values.All(v => v == Math.Floor(v) && v <= SampleOptions.MostPoints) && figures.Values.Sum() != 1)
            return new(AllocationRule.Counts, figures);
        return Math.Abs(figures.Values.Sum() - 1) <= 1e-6 ? new(AllocationRule.Shares, figures)
            : throw Wrong(text, string.Create(CultureInfo.InvariantCulture, $"has shares that add up to {figures.Values.Sum():0.####}"));
    }

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Figures.Count == 0
        ? Rule.ToString().ToLowerInvariant()
        : string.Join(',', Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key}={f.Value:R}")));

    private static SettingException Wrong(string text, string found) => new("allocation", $"'{text}' {found}", Words, "correct the option");
}
