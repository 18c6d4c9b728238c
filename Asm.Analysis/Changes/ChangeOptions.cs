namespace Asm.Analysis.Changes;

/// <summary>What of the changes between seasons is followed.</summary>
public sealed record ChangeOptions
{
    /// <summary>
    /// Name or code of the class that change maps make stand out and that <see cref="Asm.Analysis.Changes.Persistence"/> follows; null: the
    /// class mines, or the first one where there is none of this name.
    /// </summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// Seasons with data at the end that must agree before a pixel counts as new or recovered, 1 or more; see
    /// <see cref="Asm.Analysis.Changes.Persistence"/>.
    /// </summary>
    public int ConfirmingSeasons { get; init; } = 1;
}
