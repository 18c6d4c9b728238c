namespace Asm.Simulation.Landscape;

/// <summary>The codes of the truth, as SimulatedScene.Truth tells them.</summary>
internal static class LandUse
{
    public const byte Mines = 1;
    public const byte Built = 2;
    public const byte Vegetation = 3;
}
