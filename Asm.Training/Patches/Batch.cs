namespace Asm.Training.Patches;

/// <summary>Some patches side by side, as the network takes them.</summary>
/// <param name="Count">Patches.</param>
/// <param name="Bands">Bands of a patch.</param>
/// <param name="SizePixels">Rows and columns of a patch.</param>
/// <param name="Reflectance">Count x bands x size x size samples.</param>
/// <param name="Target">Count x size x size class positions from 0, <see cref="IgnoredTarget"/> where there is none.</param>
internal sealed record Batch(int Count, int Bands, int SizePixels, float[] Reflectance, long[] Target)
{
    /// <summary>The target of a pixel that the loss and the metrics leave out: class code 0, or no data.</summary>
    public const long IgnoredTarget = -1;
}
