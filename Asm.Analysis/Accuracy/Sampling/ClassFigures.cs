using System.Globalization;
using Asm.Raster;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Lists of figures of classes as people give them: NAME=FIGURE,NAME=FIGURE.</summary>
internal static class ClassFigures
{
    /// <summary>Reads user's accuracies, such as mines=0.9,built=0.85.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="text">The list.</param>
    /// <exception cref="SettingException">The text is no such list, or a figure is not 0 to 1.</exception>
    public static IReadOnlyDictionary<string, double> ParseAccuracies(string option, string text) =>
        Parse(option, text).ToDictionary(p => p.Key,
            p => double.TryParse(p.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
                ? value
                : throw new SettingException(option, $"'{p.Value}' for {p.Key}", "an accuracy of 0 to 1 with a decimal point",
                    "for example mines=0.9,built=0.85"), StringComparer.OrdinalIgnoreCase);

    /// <summary>The words on both sides of each =.</summary>
    internal static Dictionary<string, string> Parse(string option, string text)
    {
        var figures = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides.Any(s => s.Length == 0))
                throw new SettingException(option, $"'{part}' is not of the form NAME=FIGURE",
                    "a list NAME=FIGURE,NAME=FIGURE", "write figures with a decimal point and commas between the classes only");
            if (!figures.TryAdd(sides[0], sides[1]))
                throw new SettingException(option, $"names {sides[0]} twice", "each class once", "remove one");
        }
        return figures;
    }
}
