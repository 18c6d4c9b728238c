using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Network;

/// <summary>How the weights are drawn before training; all are normal with mean 0 and the standard deviations given here.</summary>
internal enum Initialisation
{
    /// <summary>
    /// He et al. 2015: sqrt(2 / fan-in), biases 0. A 2 x 2 transposed convolution of stride 2 gives every output one tap: its
    /// fan-in is its channels in.
    /// </summary>
    He,

    /// <summary>
    /// The MathWorks multispectral example that the paper adapted: first convolutions of the encoder sqrt(2 / (9 Cin Cout)), transposed
    /// ones sqrt(2 / (4 Cin)), other 3 x 3 ones sqrt(2 / (9 Cout)) but for the decoder's first, sqrt(2 / (9 Cin)); the last 1 x
    /// 1 convolution 1; biases 1 + 1e-5 N(0, 1).
    /// </summary>
    MathWorks,
}

/// <summary>Draws initial weights.</summary>
internal static class Initialiser
{
    /// <summary>Draws all weights of a network from libtorch's global generator.</summary>
    public static void Draw(UNet network, Initialisation initialisation)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((string name, var parameter) in network.named_parameters())
        {
            bool weight = name.EndsWith(".weight", StringComparison.Ordinal);
            if (initialisation == Initialisation.He)
            {
                if (weight) nn.init.normal_(parameter, 0, HeDeviation(name, parameter.shape));
                else nn.init.zeros_(parameter);
            }
            else if (weight) nn.init.normal_(parameter, 0, MathWorksDeviation(name, parameter.shape));
            else nn.init.normal_(parameter, 1, name == "bridge.second.bias" ? 0 : 1e-5);
        }
    }

    /// <summary>sqrt(2 / fan-in) of a weight.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="shape">[out, in, k, k]; of a transposed convolution [in, out, 2, 2].</param>
    internal static double HeDeviation(string name, long[] shape) =>
        Math.Sqrt(2.0 / (IsTransposed(name) ? shape[0] : shape[1] * shape[2] * shape[3]));

    /// <summary>The MathWorks example's standard deviation of a weight; parameters as for <see cref="HeDeviation"/>.</summary>
    internal static double MathWorksDeviation(string name, long[] shape)
    {
        if (name == "last.weight") return 1;
        if (IsTransposed(name)) return Math.Sqrt(2.0 / (4 * shape[0]));
        long taps = shape[2] * shape[3];
        bool first = name.EndsWith("first.weight", StringComparison.Ordinal);
        if (first && name.StartsWith("encoder", StringComparison.Ordinal)) return Math.Sqrt(2.0 / (taps * shape[0] * shape[1]));
        return Math.Sqrt(2.0 / (taps * (first && name.StartsWith("decoder", StringComparison.Ordinal) ? shape[1] : shape[0])));
    }

    private static bool IsTransposed(string name) => name.StartsWith("up.", StringComparison.Ordinal);
}
