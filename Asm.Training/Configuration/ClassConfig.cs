namespace Asm.Training.Configuration;

/// <summary>One class.</summary>
internal sealed record ClassConfig
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The colour on maps, "#rrggbb".</summary>
    public string Color { get; init; } = "#808080";

    /// <summary>Weight of its pixels in the loss, above 0.</summary>
    public double Weight { get; init; } = 1;
}
