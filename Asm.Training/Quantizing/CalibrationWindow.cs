namespace Asm.Training.Quantizing;

/// <summary>A window of an image.</summary>
/// <param name="Reflectance">Bands x height x width, 0..1; the band means of the training data where there is no data.</param>
/// <param name="Valid">Height x width: 1 data, 0 none.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record CalibrationWindow(float[] Reflectance, byte[] Valid, int Height, int Width);
