using Asm.Tests.Support;
using Asm.Tests.Training.Patches;
using Asm.Training.Configuration;
using Asm.Training.Fitting;
using Asm.Training.Native;
using Asm.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Native;

public sealed class OneDnnTests : TorchTests
{
    [Theory]
    [InlineData(3, 4, 3)]
    [InlineData(10, 16, 3)]
    [InlineData(13, 32, 20)]
    [InlineData(20, 16, 3)]
    [InlineData(10, 24, 3)]
    [InlineData(10, 48, 3)]
    public void Gradients_are_those_of_double_precision(int bands, int width, int classes)
    {
        manual_seed(1);
        var shape = new UNetShape { Bands = bands, Classes = classes, Width = width, Depth = 1 };
        using var network = new UNet(shape, BandStatistics.Identity(bands), 0);
        // 16 patches, for which libtorch gives even the last layer to oneDNN
        Tensor samples = rand(16, bands, 16, 16), weights = rand(16, classes, 16, 16);
        Tensor[] found = Gradients(ScalarType.Float32), right = Gradients(ScalarType.Float64);
        Assert.All(right.Zip(found), g => Assert.True(Largest(g.First - g.Second) <= 1e-3 * Largest(g.First)));

        static double Largest(Tensor values) => values.abs().max().ToDouble();

        Tensor[] Gradients(ScalarType type)
        {
            network.to(type);
            network.zero_grad();
            // what was freed must not be zero, or padding that nobody clears is right by chance
            using (NewDisposeScope())
                for (int i = 0; i < 200; i++) full(16L << (i % 14), double.NaN, ScalarType.Float32);
            (network.call(samples.to(type)) * weights.to(type)).sum().backward();
            return [.. network.parameters().Select(p => p.grad!.clone())];
        }
    }

    [Theory]
    [InlineData(16, 16, true)]
    [InlineData(32, 512, true)]
    [InlineData(10, 16, false)]
    [InlineData(16, 8, false)]
    [InlineData(16, 24, false)]
    [InlineData(16, 48, false)]
    public void Sixteens_of_bands_and_a_power_of_two_need_no_check(int bands, int width, bool expected) =>
        Assert.Equal(expected, OneDnn.FillsBlocks(bands, width));

    [Fact]
    public void The_check_finds_no_fault_without_oneDNN()
    {
        Assert.SkipUnless(OneDnn.Switch(false), "this build of libtorch has no switch");
        try
        {
            Assert.False(OneDnn.IsWrong(3, 4));
        }
        finally
        {
            OneDnn.Switch(OneDnn.Warning is null);
        }
    }

    [Fact]
    public void The_check_changes_neither_threads_nor_random_numbers()
    {
        set_num_threads(2);
        manual_seed(7);
        float first = rand(1).ToSingle();
        manual_seed(7);
        OneDnn.IsWrong(3, 4);
        Assert.Equal(first, rand(1).ToSingle());
        Assert.Equal(2, get_num_threads());
    }

    [Fact]
    public void The_trainer_tells_once_that_oneDNN_is_off_and_only_then()
    {
        using var folder = new TempFolder();
        var told = new List<string>();
        var config = new FitConfig
        {
            Output = folder.FullPath,
            Classes = [new ClassConfig { Name = "a" }, new ClassConfig { Name = "b" }, new ClassConfig { Name = "c" }],
            Epochs = 1,
            Batch = 2,
            Network = new NetworkConfig { Width = 4, Depth = 2 },
            Data = new DataConfig { PatchPixels = 16, Patches = 2, ValidationPatches = 0, StatisticsPatches = 2 },
        };
        new Trainer(config, new StripePatches(16), new StripePatches(16), new FitOptions { Replace = true, Warn = told.Add }).Run();
        Assert.Equal(OneDnn.Warning is { } warning ? [warning] : [], told);
    }
}
