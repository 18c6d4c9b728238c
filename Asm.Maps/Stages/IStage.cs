namespace Asm.Maps.Stages;

/// <summary>What a plan knows of a stage: what it reads and writes, its settings, and what it takes.</summary>
public interface IStage
{
    /// <summary>The verb that does it; its name in provenance too.</summary>
    string Verb { get; }

    /// <summary>
    /// The files that it reads, those beside them included, some of which may be missing: what it makes depends on their bytes. A folder or
    /// a product stands for its files.
    /// </summary>
    IReadOnlyList<string> Reads { get; }

    /// <summary>The files that it writes, those beside them included; a folder that it fills is not among them.</summary>
    IReadOnlyList<string> Writes { get; }

    /// <summary>Its settings by their names, as text, in the order of the stage's list.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The names of all its settings, in the order of the stage's list.</summary>
    IReadOnlyList<string> SettingNames { get; }

    /// <summary>Refuses settings out of their ranges.</summary>
    /// <exception cref="Asm.Raster.SettingException">A setting is.</exception>
    void RequireSettings();

    /// <summary>What the stage takes, told before its inputs are there.</summary>
    /// <param name="ground">The maps that it works on.</param>
    StageNeed Need(StageGround ground);
}
