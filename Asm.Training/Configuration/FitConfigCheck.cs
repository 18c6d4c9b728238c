using System.Globalization;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Training.Configuration;

/// <summary>Checks that the values of a configuration are in range.</summary>
internal static class FitConfigCheck
{
    /// <summary>Checks all values.</summary>
    /// <exception cref="AsmException">A value is out of range; the message names its key.</exception>
    public static void Run(FitConfig config, string name)
    {
        void Require(bool holds, string key, object found, string expected)
        {
            if (!holds)
                throw new AsmException(name,
                    $"{key} is {Convert.ToString(found, CultureInfo.InvariantCulture)}", expected, $"change {key}");
        }

        (NetworkConfig network, DataConfig data, OptimiserConfig optimiser) = (config.Network, config.Data, config.Optimiser);
        Require(config.Output.Length > 0, "output", "empty", "a folder");
        foreach ((string key, string path) in data.Sets.Select(s => ("path of a data set in data.sets", s.Path))
            .Append(("output", config.Output)).Append(("initial", config.Initial ?? "")))
            Require(!path.Any(char.IsControl), key, $"'{path}'", "a path without tabs and other control characters");
        Require(config.Epochs >= 1, "epochs", config.Epochs, "1 or more");
        Require(config.Batch >= 1, "batch", config.Batch, "1 or more");
        Require(config.MicroBatch >= 0, "micro_batch", config.MicroBatch, "0 or more");
        Require(config.MaxMinutes is null or > 0, "max_minutes", config.MaxMinutes ?? 0, "above 0");
        Require(config.CheckpointMinutes > 0, "checkpoint_minutes", config.CheckpointMinutes, "above 0");
        Require(config.Initial is not "", "initial", "empty", "a checkpoint or an ONNX file");
        Require(network.Width is >= 1 and <= 512, "network.width", network.Width, "1 to 512");
        Require(network.Depth is >= 1 and <= 6, "network.depth", network.Depth, "1 to 6");
        Require(network.Dropout is >= 0 and < 1, "network.dropout", network.Dropout, "0 up to below 1");
        Require(config.Classes.Length is >= 2 and <= 255, "classes", $"a list of {config.Classes.Length}", "2 to 255 classes");
        Require(config.Classes.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() == config.Classes.Length
            && config.Classes.All(c => c.Name.Length > 0),
            "classes", string.Join(", ", config.Classes.Select(c => c.Name)), "names that differ");
        foreach (ClassConfig one in config.Classes)
        {
            Require(one.Weight > 0 && double.IsFinite(one.Weight), $"weight of class {one.Name}", one.Weight, "above 0");
            Require(IsColor(one.Color), $"color of class {one.Name}", one.Color, "#rrggbb");
        }

        int alignment = 1 << network.Depth;
        Require(data.PatchPixels >= alignment && data.PatchPixels % alignment == 0 && data.PatchPixels <= 4096,
            "data.patch_pixels", data.PatchPixels,
            $"a multiple of {alignment}, 4096 at most");
        foreach (DataSetConfig set in data.Sets)
        {
            Require(set.Path.Length > 0, "path of a data set in data.sets", "empty", "a folder");
            Require(set.Share > 0 && double.IsFinite(set.Share), $"share of {set.Path} in data.sets", set.Share, "above 0");
        }

        Require(data.SimulationShare is null or >= 0 && (data.Sets.Length > 0 || data.EffectiveSimulationShare > 0),
            "data.simulation_share", data.EffectiveSimulationShare,
            "0 or more; above 0 where no set is named");
        Require(data.Patches >= 1, "data.patches", data.Patches, "1 or more");
        Require(data.CacheGigabytes >= 0, "data.cache_gigabytes", data.CacheGigabytes, "0 or more");
        Require(data.ValidationPatches >= 0, "data.validation_patches", data.ValidationPatches, "0 or more");
        Require(data.StatisticsPatches >= 1, "data.statistics_patches", data.StatisticsPatches, "1 or more");
        Require(data.Threads is >= 1 and <= 256, "data.threads", data.Threads, "1 to 256");
        Require(optimiser.LearningRate is null or > 0, "optimiser.learning_rate", optimiser.LearningRate ?? 0, "above 0");
        Require(optimiser.Momentum is >= 0 and < 1, "optimiser.momentum", optimiser.Momentum, "0 up to below 1");
        Require(optimiser.WeightDecay >= 0, "optimiser.weight_decay", optimiser.WeightDecay, "0 or more");
        Require(optimiser.ClipNorm >= 0, "optimiser.clip_norm", optimiser.ClipNorm, "0 or more");
        Require(config.Schedule.DropEveryEpochs > 0, "schedule.drop_every_epochs", config.Schedule.DropEveryEpochs, "above 0");
        Require(config.Schedule.DropFactor is > 0 and <= 1, "schedule.drop_factor", config.Schedule.DropFactor, "above 0, 1 at most");
        Require(config.Schedule.Warmup is >= 0 and < 1, "schedule.warmup", config.Schedule.Warmup, "0 up to below 1");
        Require(config.Augmentation.RotateShare is >= 0 and <= 1, "augmentation.rotate_share", config.Augmentation.RotateShare, "0 to 1");
        (string Key, double Value)[] spreads =
        [
            ("band_gain", config.Augmentation.BandGain), ("band_offset", config.Augmentation.BandOffset),
            ("brightness", config.Augmentation.Brightness),
            ("haze", config.Augmentation.Haze), ("noise", config.Augmentation.Noise),
        ];
        foreach ((string key, double value) in spreads) Require(value is >= 0 and <= 2, $"augmentation.{key}", value, "0 to 2");
        data.Simulation.Validate(Require);
    }

    private static bool IsColor(string text)
    {
        try
        {
            _ = Rgb.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
