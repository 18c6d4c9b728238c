using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Asm.Raster;
using Asm.Training.Graphs;

namespace Asm.Training.Baselines;

/// <summary>
/// Spectral Angle Mapper (Kruse et al. 1993): the class whose mean spectrum makes the smallest angle with the pixel's. Brightness has no
/// influence. Angles say nothing of probability; what is exported as such is the posterior, with equal priors, of von Mises-Fisher
/// distributions around the means with one concentration kappa for all classes: softmax of kappa cos(angle). It falls with the angle, so
/// the most probable class is the one of the smallest angle.
/// </summary>
internal sealed class SpectralAngleMapper : IPixelClassifier
{
    /// <summary>
    /// Spectra shorter than this have no direction: every class is as probable. Reflectance 0 in all bands is the one that occurs.
    /// </summary>
    public const float ShortestSpectrum = 1e-10f;

    private readonly float[][] _directions;
    private readonly float _concentration;

    private SpectralAngleMapper(float[][] directions, float concentration) => (_directions, _concentration) = (directions, concentration);

    /// <inheritdoc/>
    public string Architecture => "Spectral Angle Mapper";

    /// <inheritdoc/>
    public JsonObject Facts => new() { ["concentration"] = _concentration };

    /// <inheritdoc/>
    public long Parameters => (long)_directions.Length * _directions[0].Length + 1;

    /// <summary>A cosine of float32 is off by a few 6e-8, and the softmax multiplies that by the concentration.</summary>
    public double Tolerance => Math.Max(1e-6, 5e-7 * _concentration);

    /// <summary>Unit vectors of the class means, by class position from 0.</summary>
    public IReadOnlyList<float[]> Directions => _directions;

    /// <summary>Learns the class means.</summary>
    /// <exception cref="AsmException">A class mean is zero.</exception>
    public static SpectralAngleMapper Train(PixelSamples samples)
    {
        samples.Validate();
        int bands = samples.BandNames.Length;
        double[][] means = [.. samples.Classes.Select(_ => new double[bands])];
        for (int i = 0; i < samples.Count; i++)
            for (int b = 0; b < bands; b++) means[samples.Codes[i] - 1][b] += samples.Spectrum(i)[b];
        double[] lengths = [.. means.Select(m => TensorPrimitives.Norm<double>(m))];
        int zero = Array.IndexOf(lengths, 0);
        if (zero >= 0)
            throw new AsmException("training pixels",
                $"the mean spectrum of {samples.Classes[zero].Name} is zero", "a spectrum", "correct the labels");
        float[][] directions = [.. means.Select((m, k) => m.Select(v => (float)(v / lengths[k])).ToArray())];
        return new SpectralAngleMapper(directions, Concentration(samples, directions));
    }

    /// <inheritdoc/>
    public void Probabilities(ReadOnlySpan<float> spectrum, Span<float> probabilities)
    {
        float length = Math.Max(TensorPrimitives.Norm(spectrum), ShortestSpectrum);
        for (int k = 0; k < probabilities.Length; k++)
            probabilities[k] = _concentration * (TensorPrimitives.Dot(spectrum, _directions[k]) / length - 1);
        TensorPrimitives.Subtract(probabilities, TensorPrimitives.Max(probabilities), probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
    }

    /// <inheritdoc/>
    public void Write(OnnxGraphBuilder builder, string output)
    {
        int bands = _directions[0].Length;
        string dot = builder.Node("Conv", "dot",
            ["reflectance", builder.Constant("directions", [.. _directions.SelectMany(d => d)], _directions.Length, bands, 1, 1)],
            ("kernel_shape", (long[])[1, 1]));
        string squares = builder.Node("Mul", "squares", ["reflectance", "reflectance"]);
        string sum = builder.Node("ReduceSum", "sum_of_squares", [squares, builder.Constant("channel_axis", [1L], 1)], ("keepdims", 1));
        string length = builder.Node("Max", "length",
            [builder.Node("Sqrt", "root", [sum]), builder.Constant("shortest", [ShortestSpectrum], 1)]);
        string cosine = builder.Node("Div", "cosine", [dot, length]);
        // cos - 1 is exact in float32 from 0.5 on; the product keeps apart what cosines near 1 keep apart.
        string below = builder.Node("Sub", "below_one", [cosine, builder.Constant("one_float", [1f], 1)]);
        string scaled = builder.Node("Mul", "scaled", [below, builder.Constant("concentration", [_concentration], 1)]);
        builder.Node("Softmax", output, [scaled], ("axis", 1));
    }

    /// <summary>
    /// The approximate maximum-likelihood estimate R (p - R^2) / (1 - R^2) for p bands and mean resultant length R (Banerjee et al. 2005,
    /// eq. 4.4), R pooled over the classes.
    /// </summary>
    private static float Concentration(PixelSamples samples, float[][] directions)
    {
        double[] cosines = new double[directions.Length];
        int[] counts = new int[directions.Length];
        for (int i = 0; i < samples.Count; i++)
        {
            ReadOnlySpan<float> spectrum = samples.Spectrum(i);
            float length = TensorPrimitives.Norm(spectrum);
            if (length <= ShortestSpectrum) continue;
            int k = samples.Codes[i] - 1;
            cosines[k] += TensorPrimitives.Dot(spectrum, directions[k]) / length;
            counts[k]++;
        }

        double r = cosines.Zip(counts, (c, n) => c / n).Average();
        // Classes of one pixel, or of equal ones, have no spread; float32 tells cosines apart up to about this concentration.
        return (float)Math.Clamp(r * (samples.BandNames.Length - r * r) / (1 - r * r), 1, 1e5);
    }
}
