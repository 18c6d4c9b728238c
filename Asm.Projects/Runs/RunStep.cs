using Asm.Inference.Preflighting;
using Asm.Raster;

namespace Asm.Projects.Runs;

/// <summary>One piece of work of a run, with all that its outputs depend on.</summary>
public sealed record RunStep
{
    /// <summary>Its name, which no other step of the run has: "predict 2019 30NXM S2A_20190107".</summary>
    public required string Id { get; init; }

    /// <summary>Its stage.</summary>
    public required RunStage Stage { get; init; }

    /// <summary>Files from outside of the run's folder that it reads.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What it reads of other steps, relative to the run's folder.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>What it writes, relative to the run's folder.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Options that its outputs depend on.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The work in seconds of one thread, from measured rates; see <see cref="RunRates"/>.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Memory that it needs at least, beside the program itself, in bytes.</summary>
    public required long NeedBytes { get; init; }

    /// <summary>The size of its outputs, about, in bytes.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Looks at the scene before any work starts; null for steps other than predictions.</summary>
    internal Func<RunOptions, IReadOnlyList<PreflightFinding>>? Preflight { get; init; }

    /// <summary>Does the work; replaces outputs that exist.</summary>
    internal Action<StepContext> Work { get; init; } = null!;
}
