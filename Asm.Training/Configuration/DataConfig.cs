namespace Asm.Training.Configuration;

/// <summary>Where patches come from.</summary>
internal sealed record DataConfig
{
    /// <summary>Rows and columns of a patch; a multiple of 2 to the power of the network's depth.</summary>
    public int PatchPixels { get; init; } = 256;

    /// <summary>Data sets that <c>asm-train dataset</c> wrote.</summary>
    public DataSetConfig[] Sets { get; init; } = [];

    /// <summary>Share of simulated patches, in relation to the shares of the data sets; null: all where no set is named, none elsewhere.</summary>
    public double? SimulationShare { get; init; }

    /// <summary>Patches in an epoch.</summary>
    public int Patches { get; init; } = 16_000;

    /// <summary>True: every epoch shows the same patches, in another order and variation. False: every epoch makes new ones.</summary>
    public bool Repeat { get; init; } = true;

    /// <summary>Memory for patches that repeat, in gigabytes; those that do not fit are made again each time. 700 patches of 256 x 256 take one.</summary>
    public double CacheGigabytes { get; init; } = 4;

    /// <summary>Patches that the network is measured with after each epoch; never trained on. 0: none.</summary>
    public int ValidationPatches { get; init; } = 128;

    /// <summary>Patches that mean and standard deviation of each band are computed from.</summary>
    public int StatisticsPatches { get; init; } = 256;

    /// <summary>Threads that make patches beside the training step.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The simulated scenes that patches are cut from.</summary>
    public SimulatedPatchConfig Simulation { get; init; } = new();

    /// <summary>The share of simulated patches that counts.</summary>
    internal double EffectiveSimulationShare => SimulationShare ?? (Sets.Length == 0 ? 1 : 0);
}
