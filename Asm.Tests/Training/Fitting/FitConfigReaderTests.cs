using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Configuration;
using Asm.Training.Network;

namespace Asm.Tests.Training.Fitting;

public sealed class FitConfigReaderTests
{
    [Fact]
    public void Empty_text_gives_the_papers_settings()
    {
        FitConfig config = FitConfigReader.Parse("", "empty.yaml");
        Assert.Equal((30, 16, 64, 4, 0.5), (config.Epochs, config.Batch, config.Network.Width, config.Network.Depth, config.Network.Dropout));
        Assert.Equal((OptimiserKind.Sgd, 0.05, 0.9, 1e-4), (config.Optimiser.Name, config.Optimiser.EffectiveLearningRate, config.Optimiser.Momentum, config.Optimiser.WeightDecay));
        Assert.Equal((ScheduleKind.Step, 10.0, 0.1), (config.Schedule.Name, config.Schedule.DropEveryEpochs, config.Schedule.DropFactor));
        Assert.Equal([1, 1, 0.5], config.Classes.Select(c => c.Weight));
        Assert.Equal(["mines", "built", "vegetation"], config.Classes.Select(c => c.Name));
        Assert.Equal((16_000, 256, true), (config.Data.Patches, config.Data.PatchPixels, config.Data.Repeat));
        Assert.Equal((0.05, ClipScope.Parameter), (config.Optimiser.ClipNorm, config.Optimiser.ClipScope));
        Assert.Equal(new AugmentationConfig { ReflectAndTurn = true, Rotate = true, RotateShare = 1, BandGain = 0, BandOffset = 0, Brightness = 0, Haze = 0, Noise = 0 }, config.Augmentation);
        Assert.Equal((Initialisation.He, 0.0), (config.Network.Initialisation, config.Schedule.Warmup));
        Assert.Null(config.Initial);
        Assert.Null(config.MaxMinutes);
    }

    [Fact]
    public void What_follows_from_other_keys_is_written_too()
    {
        string written = FitConfigReader.Write(FitConfigReader.Parse("optimiser: {name: adamw}\n", "run.yaml"));
        Assert.Contains("learning_rate: 0.001\n", written, StringComparison.Ordinal);
        Assert.Contains("simulation_share: 1\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_in_snake_case()
    {
        FitConfig config = FitConfigReader.Parse("""
            seed: 7
            max_minutes: 12.5
            network: {width: 8, initialisation: math_works}
            optimiser: {name: adamw}
            schedule: {name: one_cycle}
            classes:
              - {name: mines, color: '#ff0000', weight: 2}
              - {name: rest}
            data: {patch_pixels: 64, simulation: {haze_max: 0.5}}
            """, "run.yaml");
        Assert.Equal((7UL, 12.5, 8, Initialisation.MathWorks), (config.Seed, config.MaxMinutes!.Value, config.Network.Width, config.Network.Initialisation));
        Assert.Equal((OptimiserKind.Adamw, 0.001, ScheduleKind.OneCycle), (config.Optimiser.Name, config.Optimiser.EffectiveLearningRate, config.Schedule.Name));
        Assert.Equal((64, 0.5), (config.Data.PatchPixels, config.Data.Simulation.HazeMax));
        Assert.Equal(["mines", "rest"], config.Classes.Select(c => c.Name));
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        FitConfig config = FitConfigReader.Parse("network: {width: 8}\nmax_minutes: 3\noptimiser: {clip_scope: global}\n", "run.yaml");
        string written = FitConfigReader.Write(config);
        Assert.Equal(written, FitConfigReader.Write(FitConfigReader.Parse(written, "again.yaml")));
        Assert.Contains("clip_scope: global", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_cannot_be_seen_are_written_as_escapes_and_read_back()
    {
        FitConfig config = FitConfigReader.Parse("output: \"a\\u202Eb\\\\u0041\"\n", "run.yaml");
        string written = FitConfigReader.Write(config);
        Assert.Contains("output: \"a\\u202eb\\\\u0041\"\n", written, StringComparison.Ordinal);
        Assert.Equal(config.Output, FitConfigReader.Parse(written, "again.yaml").Output);
    }

    [Theory]
    [InlineData("epochs: 3\nnetwrk: {width: 8}\n", "run.yaml:2:1: unknown key 'netwrk'")]
    [InlineData("network:\n  widht: 8\n", "run.yaml:2:3: unknown key 'widht'")]
    [InlineData("epochs: three\n", "run.yaml:1:9: epochs is 'three'\n  expected: a whole number")]
    [InlineData("epochs: 99999999999\n", "run.yaml:1:9: epochs is '99999999999'\n  expected: a whole number, not too large")]
    [InlineData("optimiser: {name: adagrad}\n", "run.yaml:1:19: optimiser.name is 'adagrad'\n  expected: one of sgd, adam, adamw\n")]
    [InlineData("max_minutes: long\n", "run.yaml:1:14: max_minutes is 'long'\n  expected: a number\n")]
    [InlineData("augmentation: {rotate: maybe}\n", "run.yaml:1:24: augmentation.rotate is 'maybe'\n  expected: true or false\n")]
    [InlineData("classes: [{name: a}, {name: b, weight: much}]\n", "run.yaml:1:40: classes[2].weight is 'much'\n  expected: a number\n")]
    [InlineData("network: 16\n", "run.yaml:1:10: network is '16'\n  expected: a mapping of the keys width, depth, dropout, initialisation\n")]
    [InlineData("data: {sets: my-data}\n", "run.yaml:1:14: data.sets is 'my-data'\n  expected: a list\n")]
    [InlineData("hello\n", "run.yaml:1:1: the file is 'hello'\n  expected: a mapping of the keys output, seed, epochs, ")]
    [InlineData("- epochs\n", "run.yaml:1:1: the file is a list\n  expected: a mapping of the keys output, seed, epochs, ")]
    [InlineData("epochs: 3\nepochs: 4\n", "run.yaml:2:")]
    [InlineData("epochs: [1, 2]\n", "run.yaml:1:9: epochs is a list\n  expected: a whole number")]
    public void A_line_that_cannot_be_is_named(string yaml, string start)
    {
        var error = Assert.Throws<AsmException>(() => FitConfigReader.Parse(yaml, "run.yaml"));
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epochs: 0", "epochs is 0", "1 or more")]
    [InlineData("network: {depth: 7}", "network.depth is 7", "1 to 6")]
    [InlineData("data: {patch_pixels: 100}", "data.patch_pixels is 100", "a multiple of 16, 4096 at most")]
    [InlineData("data: {simulation: {mine_density_min: 3, mine_density_max: 2}}", "data.simulation.mine_density_max is 2", "3 to 4")]
    [InlineData("optimiser: {momentum: 1}", "optimiser.momentum is 1", "0 up to below 1")]
    [InlineData("classes: [{name: a}, {name: a}]", "classes is a, a", "names that differ")]
    [InlineData("classes: [{name: a}, {name: b, color: red}]", "color of class b is red", "#rrggbb")]
    [InlineData("augmentation: {rotate_share: 1.5}", "augmentation.rotate_share is 1.5", "0 to 1")]
    [InlineData("checkpoint_minutes: 0", "checkpoint_minutes is 0", "above 0")]
    [InlineData("initial: ''", "initial is empty", "a checkpoint or an ONNX file")]
    [InlineData("max_minutes: .nan", "max_minutes is NaN", "above 0")]
    public void A_value_out_of_range_is_named_with_its_range(string yaml, string found, string expected)
    {
        var error = Assert.Throws<AsmException>(() => FitConfigReader.Parse(yaml, "run.yaml"));
        Assert.StartsWith($"run.yaml: {found}\n  expected: {expected}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_paths_are_relative_to_the_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("run.yaml"), "output: there\ninitial: models/first.onnx\n");
        FitConfig config = FitConfigReader.Read(folder.File("run.yaml"));
        Assert.Equal((folder.File("there"), folder.File("models/first.onnx")), (config.Output, config.Initial));
    }

    [Fact]
    public void A_missing_file_is_an_error_with_its_name()
    {
        var error = Assert.Throws<AsmException>(() => FitConfigReader.Read("nowhere.yaml"));
        Assert.StartsWith("nowhere.yaml: cannot be read", error.Message, StringComparison.Ordinal);
    }
}
