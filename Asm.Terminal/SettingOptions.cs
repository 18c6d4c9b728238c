using System.CommandLine;
using Asm.Maps.Stages;
using Asm.Raster;

namespace Asm.Terminal;

/// <summary>
/// The settings of a stage as options of its verb: the setting cell is --cell, with its description, its default and its range.
/// </summary>
/// <typeparam name="T">The stage.</typeparam>
internal sealed class SettingOptions<T>
{
    private readonly (Setting<T> Setting, Option<string?> Option)[] _options;

    /// <summary>Makes the options.</summary>
    /// <param name="settings">All settings of the stage.</param>
    /// <param name="defaults">A stage with its defaults, for help.</param>
    /// <param name="elsewhere">Settings that the verb has no option for, or one of its own.</param>
    public SettingOptions(IReadOnlyList<Setting<T>> settings, T defaults, params string[] elsewhere) =>
        _options = [.. settings.Where(s => !elsewhere.Contains(s.Name)).Select(s => (s, Option(s, defaults)))];

    /// <summary>The option of a setting.</summary>
    public Option<string?> this[string name] => _options.First(o => o.Setting.Name == name).Option;

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach ((_, Option<string?> option) in _options) verb.Options.Add(option);
    }

    /// <summary>The stage with the values that were given.</summary>
    /// <exception cref="AsmException">A value does not do, which the parser finds first where it can.</exception>
    public T Apply(ParseResult parsed, T stage)
    {
        foreach ((Setting<T> setting, Option<string?> option) in _options)
            if (parsed.GetResult(option) is { Implicit: false } && parsed.GetValue(option) is { } text) stage = setting.Read(stage, text);
        return stage;
    }

    private static Option<string?> Option(Setting<T> setting, T defaults)
    {
        var option = new Option<string?>($"--{setting.Name}") { Description = setting.Description };
        option.DefaultValueFactory = _ => setting.TextOf(defaults);
        if (setting.Words.Count > 0) option.HelpName = string.Join('|', setting.Words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count != 1) return;
            try { setting.Read(defaults, result.Tokens[0].Value); }
            catch (SettingException e)
            {
                result.AddError(AsmException.Spell($"--{e.Setting} {e.Found}; expected: {e.Expected}", name => $"--{name}"));
            }
            // What is read from a file of the value's name is told when the verb works.
            catch (AsmException) { }
        });
        return option;
    }
}
