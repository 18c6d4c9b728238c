namespace Asm.Training.Export;

/// <summary>What an export needs beside the checkpoint.</summary>
internal sealed record ExportOptions
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Licence of the weights, an SPDX identifier.</summary>
    public string License { get; init; } = "Apache-2.0";

    /// <summary>What it was trained on, in a few words; null: as the checkpoint says.</summary>
    public string? TrainedOn { get; init; }
}
