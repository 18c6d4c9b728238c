namespace Asm.Training.Quantizing;

/// <summary>Agreement of the quantised network with the float32 one on some pixels.</summary>
/// <param name="Name">Where the pixels are from.</param>
/// <param name="Agreement">The figures.</param>
/// <param name="Calibrated">True where the network was calibrated on other pixels of the same scene.</param>
internal sealed record ComparedScene(string Name, Agreement Agreement, bool Calibrated);
