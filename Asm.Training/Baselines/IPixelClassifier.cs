using System.Text.Json.Nodes;
using Asm.Training.Graphs;

namespace Asm.Training.Baselines;

/// <summary>A trained classifier that looks at one pixel at a time. Safe for concurrent calls.</summary>
internal interface IPixelClassifier
{
    /// <summary>The kind for people: "random forest".</summary>
    string Architecture { get; }

    /// <summary>Its size and how it was trained, as named numbers.</summary>
    JsonObject Facts { get; }

    /// <summary>Number of trained values.</summary>
    long Parameters { get; }

    /// <summary>
    /// Largest difference of a probability between this and the exported graph that rounding explains; 0: both are exact.
    /// </summary>
    double Tolerance { get; }

    /// <summary>Classifies one pixel.</summary>
    /// <param name="spectrum">Reflectance of each band.</param>
    /// <param name="probabilities">
    /// Receives one value a class, summing to 1; the highest is the class, the lowest code where they tie.
    /// </param>
    void Probabilities(ReadOnlySpan<float> spectrum, Span<float> probabilities);

    /// <summary>Writes the nodes from "reflectance" [N, bands, H, W] to probabilities [N, classes, H, W].</summary>
    /// <param name="builder">The graph; it is without nodes.</param>
    /// <param name="output">Name of the last node's output.</param>
    void Write(OnnxGraphBuilder builder, string output);
}
