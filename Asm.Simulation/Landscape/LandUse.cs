namespace Asm.Simulation;

/// <summary>The codes of the truth; see docs of <see cref="SimulatedScene.Truth"/>.</summary>
internal static class LandUse
{
    public const byte Mines = 1;
    public const byte Built = 2;
    public const byte Vegetation = 3;
}
