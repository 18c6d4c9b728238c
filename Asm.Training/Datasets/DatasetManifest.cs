using Asm.Training.Configuration;

namespace Asm.Training.Datasets;

/// <summary>What a data set says of itself: the file <c>dataset.json</c>.</summary>
internal sealed record DatasetManifest
{
    /// <summary>The format; other numbers are refused.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Version of the program that wrote it.</summary>
    public string ToolVersion { get; init; } = "";

    /// <summary>What it is, in a few words, for the metadata of models that learn from it.</summary>
    public required string Description { get; init; }

    /// <summary>Names of the bands, in their order.</summary>
    public required string[] Bands { get; init; }

    /// <summary>The classes by code from 1; their weights do not count here.</summary>
    public required ClassConfig[] Classes { get; init; }

    /// <summary>The images.</summary>
    public required DatasetScene[] Scenes { get; init; }

    /// <summary>How places were shared out, in words.</summary>
    public required string SplitRule { get; init; }

    /// <summary>Rows and columns of a patch.</summary>
    public required int PatchPixels { get; init; }

    /// <summary>Decided splits and patches.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Labelled pixels by split ("train", "validation", "test") and class position from 0.</summary>
    public required Dictionary<string, long[]> LabelledPixels { get; init; }

    /// <summary>Patches by split.</summary>
    public required Dictionary<string, int> Patches { get; init; }

    /// <summary>Mean of each band over the labelled pixels of the training split, in reflectance; empty where there are none.</summary>
    public required float[] BandMean { get; init; }

    /// <summary>Standard deviation of each band over the same pixels.</summary>
    public required float[] BandDeviation { get; init; }
}
