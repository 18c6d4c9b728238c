using Asm.Inference.Model;
using Asm.Raster;
using Asm.Tests.Support;
using Asm.Tests.Training.Export;
using Asm.Tests.Training.Patches;
using Asm.Training.Configuration;
using Asm.Training.Export;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Google.Protobuf;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Fitting;

public sealed class InitialModelTests : TorchTests
{
    private static readonly ExportOptions Options = new() { Name = "first" };

    [Theory]
    [InlineData(2, 1, 3, 2)]
    [InlineData(4, 2, 10, 3)]
    [InlineData(3, 3, 4, 5)]
    public void An_exported_model_comes_back_bit_for_bit(int width, int depth, int bands, int classes)
    {
        using var folder = new TempFolder();
        (UNet network, CheckpointInfo info) = OnnxExportTests.Network(width, depth, bands, classes);
        using (network)
        {
            // biases of 0 would hide a mistake with them
            using (no_grad())
                foreach ((string _, var parameter) in network.named_parameters()) parameter.add_(rand_like(parameter));
            byte[] exported = OnnxExport.Build(network, info, Options).ToByteArray();
            File.WriteAllBytes(folder.File("first.onnx"), exported);
            using InitialModel back = InitialModel.Read(folder.File("first.onnx"));
            Assert.Equal(info.BandNames, back.BandNames);
            Assert.Equal(info.Config.Classes.Select(c => c.Name), back.ClassNames);
            Assert.Equal(exported, OnnxExport.Build(back.Network, info, Options).ToByteArray());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_starts_from_the_weights_and_the_normalisation_of_the_model(bool onnx)
    {
        using TempFolder first = new(), second = new();
        TrainerTests.Run(TrainerTests.Config(first, epochs: 1), new FitOptions());
        string checkpoint = first.File(RunFolder.LastCheckpoint), start = onnx ? first.File("first.onnx") : checkpoint;
        if (onnx) OnnxExport.Run(checkpoint, start, Options, []);
        // a rate of almost 0 leaves the weights where they began
        FitConfig config = TrainerTests.Config(second, epochs: 1) with { Seed = 9, Initial = start, Optimiser = new OptimiserConfig { LearningRate = 1e-30, WeightDecay = 0 } };
        TrainerTests.Run(config, new FitOptions());
        using UNet before = Checkpoint.LoadNetwork(checkpoint), after = Checkpoint.LoadNetwork(second.File(RunFolder.LastCheckpoint));
        foreach ((string name, var parameter) in before.named_parameters())
            Assert.True(parameter.equal(after.get_parameter(name)!).all().ToBoolean(), name);
        Assert.Equal(before.Statistics.Mean, after.Statistics.Mean);
        Assert.Equal(before.Statistics.Deviation, after.Statistics.Deviation);
        Assert.Equal("stripes; then stripes", Checkpoint.ReadInfo(second.File(RunFolder.LastCheckpoint)).TrainedOn);
    }

    [Fact]
    public void A_model_of_another_size_or_meaning_is_refused_with_what_differs()
    {
        using TempFolder first = new(), second = new();
        TrainerTests.Run(TrainerTests.Config(first, epochs: 1), new FitOptions());
        string start = first.File(RunFolder.LastCheckpoint);
        FitConfig config = TrainerTests.Config(second, epochs: 1) with { Initial = start };
        Refused(config with { Network = config.Network with { Width = 8 } }, 3, "its width: 4\n  expected: 8, as in this run\n  fix: change network.width, or start from another model");
        Refused(config with { Network = config.Network with { Depth = 1 } }, 3, "its depth: 2\n  expected: 1, as in this run\n  fix: change network.depth, or start from another model");
        Refused(config with { Classes = [new() { Name = "b" }, new() { Name = "a" }, new() { Name = "c" }] }, 3, "its classes: a, b, c\n  expected: b, a, c, as in this run\n  fix: change classes, or start from another model");
        Refused(config, 4, "its bands: S1 S2 S3\n  expected: S1 S2 S3 S4, as in this run\n  fix: change the training data, or start from another model");
        Assert.Empty(second.Names);

        void Refused(FitConfig changed, int bands, string message)
        {
            var patches = new StripePatches(16, bands, count: 32);
            var error = Assert.Throws<AsmException>(() => new Trainer(changed, patches, patches, new FitOptions { Threads = 1 }).Run());
            Assert.Equal($"{start}: {message}", error.Message);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.25, 5)]
    [InlineData(1, 8)]
    public void An_average_lies_between_the_weights_by_its_share(double share, float expected)
    {
        using TempFolder folder = new();
        TrainerTests.Run(TrainerTests.Config(folder, epochs: 1), new FitOptions());
        using UNet network = Checkpoint.LoadNetwork(folder.File(RunFolder.LastCheckpoint));
        using InitialModel other = InitialModel.Read(folder.File(RunFolder.LastCheckpoint));
        using (no_grad())
        {
            foreach ((string _, var parameter) in network.named_parameters()) parameter.fill_(4);
            foreach ((string _, var parameter) in other.Network.named_parameters()) parameter.fill_(8);
        }
        other.AverageInto(network, share);
        Assert.All(network.parameters(), p => Assert.True(p.eq(expected).all().ToBoolean()));
    }

    [Fact]
    public void Models_that_normalise_differently_are_not_averaged()
    {
        using TempFolder folder = new();
        TrainerTests.Run(TrainerTests.Config(folder, epochs: 1), new FitOptions());
        using InitialModel other = InitialModel.Read(folder.File(RunFolder.LastCheckpoint));
        using var network = new UNet(other.Network.Shape, BandStatistics.Identity(other.Network.Shape.Bands));
        var error = Assert.Throws<AsmException>(() => other.AverageInto(network, 0.5));
        Assert.EndsWith("fix: give --average the model that the checkpoint's run started from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_is_an_error_with_its_name()
    {
        using var folder = new TempFolder();
        string path = folder.File("notes.onnx");
        Assert.StartsWith($"{path}: cannot be read", Assert.Throws<AsmException>(() => InitialModel.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "these are notes, not a model");
        Assert.StartsWith($"{path}: is not an ONNX model, or is damaged\n", Assert.Throws<AsmException>(() => InitialModel.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_no_U_Net_of_asm_train_is_refused_as_such()
    {
        using var folder = new TempFolder();
        string path = Asm.Tests.Support.Network.UNet(depth: 1, width: 2).Save(folder.File("other.onnx"));
        Assert.StartsWith($"{path}: is no U-Net that asm-train exported\n", Assert.Throws<AsmException>(() => InitialModel.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_with_a_model_of_another_size_is_refused_in_words_of_the_export()
    {
        using TempFolder first = new(), second = new();
        TrainerTests.Run(TrainerTests.Config(first, epochs: 1), new FitOptions());
        FitConfig wider = TrainerTests.Config(second, epochs: 1);
        TrainerTests.Run(wider with { Network = wider.Network with { Width = 5 } }, new FitOptions());
        string start = second.File(RunFolder.LastCheckpoint);
        var error = Assert.Throws<AsmException>(() => OnnxExport.Run(first.File(RunFolder.LastCheckpoint), first.File("m.onnx"), Options with { AverageWith = start }, []));
        Assert.Equal($"{start}: its width: 5\n  expected: 4, as in the checkpoint\n  fix: give --average the model that the checkpoint's run started from", error.Message);
    }

    [Fact]
    public void A_model_without_float_weights_is_refused()
    {
        using var folder = new TempFolder();
        (UNet network, CheckpointInfo info) = OnnxExportTests.Network(2, 1, 3, 2);
        using (network)
        {
            ModelProto model = OnnxExport.Build(network, info, Options);
            model.Graph.Initializer.Single(t => t.Name == "bridge.first.weight").Name = "bridge.first.weight_quantized";
            model.Graph.Node.Single(n => n.Input.Contains("bridge.first.weight")).Input[1] = "bridge.first.weight_quantized";
            File.WriteAllBytes(folder.File("int8.onnx"), model.ToByteArray());
            var error = Assert.Throws<AsmException>(() => InitialModel.Read(folder.File("int8.onnx")));
            Assert.Equal($"{folder.File("int8.onnx")}: its weights cannot be taken (it has no bridge.first.weight)\n  expected: a checkpoint of asm-train fit, or a float32 U-Net of asm-train export\n"
                + "  fix: give the model as it was before quantisation, or its checkpoint", error.Message);
        }
    }
}
