using System.Globalization;
using Asm.Raster;

namespace Asm.Maps.Stages;

/// <summary>
/// One setting of a stage: what it is called, what it may be, and where the stage keeps it. Provenance, the key of a run's step, the option
/// of the verb and the key in a project file all come from this one.
/// </summary>
/// <typeparam name="TStage">The stage, a record.</typeparam>
public sealed class Setting<TStage>
{
    private readonly Func<TStage, string?> _text;
    private readonly Func<TStage, string, (bool Fits, TStage Stage)> _read;

    internal Setting(
        string name, string description, string expected, Func<TStage, string?> text, Func<TStage, string, (bool, TStage)> read,
        IReadOnlyList<string>? words = null, (double Least, double Most)? range = null)
    {
        (Name, Description, Expected, _text, _read) = (name, description, expected, text, read);
        (Words, Range) = (words ?? [], range);
    }

    /// <summary>Its name: in provenance "cell", on the command line --cell, in a project the key cell of the stage's section.</summary>
    public string Name { get; }

    /// <summary>What it is, for help.</summary>
    public string Description { get; }

    /// <summary>What it may be, for messages: "a number of 1 to 1000000".</summary>
    public string Expected { get; }

    /// <summary>The words that it may be, where it is one of some; else none.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The least and the greatest value, where it is a number; else null.</summary>
    public (double Least, double Most)? Range { get; }

    /// <summary>The value that a stage has, as text; null where it has none.</summary>
    public string? TextOf(TStage stage) => _text(stage);

    /// <summary>A stage with another value.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="text">The value, as a person writes it.</param>
    /// <exception cref="SettingException">The text is none of the values that the setting may have.</exception>
    public TStage Read(TStage stage, string text)
    {
        (bool fits, TStage changed) = _read(stage, text);
        return fits ? changed : throw Wrong(text);
    }

    /// <summary>Refuses a value out of range, however it came into the stage.</summary>
    /// <exception cref="SettingException">The stage's value is none that the setting may have.</exception>
    public void Require(TStage stage)
    {
        if (_text(stage) is { } text && !_read(stage, text).Fits) throw Wrong(text);
    }

    private SettingException Wrong(string text) => new(Name, $"is '{text}'", Expected, "correct the value");
}

/// <summary>Makes the settings of stages.</summary>
public static class Setting
{
    /// <summary>A number within limits; where there are none, also one that is no number (NaN).</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is, with its unit.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="get">The stage's value; null where it has none.</param>
    /// <param name="with">The stage with another value.</param>
    /// <param name="none">The word for having none, such as "off"; null: there is no such word.</param>
    public static Setting<T> Number<T>(
        string name, string description, double least, double most, Func<T, double?> get, Func<T, double?, T> with, string? none = null) =>
        new(
            name, description, RangeText("a number", least, most, none),
            stage => get(stage)?.ToString("R", CultureInfo.InvariantCulture) ?? none,
            (stage, text) => text == none ? (true, with(stage, null))
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    && (value >= least && value <= most || double.IsNaN(value) && double.IsNegativeInfinity(least))
                ? (true, with(stage, value)) : (false, stage),
            range: (least, most));

    /// <summary>A whole number within limits.</summary>
    /// <inheritdoc cref="Number"/>
    public static Setting<T> Whole<T>(
        string name, string description, int least, int most, Func<T, int?> get, Func<T, int?, T> with, string? none = null) => new(
            name, description, RangeText("a whole number", least, most, none),
            stage => get(stage)?.ToString(CultureInfo.InvariantCulture) ?? none,
            (stage, text) => text == none ? (true, with(stage, null))
                : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                    && value >= least && value <= most
                ? (true, with(stage, value)) : (false, stage),
            range: (least, most));

    /// <summary>One of some words, in upper or lower case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is.</param>
    /// <param name="get">The stage's value.</param>
    /// <param name="with">The stage with another value.</param>
    /// <param name="choices">The words and what they mean; the first word of a value is the one that is written.</param>
    public static Setting<T> Choice<T, TValue>(
        string name, string description, Func<T, TValue> get, Func<T, TValue, T> with, params (string Word, TValue Value)[] choices)
    {
        string[] words = [.. choices.Select(c => c.Word)];
        return new(
            name, description, $"one of {string.Join(", ", words)}",
            stage => choices.FirstOrDefault(c => EqualityComparer<TValue>.Default.Equals(c.Value, get(stage))).Word ?? $"{get(stage)}",
            (stage, text) =>
            {
                foreach ((string word, TValue value) in choices)
                    if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) return (true, with(stage, value));
                return (false, stage);
            },
            words);
    }

    /// <summary>Text that is not empty.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is.</param>
    /// <param name="get">The stage's value; null where it has none.</param>
    /// <param name="with">The stage with another value.</param>
    public static Setting<T> Text<T>(string name, string description, Func<T, string?> get, Func<T, string, T> with) =>
        new(name, description, "text", get, (stage, text) => text.Length > 0 ? (true, with(stage, text)) : (false, stage));

    /// <summary>Anything that a text can say.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is.</param>
    /// <param name="expected">What it may be, for messages.</param>
    /// <param name="text">The stage's value as text; null where it has none.</param>
    /// <param name="read">The stage with the value of a text; null where the text is none.</param>
    public static Setting<T> Of<T>(string name, string description, string expected, Func<T, string?> text, Func<T, string, T?> read)
        where T : class =>
        new(name, description, expected, text, (stage, given) => read(stage, given) is { } changed ? (true, changed) : (false, stage));

    private static string RangeText(string kind, double least, double most, string? none)
    {
        string range = double.IsInfinity(most) ? "" : string.Create(CultureInfo.InvariantCulture, $" of {least} to {most}");
        return $"{kind}{range}{(none is null ? "" : $", or {none}")}";
    }
}
