using Asm.Raster;
using Asm.Training.Configuration;
using Asm.Training.Datasets;
using Asm.Training.Patches;

namespace Asm.Training.Fitting;

/// <summary>The patches of a training run: from data sets, from the simulator, or from both.</summary>
internal sealed class TrainingData : IDisposable
{
    private const ulong TrainingSeed = 10, ValidationSeed = 11, MixtureSeed = 12;
    private readonly FitConfig _config;
    private readonly Dataset[] _sets;
    private readonly List<string> _shares = [];

    /// <summary>Opens the data sets.</summary>
    /// <exception cref="AsmException">One is missing, or has other classes or smaller patches than the configuration.</exception>
    public TrainingData(FitConfig config)
    {
        _config = config;
        var sets = new List<Dataset>();
        try
        {
            foreach (DataSetConfig set in config.Data.Sets)
            {
                sets.Add(Dataset.Open(set.Path));
                RequireClasses(sets[^1], config.Classes);
            }

            _sets = [.. sets];
            Training = Mix(Split.Train, config.Data.Patches, config.Data.Repeat, TrainingSeed);
            Validation = config.Data.ValidationPatches == 0
                ? Training
                : Mix(Split.Validation, config.Data.ValidationPatches, repeat: true, ValidationSeed);
        }
        catch
        {
            sets.ForEach(s => s.Dispose());
            throw;
        }
    }

    /// <summary>What to train on.</summary>
    public IPatchSource Training { get; }

    /// <summary>What to measure with: other places than <see cref="Training"/>, but where no validation is asked for.</summary>
    public IPatchSource Validation { get; }

    /// <summary>How many patches of each source are shown, a line for the training and one for the validation.</summary>
    public IReadOnlyList<string> Shares => _shares;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Dataset set in _sets) set.Dispose();
    }

    private IPatchSource Mix(Split split, int patches, bool repeat, ulong seed)
    {
        DataConfig data = _config.Data;
        // A set that was given to training as a whole takes no part in the validation, unless nothing else does.
        int[] used = [.. Enumerable.Range(0, _sets.Length)
            .Where(i => split == Split.Train || _sets[i].Manifest.Patches.ContainsKey(DatasetWriter.Key(split)))];
        if (used.Length == 0 && data.EffectiveSimulationShare == 0) used = [.. Enumerable.Range(0, _sets.Length)];
        double total = used.Sum(i => data.Sets[i].Share) + data.EffectiveSimulationShare;
        var parts = new List<(IPatchSource Source, long Count)>();
        var shown = new List<string>();
        foreach (int i in used)
        {
            parts.Add((new DatasetPatches(_sets[i], split, data.PatchPixels), Share(data.Sets[i].Share)));
            shown.Add($"{parts[^1].Count} of {parts[^1].Source.Count} of {_sets[i].Folder}");
        }

        if (data.EffectiveSimulationShare > 0)
        {
            long count = Share(data.EffectiveSimulationShare);
            parts.Add((Simulated((int)count, repeat, seed), count));
            shown.Add($"{count} simulated");
        }

        _shares.Add($"{split.ToString().ToLowerInvariant()} patches: {string.Join(", ", shown)}");

        return parts.Count == 1 && parts[0].Source.Count is null
            ? parts[0].Source
            : new MixedPatches(parts, PatchHash.Mix(_config.Seed, MixtureSeed));

        long Share(double share) => Math.Max(1, (long)Math.Round(patches * share / total));
    }

    private IPatchSource Simulated(int count, bool repeat, ulong seed)
    {
        var source = new SimulatedPatches(_config.Data.Simulation, _config.Data.PatchPixels, PatchHash.Mix(_config.Seed, seed));
        if (!repeat) return source;
        double gigabytes = count * (double)_config.Data.PatchPixels * _config.Data.PatchPixels * (2 * source.BandNames.Count + 1) / 1e9;
        return new RepeatedPatches(source, count, keep: (int)(count * Math.Min(1, _config.Data.CacheGigabytes / gigabytes)));
    }

    private static void RequireClasses(Dataset set, ClassConfig[] classes)
    {
        string[] found = [.. set.Manifest.Classes.Select(c => c.Name)], expected = [.. classes.Select(c => c.Name)];
        if (!found.SequenceEqual(expected))
            throw new AsmException(set.Folder, $"its classes are {string.Join(", ", found)}",
                $"{string.Join(", ", expected)}, as the configuration says",
                "write into the configuration: classes: "
                + $"[{string.Join(", ", set.Manifest.Classes.Select(c => $"{{name: {c.Name}, color: '{c.Color}', weight: 1}}"))}]");
    }
}
