namespace Asm.Training.Datasets;

/// <summary>How places are shared out and patches drawn.</summary>
internal sealed record DatasetOptions
{
    /// <summary>What the data set is, in a few words.</summary>
    public required string Description { get; init; }

    /// <summary>Rows and columns of a patch.</summary>
    public int PatchPixels { get; init; } = 256;

    /// <summary>Training patches; the paper: 16,000. Validation and test patches follow from the shares.</summary>
    public int Patches { get; init; } = 16_000;

    /// <summary>Decides which place falls to which split, and where patches lie.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Side of the square blocks that fall to one split as a whole, in metres; null: whole scenes do, together with those that overlap them on the ground.</summary>
    public double? BlockMetres { get; init; } = 5120;

    /// <summary>Share of the labelled pixels of each class that validation gets, as near as blocks allow.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share that test gets.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>Scenes that fall to a split by name; the shares then count for the others.</summary>
    public IReadOnlyDictionary<string, Split> Given { get; init; } = new Dictionary<string, Split>();

    /// <summary>Smallest share of a patch's pixels that carry a label, 0 to 1; one pixel is always needed.</summary>
    public double LabelledShare { get; init; } = 0.05;
}
