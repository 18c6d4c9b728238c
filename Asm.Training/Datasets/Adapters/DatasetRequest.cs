namespace Asm.Training.Datasets.Adapters;

/// <summary>What is made of the scenes.</summary>
internal sealed record DatasetRequest
{
    /// <summary>The data set's folder.</summary>
    public required string Output { get; init; }

    /// <summary>True replaces an earlier data set.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The classes.</summary>
    public required ClassScheme Scheme { get; init; }

    /// <summary>Splits and patches; the description is added to.</summary>
    public required DatasetOptions Options { get; init; }

    /// <summary>
    /// True: the patches are no larger than the largest scene, rounded up to a multiple of 16, as the network of depth 4 needs it.
    /// </summary>
    public bool FitPatches { get; init; }

    /// <summary>Scenes that are for validation only: names, or patterns with '*'.</summary>
    public IReadOnlyList<string> ValidationScenes { get; init; } = [];

    /// <summary>Scenes that are for the test only.</summary>
    public IReadOnlyList<string> TestScenes { get; init; } = [];

    /// <summary>True: a class may be without any pixel.</summary>
    public bool AllowEmpty { get; init; }
}
