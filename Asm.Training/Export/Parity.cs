namespace Asm.Training.Export;

/// <summary>How far ONNX Runtime's results are from libtorch's.</summary>
/// <param name="Windows">Windows compared.</param>
/// <param name="LargestDifference">Largest absolute difference of a probability.</param>
/// <param name="TiedLabels">Pixels whose labels differ because two probabilities are equal within the tolerance.</param>
internal readonly record struct Parity(int Windows, double LargestDifference, long TiedLabels);
