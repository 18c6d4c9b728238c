using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Asm.Training.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Fitting;

public sealed class LossTests : TorchTests
{
    [Fact]
    public void Equal_logits_of_three_classes_cost_ln_3_a_pixel()
    {
        using var loss = new Loss([1, 1, 1], CPU);
        long[] targets = [0, 1, 2, 2];
        double sum = loss.Sum(zeros(1, 3, 2, 2), tensor(targets).reshape(1, 2, 2)).ToDouble();
        Assert.Equal(1.098612, sum / loss.WeightOf(targets), 1e-6);
    }

    // logits (1, 2, 3): -ln p is 2.4076060 for the first class and 0.4076060 for the third; (1 x 2.4076060 + 0.5 x 0.4076060) / 1.5
    [Fact]
    public void The_papers_weights_on_two_pixels_by_hand()
    {
        using var loss = new Loss([1, 1, 0.5], CPU);
        long[] targets = [0, 2];
        Tensor logits = tensor(new float[] { 1, 1, 2, 2, 3, 3 }).reshape(1, 3, 1, 2);
        Assert.Equal(1.7409393, loss.Sum(logits, tensor(targets).reshape(1, 1, 2)).ToDouble() / loss.WeightOf(targets), 1e-6);
    }

    [Fact]
    public void Class_weights_scale_pixels_and_no_data_counts_nothing()
    {
        using var loss = new Loss([1, 1, 0.5], CPU);
        long[] targets = [0, 2, Batch.IgnoredTarget, Batch.IgnoredTarget];
        Assert.Equal(1.5, loss.WeightOf(targets));
        Assert.Equal(1.5 * 1.098612, loss.Sum(zeros(1, 3, 2, 2), tensor(targets).reshape(1, 2, 2)).ToDouble(), 1e-5);
    }

    [Fact]
    public void Parts_of_a_batch_add_up_to_the_gradients_of_the_whole()
    {
        using UNet network = new(new UNetShape { Bands = 3, Classes = 3, Width = 2, Depth = 2 }, BandStatistics.Identity(3), dropoutRate: 0);
        using var loss = new Loss([1, 1, 0.5], CPU);
        using var loader = new BatchLoader(new Asm.Tests.Training.Patches.StripePatches(8), new AugmentationConfig(), new float[3], 5, 1, 0, 1);
        Batch batch = loader.Next(CancellationToken.None);
        batch.Target.AsSpan(0, 100).Fill(Batch.IgnoredTarget);
        (double whole, Tensor[] wholeGradients) = Run(0);
        (double parts, Tensor[] partGradients) = Run(2);
        Assert.Equal(whole, parts, 1e-5);
        Assert.All(wholeGradients.Zip(partGradients), g => Assert.True(g.First.allclose(g.Second, 1e-4, 1e-6)));

        (double, Tensor[]) Run(int microBatch)
        {
            double value = new Pass(network, loss, CPU, microBatch).Gradients(batch);
            return (value, [.. network.parameters().Select(p => p.grad!.clone())]);
        }
    }

    [Fact]
    public void A_batch_without_targets_costs_0_and_has_no_gradients()
    {
        using UNet network = new(new UNetShape { Bands = 3, Classes = 3, Width = 2, Depth = 2 }, BandStatistics.Identity(3));
        using var loss = new Loss([1, 1, 1], CPU);
        var empty = new Batch(1, 3, 8, new float[3 * 64], [.. Enumerable.Repeat(Batch.IgnoredTarget, 64)]);
        Assert.Equal(0, new Pass(network, loss, CPU, 0).Gradients(empty));
    }
}
