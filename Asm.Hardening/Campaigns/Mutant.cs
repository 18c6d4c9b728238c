using Asm.Hardening.Mutations;

namespace Asm.Hardening.Campaigns;

/// <summary>A copy of a seed with one file damaged. A target and a number always give the same one.</summary>
internal sealed class Mutant
{
    private readonly HashSet<string> _before;

    private Mutant(string folder, string damaged) =>
        (Folder, Damaged, _before) = (folder, damaged, [.. Files(folder)]);

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>The file that is damaged, below the folder.</summary>
    public string Damaged { get; }

    /// <summary>Copies a seed in place of what the folder holds, and damages nothing.</summary>
    public static Mutant Sound(string seed, string folder)
    {
        Copy(seed, folder);
        return new(folder, "");
    }

    /// <summary>Makes a mutant in place of what the folder holds.</summary>
    public static Mutant Make(Target target, int number, string folder)
    {
        var random = new Random(target.Name.Aggregate(number, (hash, letter) => unchecked(hash * 31 + letter)));
        string[] seeds = target.Seeds;
        Copy(seeds[random.Next(seeds.Length)], folder);
        string[] candidates = [.. target.Damaged.SelectMany(pattern => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories))
            .Distinct().Order(StringComparer.Ordinal)];
        string damaged = candidates[random.Next(candidates.Length)];
        File.WriteAllBytes(damaged, Mutator.Mutate(File.ReadAllBytes(damaged), random));
        return new(folder, Path.GetRelativePath(folder, damaged));
    }

    /// <summary>
    /// Files that were not there before and must not be: all of them after a failure, those half written after a success.
    /// </summary>
    public IEnumerable<string> Leftovers(bool failed) => Files(Folder).Where(file => !_before.Contains(file))
        .Where(file => failed || !file.StartsWith("out", StringComparison.Ordinal) || file.Contains(".partial-", StringComparison.Ordinal));

    private static void Copy(string seed, string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (string file in Files(seed))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(seed, file), Path.Combine(folder, file));
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));
}
