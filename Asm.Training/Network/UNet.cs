using Asm.Training.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Asm.Training.Network;

/// <summary>
/// The U-Net of Gallwey et al. 2020 after the MathWorks multispectral example: stages of two 3 x 3 convolutions with ReLU, 2 x 2 max
/// pooling, 2 x 2 transposed convolutions with ReLU, concatenation [up, skip], a 1 x 1 convolution to the classes. Dropout follows the last
/// encoder stage (before its skip leaves) and the bridge. No batch normalisation.
/// </summary>
/// <remarks>
/// Takes reflectance in 0..1, [N, bands, H, W], H and W multiples of <see cref="UNetShape.Alignment"/>; gives logits [N, classes, H, W].
/// The normalisation (x - mean) / std per band is part of the network.
/// </remarks>
internal sealed class UNet : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<ConvolutionPair> encoder = [];
    private readonly ConvolutionPair bridge;
    private readonly ModuleList<ConvTranspose2d> up = [];
    private readonly ModuleList<ConvolutionPair> decoder = [];
    private readonly Conv2d last;
    private readonly Dropout dropout;
    private readonly Tensor mean;
    private readonly Tensor inverseDeviation;

    /// <summary>Creates the network on the CPU with libtorch's own initial weights; <see cref="Initialisation"/> sets others.</summary>
    /// <param name="shape">Its size.</param>
    /// <param name="statistics">Mean and standard deviation of each band over the training data.</param>
    /// <param name="dropoutRate">Share of activations dropped in training, 0 up to below 1.</param>
    public UNet(UNetShape shape, BandStatistics statistics, double dropoutRate = 0.5) : base(nameof(UNet))
    {
        shape.Validate();
        statistics.Validate(shape.Bands);
        OneDnn.Guard(shape.Bands, shape.Width);
        (Shape, Statistics) = (shape, statistics);
        for (int stage = 0; stage < shape.Depth; stage++)
            encoder.Add(new ConvolutionPair(stage == 0 ? shape.Bands : shape.Filters(stage - 1), shape.Filters(stage)));
        bridge = new ConvolutionPair(shape.Filters(shape.Depth - 1), shape.Filters(shape.Depth));
        for (int stage = shape.Depth - 1; stage >= 0; stage--)
        {
            up.Add(nn.ConvTranspose2d(shape.Filters(stage + 1), shape.Filters(stage), 2, stride: 2));
            decoder.Add(new ConvolutionPair(2 * shape.Filters(stage), shape.Filters(stage)));
        }
        last = nn.Conv2d(shape.Width, shape.Classes, 1);
        dropout = nn.Dropout(dropoutRate);
        mean = tensor(statistics.Mean).reshape(1, shape.Bands, 1, 1);
        inverseDeviation = tensor(statistics.InverseDeviation()).reshape(1, shape.Bands, 1, 1);
        RegisterComponents();
    }

    /// <summary>The size.</summary>
    public UNetShape Shape { get; }

    /// <summary>The normalisation.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => parameters().Sum(p => p.numel());

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = (input - mean) * inverseDeviation;
        var skips = new Stack<Tensor>();
        for (int stage = 0; stage < Shape.Depth; stage++)
        {
            x = encoder[stage].call(x);
            if (stage == Shape.Depth - 1) x = dropout.call(x);
            skips.Push(x);
            x = nn.functional.max_pool2d(x, 2);
        }
        x = dropout.call(bridge.call(x));
        for (int i = 0; i < Shape.Depth; i++)
            x = decoder[i].call(cat([up[i].call(x).relu_(), skips.Pop()], 1));
        return last.call(x).MoveToOuterDisposeScope();
    }
}
