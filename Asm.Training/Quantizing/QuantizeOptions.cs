namespace Asm.Training.Quantizing;

/// <summary>How a network is quantised.</summary>
internal sealed record QuantizeOptions
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Windows to calibrate on of each stack and of the simulation, and as many more to compare on; a small stack has fewer. 2 to 10,000.
    /// </summary>
    public int Windows { get; init; } = 64;

    /// <summary>Decides the windows.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How ranges of activations follow from their values.</summary>
    public RangeRule Range { get; init; } = RangeRule.Percentile;

    /// <summary>
    /// Bits of the weights: 8, or 7 for processors that add pairs of products in 16 bits (x86 without VNNI), where 8 may saturate.
    /// </summary>
    public int WeightBits { get; init; } = 8;

    /// <summary>How much of a channel's range moves into the weights that read it, 0 none to 1 all.</summary>
    public double Equalisation { get; init; } = 0.7;

    /// <summary>
    /// Label agreement on calibration windows, 0..1, below which layers are left in float32, the most sensitive first. Above what is wanted
    /// in the end, because scenes unlike the calibration windows agree less.
    /// </summary>
    public double Target { get; init; } = 0.9998;

    /// <summary>The number of the largest weight. 255 x 64 x 2 is below 32,768, 255 x 127 x 2 is not.</summary>
    public int LargestWeight => WeightBits == 8 ? sbyte.MaxValue : 64;
}
