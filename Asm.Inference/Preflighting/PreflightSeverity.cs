namespace Asm.Inference.Preflighting;

/// <summary>How bad a finding is.</summary>
public enum PreflightSeverity
{
    /// <summary>Something could not be checked; nothing speaks against the scene.</summary>
    Note,

    /// <summary>The map may be worse than the model can do; the prediction goes on.</summary>
    Warning,

    /// <summary>The map would be wrong; the prediction does not start.</summary>
    Error,
}
