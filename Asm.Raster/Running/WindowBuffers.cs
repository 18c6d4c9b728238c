namespace Asm.Raster.Running;

/// <summary>Arrays for one strip of all inputs or of all outputs of a run; used again and again.</summary>
/// <param name="Samples">For each raster its bands one after the other.</param>
/// <param name="Valid">For each input one value a pixel, empty where it is not asked for.</param>
internal sealed record WindowBuffers(Array[] Samples, byte[][] Valid);
