using Asm.Maps.Classes;

namespace Asm.Inference.Model;

/// <summary>What a model file says of itself, and what its graph says of it.</summary>
public sealed record ModelDescription
{
    /// <summary>The file's name without its folder.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// SHA-256 of the file, lower-case hexadecimal; where weights lie beside it, of all files: see docs/model-format.md.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>Names of the input bands, in the order of the input's channels.</summary>
    public required IReadOnlyList<string> Bands { get; init; }

    /// <summary>The classes, in the order of the output's channels.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>Side of the windows that the model was trained on, in pixels.</summary>
    public required int WindowPixels { get; init; }

    /// <summary>Mean reflectance (0..1) of each band over the training data; pixels without data are given these values.</summary>
    public required IReadOnlyList<float> BandMean { get; init; }

    /// <summary>Standard deviation of the reflectance (0..1) of each band over the training data.</summary>
    public required IReadOnlyList<float> BandStandardDeviation { get; init; }

    /// <summary>
    /// The receptive field derived from the graph, or null where the graph bounds none (<see cref="Unbounded"/> says why).
    /// </summary>
    public required ReceptiveField? ReceptiveField { get; init; }

    /// <summary>Why no receptive field could be derived; null where one was.</summary>
    public required string? Unbounded { get; init; }

    /// <summary>The most bytes of float32 activations alive at once, per input pixel; the base of the memory estimate.</summary>
    public required double PeakActivationBytesPerPixel { get; init; }

    /// <summary>Bytes of the file and of those beside it that hold weights, about the bytes of the weights.</summary>
    public required long FileBytes { get; init; }

    /// <summary>All metadata of the file, by key.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The model's file and those beside it that hold weights.</summary>
    internal IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Windows are multiples of this, where the receptive field is not bounded too.</summary>
    internal int Alignment { get; init; } = 1;

    /// <summary>The sizes of the graph's tensors; null in a description that was made by hand.</summary>
    internal GraphShapes? Shapes { get; init; }

    /// <summary>Side of a small window that the graph takes.</summary>
    internal int ProbePixels { get; init; }
}
