using Asm.Raster;

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

    /// <summary>
    /// Side of the square blocks that fall to one split as a whole, in metres; null: whole scenes do, together with those that
    /// overlap them on the ground.
    /// </summary>
    public double? BlockMetres { get; init; } = 5120;

    /// <summary>Share of the labelled pixels of each class that validation gets, as near as blocks allow.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share that test gets.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>Scenes that fall to a split by name; the shares then count for the others.</summary>
    public IReadOnlyDictionary<string, Split> Given { get; init; } = new Dictionary<string, Split>();

    /// <summary>Smallest share of a patch's pixels that carry a label, 0 to 1; one pixel is always needed.</summary>
    public double LabelledShare { get; init; } = 0.05;

    /// <summary>Checks the values.</summary>
    /// <exception cref="AsmException">One is out of range.</exception>
    internal void Validate()
    {
        Require(PatchPixels is >= 1 and <= 4096, "--patch", $"{PatchPixels}", "1 to 4096 pixels");
        Require(Patches >= 1, "--patches", $"{Patches}", "1 or more");
        Require(BlockMetres is null or > 0 && double.IsFinite(BlockMetres ?? 1), "--block", $"{BlockMetres}", "metres above 0");
        Require(ValidationShare >= 0 && TestShare >= 0 && ValidationShare + TestShare < 1, "--validation and --test",
            $"{ValidationShare} and {TestShare}", "shares of 0 or more that leave something to train on");
        Require(LabelledShare is >= 0 and <= 1, "--labelled", $"{LabelledShare}", "0 to 1");
    }

    private static void Require(bool holds, string option, string found, string expected)
    {
        if (!holds) throw new AsmException(option, found, expected, "give another value");
    }
}
