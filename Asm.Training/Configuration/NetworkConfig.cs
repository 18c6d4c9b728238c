using Asm.Training.Network;

namespace Asm.Training.Configuration;

/// <summary>Size and start of the network.</summary>
internal sealed record NetworkConfig
{
    /// <summary>Filters of the first stage. Time and memory grow with its square at large widths.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Stages of the encoder.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Share of activations dropped in training, after the last encoder stage and the bridge; 0 up to below 1.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>How the weights are drawn: he or math_works.</summary>
    public Initialisation Initialisation { get; init; } = Initialisation.He;
}
