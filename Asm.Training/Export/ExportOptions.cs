using System.Text.RegularExpressions;
using Asm.Raster;

namespace Asm.Training.Export;

/// <summary>What an export needs beside the checkpoint.</summary>
internal sealed partial record ExportOptions
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Licence of the weights, an SPDX identifier.</summary>
    public string License { get; init; } = "Apache-2.0";

    /// <summary>What it was trained on, in a few words; null: as the checkpoint says.</summary>
    public string? TrainedOn { get; init; }

    /// <summary>
    /// A model of the same bands, classes and size whose weights are averaged with the checkpoint's; null: none. For a network
    /// that was trained on from that model, the average keeps more of what the first one knew (Wortsman et al. 2022, "Robust
    /// fine-tuning of zero-shot models").
    /// </summary>
    public string? AverageWith { get; init; }

    /// <summary>Share of <see cref="AverageWith"/> in each weight, 0 to 1.</summary>
    public double AverageShare { get; init; } = 0.5;

    /// <summary>Returns a model's name that the STAC item can hold, and refuses others.</summary>
    /// <param name="name">The name.</param>
    /// <param name="from">The option or file that it comes from.</param>
    /// <param name="fix">What the user can do.</param>
    /// <exception cref="AsmException">The name has other characters.</exception>
    public static string RequireName(string name, string from, string fix) => NamePattern().IsMatch(name)
        ? name
        : throw new AsmException(from, $"'{name}' is no name of a model",
            "three or more letters, digits, '_', '.', '-' or spaces, a letter first, a letter or digit last", fix);

    // the pattern of mlm:name in the STAC MLM extension
    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_.\-\s]+[a-zA-Z0-9]$")]
    private static partial Regex NamePattern();
}
