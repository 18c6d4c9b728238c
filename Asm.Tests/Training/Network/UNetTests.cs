using Asm.Raster;
using Asm.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Network;

public sealed class UNetTests : TorchTests
{
    [Fact]
    public void The_papers_network_has_31_035_907_parameters()
    {
        using var network = new UNet(new UNetShape(), BandStatistics.Identity(10));
        Assert.Equal(31_035_907, network.ParameterCount);
    }

    [Fact]
    public void The_MathWorks_example_with_6_bands_and_18_classes_has_31_034_578_parameters()
    {
        using var network = new UNet(new UNetShape { Bands = 6, Classes = 18 }, BandStatistics.Identity(6));
        Assert.Equal(31_034_578, network.ParameterCount);
    }

    // weights and biases of each layer of the paper's network
    [Fact]
    public void Every_layer_of_the_papers_network_has_its_number_of_parameters()
    {
        using var network = new UNet(new UNetShape(), BandStatistics.Identity(10));
        Dictionary<string, long> found = network.named_parameters().GroupBy(p => p.name[..p.name.LastIndexOf('.')]).ToDictionary(g => g.Key, g => g.Sum(p => p.parameter.numel()));
        Assert.Equal(new Dictionary<string, long>
        {
            ["encoder.0.first"] = 5_824,
            ["encoder.0.second"] = 36_928,
            ["encoder.1.first"] = 73_856,
            ["encoder.1.second"] = 147_584,
            ["encoder.2.first"] = 295_168,
            ["encoder.2.second"] = 590_080,
            ["encoder.3.first"] = 1_180_160,
            ["encoder.3.second"] = 2_359_808,
            ["bridge.first"] = 4_719_616,
            ["bridge.second"] = 9_438_208,
            ["up.0"] = 2_097_664,
            ["decoder.0.first"] = 4_719_104,
            ["decoder.0.second"] = 2_359_808,
            ["up.1"] = 524_544,
            ["decoder.1.first"] = 1_179_904,
            ["decoder.1.second"] = 590_080,
            ["up.2"] = 131_200,
            ["decoder.2.first"] = 295_040,
            ["decoder.2.second"] = 147_584,
            ["up.3"] = 32_832,
            ["decoder.3.first"] = 73_792,
            ["decoder.3.second"] = 36_928,
            ["last"] = 195,
        }, found);
        Assert.Equal(31_035_907, found.Values.Sum());
    }

    [Fact]
    public void Layers_follow_each_other_with_the_papers_shapes_and_dropout_follows_stage_4_and_the_bridge()
    {
        using var network = new UNet(new UNetShape { Width = 4 }, BandStatistics.Identity(10));
        var found = new List<string>();
        foreach ((string name, nn.Module module) in network.named_modules())
            if (module is nn.Module<Tensor, Tensor> layer && name.Length > 0 && !name.EndsWith("first", StringComparison.Ordinal) && !name.EndsWith("second", StringComparison.Ordinal))
                layer.register_forward_hook((_, _, output) =>
                {
                    found.Add($"{name} {string.Join('x', output.shape[1..])}");
                    return output;
                });
        network.call(rand(1, 10, 32, 32));
        Assert.Equal(
        [
            "encoder.0 4x32x32", "encoder.1 8x16x16", "encoder.2 16x8x8", "encoder.3 32x4x4", "dropout 32x4x4", "bridge 64x2x2", "dropout 64x2x2",
            "up.0 32x4x4", "decoder.0 32x4x4", "up.1 16x8x8", "decoder.1 16x8x8", "up.2 8x16x16", "decoder.2 8x16x16", "up.3 4x32x32", "decoder.3 4x32x32",
            "last 3x32x32",
        ], found);
    }

    [Theory]
    [InlineData(4, 16, 32)]
    [InlineData(2, 4, 12)]
    [InlineData(1, 2, 6)]
    public void Logits_have_the_size_of_the_input(int depth, int height, int width)
    {
        using var network = new UNet(new UNetShape { Bands = 3, Classes = 5, Width = 2, Depth = depth }, BandStatistics.Identity(3));
        Assert.Equal([2, 5, height, width], network.call(zeros(2, 3, height, width)).shape);
    }

    [Fact]
    public void The_input_is_normalised_by_mean_and_deviation_of_its_band()
    {
        var shape = new UNetShape { Bands = 2, Classes = 2, Width = 2, Depth = 1 };
        using var plain = new UNet(shape, BandStatistics.Identity(2));
        using var normalising = new UNet(shape, new BandStatistics([0.25f, 0.5f], [0.5f, 0.125f]));
        plain.eval();
        normalising.eval();
        normalising.load_state_dict(plain.state_dict().Where(t => t.Key is not ("mean" or "inverseDeviation")).ToDictionary(), strict: false);
        Tensor x = rand(1, 2, 4, 4);
        Tensor normalised = stack([(x.select(1, 0) - 0.25) * 2, (x.select(1, 1) - 0.5) * 8], 1);
        Assert.True(normalising.call(x).allclose(plain.call(normalised), 1e-6, 1e-6));
    }

    [Fact]
    public void Dropout_changes_results_in_training_and_not_in_evaluation()
    {
        // Of few channels chance may leave none above zero, and then there is nothing to drop.
        random.manual_seed(1);
        using var network = new UNet(new UNetShape { Bands = 2, Classes = 2, Width = 4, Depth = 1 }, BandStatistics.Identity(2));
        Tensor x = rand(1, 2, 8, 8);
        network.train();
        Assert.False(network.call(x).allclose(network.call(x)));
        network.eval();
        Assert.True(network.call(x).equal(network.call(x)).all().ToBoolean());
    }

    [Fact]
    public void A_pixel_reaches_at_most_107_pixels()
    {
        using var network = new UNet(new UNetShape { Bands = 1, Classes = 2, Width = 1 }, BandStatistics.Identity(1));
        using (no_grad())
            foreach ((string name, var parameter) in network.named_parameters())
                parameter.fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 0.5 : 0);
        network.eval();
        int reach = 0;
        for (int phase = 0; phase < 16; phase++)
        {
            Tensor x = zeros(1, 1, 16, 512);
            x[0, 0, 8, 240 + phase] = 1;
            long[] reached = network.call(x)[0, 0].amax([0L]).nonzero().data<long>().ToArray();
            reach = Math.Max(reach, (int)Math.Max(240 + phase - reached[0], reached[^1] - (240 + phase)));
        }

        Assert.Equal(107, reach);
    }

    [Fact]
    public void A_width_out_of_range_is_refused_with_the_range()
    {
        var error = Assert.Throws<AsmException>(() => new UNet(new UNetShape { Width = 0 }, BandStatistics.Identity(10)));
        Assert.Equal("network: width: 0\n  expected: 1 to 512\n  fix: change it in the configuration", error.Message);
    }

    [Fact]
    public void A_band_that_does_not_vary_is_refused()
    {
        var error = Assert.Throws<AsmException>(() => new UNet(new UNetShape { Bands = 2, Width = 1 }, new BandStatistics([0.1f, 0.2f], [1f, 0f])));
        Assert.Contains("2 of each, finite, deviations above 0", error.Message, StringComparison.Ordinal);
    }
}
