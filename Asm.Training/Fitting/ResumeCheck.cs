using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Raster;
using Asm.Training.Configuration;

namespace Asm.Training.Fitting;

/// <summary>Checks that a run goes on as it began.</summary>
internal static class ResumeCheck
{
    // What changes where and how long a run trains, not what it computes; and the initial weights, which are behind it.
    private static readonly string[] Free = ["output", "epochs", "max_minutes", "checkpoint_minutes", "initial", "data.threads"];

    /// <summary>Compares the configuration of a checkpoint with that of the run that goes on from it.</summary>
    /// <exception cref="AsmException">They differ in keys that may not change, or the data has other bands.</exception>
    public static void Run(string path, CheckpointInfo checkpoint, FitConfig config, IReadOnlyList<string> bandNames)
    {
        string[] changed = [.. Changes("", ToJson(checkpoint.Config), ToJson(config)).Where(k => !Free.Contains(k))];
        if (changed.Length > 0)
            throw new AsmException(path, $"its run had other values of {string.Join(", ", changed)}",
                $"the same configuration; only {string.Join(", ", Free)} may change",
                "undo the change, or start a new run, with initial to begin from these weights");
        if (!checkpoint.BandNames.SequenceEqual(bandNames))
            throw new AsmException(path, $"its bands are {string.Join(' ', checkpoint.BandNames)}",
                $"those of the training data, {string.Join(' ', bandNames)}", "go on with the data that it began with");
    }

    private static JsonNode? ToJson(FitConfig config) => JsonSerializer.SerializeToNode(config, Checkpoint.Json);

    private static IEnumerable<string> Changes(string key, JsonNode? before, JsonNode? after)
    {
        if (before is JsonObject from && after is JsonObject to)
            return from.Select(p => p.Key).Union(to.Select(p => p.Key))
                .SelectMany(k => Changes(key.Length == 0 ? k : $"{key}.{k}", from[k], to[k]));
        return JsonNode.DeepEquals(before, after) ? [] : [key];
    }
}
