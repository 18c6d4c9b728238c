using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Asm.Training.Network;

/// <summary>Two 3 x 3 convolutions that keep the size, each followed by ReLU.</summary>
internal sealed class ConvolutionPair : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d first;
    private readonly Conv2d second;

    /// <summary>Creates the pair.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="filters">Channels out of both convolutions.</param>
    public ConvolutionPair(int inputs, int filters) : base(nameof(ConvolutionPair))
    {
        first = nn.Conv2d(inputs, filters, 3, padding: 1);
        second = nn.Conv2d(filters, filters, 3, padding: 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => second.call(first.call(input).relu_()).relu_();
}
