using System.Globalization;
using System.Text;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Training.Patches;

namespace Asm.Training.Datasets;

/// <summary>
/// Shares places out to the splits. A place is a square block of the ground, or a group of scenes that overlap; all dates of a place fall
/// to the same split, so no pixel of the ground is trained on and tested with. The ground of a scene that was given to a split by name
/// belongs to that split in all scenes; where two such scenes overlap, to the test before validation before training.
/// </summary>
internal sealed class PlaceSplit
{
    private const double MetresPerDegree = 111_320;
    private readonly DatasetOptions _options;
    private readonly DatasetScene[] _scenes;
    private readonly int _classes;
    private readonly string[] _groups;
    private readonly (PixelWindow Window, Split Split)[][] _given;
    private readonly Dictionary<string, long[]> _counts = [];
    private readonly Dictionary<string, Split> _chosen = [];
    private byte[] _line = [];

    /// <summary>Prepares to count.</summary>
    /// <param name="options">The rule.</param>
    /// <param name="scenes">The images.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="AsmException">
    /// Blocks are asked for where scenes of different reference systems overlap, or a named scene is not there.
    /// </exception>
    public PlaceSplit(DatasetOptions options, DatasetScene[] scenes, int classes)
    {
        (_options, _scenes, _classes) = (options, scenes, classes);
        HashSet<string> names = [.. scenes.Select(s => s.Name)];
        foreach (string name in options.Given.Keys)
            if (!names.Contains(name))
                throw new AsmException(name, "no scene has this name",
                    $"one of {string.Join(", ", scenes.Take(20).Select(s => s.Name))}", "correct the name");
        _given = GivenGround.Of(scenes, options.Given);
        DatasetScene[] free = [.. scenes.Where(s => !options.Given.ContainsKey(s.Name))];
        string[] groups = SceneGroups.Of(free);
        if (options.BlockMetres is not null) SceneGroups.RequireOneCrs(free, groups);
        Dictionary<string, string> groupOf = free.Zip(groups).ToDictionary(p => p.First.Name, p => p.Second);
        _groups = [.. scenes.Select(s => groupOf.GetValueOrDefault(s.Name, s.Name))];
    }

    /// <summary>The rule in words.</summary>
    public string Description
    {
        get
        {
            var given = _options.Given.Values.GroupBy(s => s).OrderBy(g => g.Key);
            string named = string.Concat(given.Select(g => $", {g.Count()} scenes given to {DatasetWriter.Key(g.Key)}"));
            return string.Create(CultureInfo.InvariantCulture,
                $"{(_options.BlockMetres is { } m ? $"blocks of {m:0.##} m" : "whole scenes")}, "
                + $"{_options.ValidationShare:P0} validation, {_options.TestShare:P0} test, seed {_options.Seed}{named}");
        }
    }

    /// <summary>The place of each pixel of a row, as runs: (first column, column after the last, place).</summary>
    public IEnumerable<(int First, int End, string Place)> Runs(int scene, int row)
    {
        DatasetScene s = _scenes[scene];
        if (_options.BlockMetres is not { } metres || s.Points)
        {
            yield return (0, s.Width, _groups[scene]);
            yield break;
        }

        (double blockX, double blockY, string ground) = Block(s, metres);
        double y = Math.Floor((s.OriginY - (row + 0.5) * s.PixelHeight) / blockY);
        for (int first = 0, end; first < s.Width; first = end)
        {
            double x = Math.Floor((s.OriginX + (first + 0.5) * s.PixelWidth) / blockX);
            end = (int)Math.Clamp(Math.Ceiling(((x + 1) * blockX - s.OriginX) / s.PixelWidth - 0.5), first + 1, s.Width);
            yield return (first, end, string.Create(CultureInfo.InvariantCulture, $"{ground} {x} {y}"));
        }
    }

    /// <summary>Counts the labels of a row; ground that was given by name does not count.</summary>
    public void Count(int scene, int row, ReadOnlySpan<byte> labels)
    {
        if (_line.Length < labels.Length) _line = new byte[labels.Length];
        Span<byte> given = _line.AsSpan(0, labels.Length);
        given.Clear();
        Overlay(scene, row, given);
        foreach ((int first, int end, string place) in Runs(scene, row))
        {
            if (!_counts.TryGetValue(place, out long[]? counts)) _counts.Add(place, counts = new long[_classes]);
            for (int i = first; i < end; i++)
                if (labels[i] > 0 && given[i] == 0) counts[labels[i] - 1]++;
        }
    }

    /// <summary>
    /// Chooses, after all rows were counted: places come in an order drawn by the seed, and each goes to the split that
    /// lacks most of what it has.
    /// </summary>
    public void Choose()
    {
        (Split Split, double Share)[] shares = [(Split.Train, 1 - _options.ValidationShare - _options.TestShare),
            (Split.Validation, _options.ValidationShare), (Split.Test, _options.TestShare)];
        string[] places = [.. _counts.Keys.OrderBy(p => PatchHash.Mix(_options.Seed, Number(p))).ThenBy(p => p, StringComparer.Ordinal)];
        double[] total = new double[_classes];
        foreach (string place in places)
            for (int c = 0; c < _classes; c++) total[c] += _counts[place][c];
        double[,] have = new double[shares.Length, _classes];
        foreach (string place in places)
        {
            (int best, double highest) = (0, double.NegativeInfinity);
            for (int s = 0; s < shares.Length; s++)
            {
                if (shares[s].Share <= 0) continue;
                double score = 0;
                for (int c = 0; c < _classes; c++)
                    if (total[c] > 0) score += (1 - have[s, c] / (shares[s].Share * total[c])) * _counts[place][c] / total[c];
                if (score > highest) (best, highest) = (s, score);
            }

            _chosen[place] = shares[best].Split;
            for (int c = 0; c < _classes; c++) have[best, c] += _counts[place][c];
        }
    }

    /// <summary>Writes the splits of a row.</summary>
    public void Fill(int scene, int row, Span<byte> splits)
    {
        foreach ((int first, int end, string place) in Runs(scene, row)) splits[first..end].Fill((byte)_chosen[place]);
        Overlay(scene, row, splits);
    }

    private void Overlay(int scene, int row, Span<byte> splits)
    {
        foreach ((PixelWindow window, Split split) in _given[scene])
            if (row >= window.Row && row < window.Bottom) splits[window.Column..window.Right].Fill((byte)split);
    }

    // Scenes without a place on the ground have blocks of their own.
    private static (double X, double Y, string Ground) Block(DatasetScene scene, double metres)
    {
        if (scene.Crs is null) return (metres / 10 * scene.PixelWidth, metres / 10 * scene.PixelHeight, scene.Ground ?? scene.Name);
        double units = Crs.OfFile(scene.Crs, scene.Name).MetresPerUnit is { } perUnit ? metres / perUnit : metres / MetresPerDegree;
        return (units, units, "ground");
    }

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static ulong Number(string text)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 1_099_511_628_211;
        return hash;
    }
}
