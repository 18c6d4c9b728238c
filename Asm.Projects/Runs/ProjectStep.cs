using Asm.Inference.Preflighting;
using Asm.Maps.Stages;
using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>One piece of work of a run, with all that its outputs depend on.</summary>
public sealed record ProjectStep
{
    /// <summary>Its name, which no other step of the run has: "predict 2019 30NXM S2A_20190107".</summary>
    public required string Id { get; init; }

    /// <summary>The verb that does such work: "predict".</summary>
    public required string Stage { get; init; }

    /// <summary>The section of the project file that has the stage's settings: "prediction".</summary>
    public required string Section { get; init; }

    /// <summary>Files from outside of the run's folder that it reads.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What it reads of other steps, relative to the run's folder.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>What it writes, relative to the run's folder.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Settings that its outputs depend on.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of all settings of its stage.</summary>
    internal IReadOnlyList<string> SettingNames { get; init; } = [];

    /// <summary>What it takes.</summary>
    public required StageNeed Need { get; init; }

    /// <summary>True for predictions: they take all threads and all memory, and their need has the program in it.</summary>
    internal bool RunsNetwork { get; init; }

    /// <summary>True for the step that needs all others, and so runs alone.</summary>
    internal bool IsLast { get; init; }

    /// <summary>Looks at the scene before any work starts; null for steps other than predictions.</summary>
    internal Func<RunOptions, IReadOnlyList<PreflightFinding>>? Preflight { get; init; }

    /// <summary>Does the work; replaces outputs that exist.</summary>
    internal Action<StepContext> Work { get; init; } = null!;

    /// <summary>A message with the settings of this step spelt as the project file has them: `cell` is heatmap.cell.</summary>
    internal string Spell(string message) =>
        Spell(message, Section, SettingNames);

    /// <summary>A message with the settings of a section spelt as the project file has them; what it has not, as options.</summary>
    internal static string Spell(string message, string section, IReadOnlyList<string> settings) =>
        AsmException.Spell(message, name => name switch
        {
            "class" => name,
            "mask" => "masks",
            _ => settings.Contains(name) ? $"{section}.{name}" : $"--{name}",
        });
}
