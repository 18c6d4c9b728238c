using System.Globalization;
using System.Numerics.Tensors;
using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>Are a network's numbers probabilities? Anything else would make a map that looks like one.</summary>
internal static class Probabilities
{
    // Half precision, and 8 bits a class, round.
    private const float Rounding = 0.02f, RoundingPerClass = 1 / 512f;

    private const int BlockPixels = 4096;

    /// <summary>Checks a window: every number within 0..1, and the sum over the classes 1.</summary>
    /// <param name="probabilities">Classes x pixels.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="model">The model, for messages.</param>
    /// <exception cref="AsmException">They are none; the message says what they are.</exception>
    public static void Require(ReadOnlySpan<float> probabilities, int classes, int pixels, string model)
    {
        float allowed = Rounding + classes * RoundingPerClass;
        Span<float> sums = stackalloc float[BlockPixels];
        for (int from = 0; from < pixels; from += BlockPixels)
        {
            int count = Math.Min(BlockPixels, pixels - from);
            Span<float> sum = sums[..count];
            float least = float.PositiveInfinity;
            for (int c = 0; c < classes; c++)
            {
                ReadOnlySpan<float> plane = probabilities.Slice(c * pixels + from, count);
                // NaN wins over any number, here and below.
                least = MathF.Min(least, TensorPrimitives.Min(plane));
                if (c == 0) plane.CopyTo(sum);
                else TensorPrimitives.Add(sum, plane, sum);
            }
            float low = TensorPrimitives.Min<float>(sum), high = TensorPrimitives.Max<float>(sum);
            if (least >= -allowed && low >= 1 - allowed && high <= 1 + allowed) continue;
            throw Refuse(probabilities, sum, model);
        }
    }

    private static AsmException Refuse(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> sums, string model)
    {
        float least = TensorPrimitives.Min(probabilities), most = TensorPrimitives.Max(probabilities);
        if (!float.IsFinite(least) || !float.IsFinite(most))
            return new(model, "its output holds NaN or infinities", "probabilities 0..1",
                "find the node that gives them: a division by 0, a logarithm or root below 0; "
                + "a quotient such as an index needs a small number "
                + "added below the line", AsmErrorCode.Model);
        string range = string.Create(CultureInfo.InvariantCulture,
            $"its output holds {least:0.###} to {most:0.###}, sums over the classes of "
            + $"{TensorPrimitives.Min(sums):0.###} to {TensorPrimitives.Max(sums):0.###}");
        (double low, double high) = (TensorPrimitives.Min(sums), TensorPrimitives.Max(sums));
        double whole = Math.Round((low + high) / 2);
        if (least >= 0 && whole > 1 && high - low <= Rounding * whole)
            return new(model, string.Create(CultureInfo.InvariantCulture, $"{range}: parts of {whole}"),
                "probabilities 0..1 whose sum over the classes is 1",
                string.Create(CultureInfo.InvariantCulture, $"end the graph with a division by {whole} (Div)"), AsmErrorCode.Model);
        bool single = least >= 0 && most <= 1;
        return new(model, single ? $"{range}: each class by itself, as of a sigmoid" : $"{range}: scores before a softmax (logits)",
            "probabilities 0..1 whose sum over the classes is 1",
            single
                ? "end the graph with a division by the sum over the classes (ReduceSum along axis 1, Div), "
                    + "or with a Softmax in place of the Sigmoid"
                : "end the graph with a Softmax along axis 1", AsmErrorCode.Model);
    }
}
