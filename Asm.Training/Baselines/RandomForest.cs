using System.Text.Json.Nodes;
using Asm.Raster;
using Asm.Training.Graphs;
using Asm.Training.Patches;

namespace Asm.Training.Baselines;

/// <summary>A random forest (Breiman 2001): the mean of the class shares in the leaves of its trees.</summary>
internal sealed class RandomForest : IPixelClassifier
{
    private readonly int _minLeaf;

    private RandomForest(DecisionTree[] trees, int minLeaf) => (Trees, _minLeaf) = (trees, minLeaf);

    /// <summary>The trees.</summary>
    public DecisionTree[] Trees { get; }

    /// <inheritdoc/>
    public string Architecture => "random forest";

    /// <inheritdoc/>
    public JsonObject Facts => new() { ["trees"] = Trees.Length, ["min_leaf"] = _minLeaf, ["nodes"] = Trees.Sum(t => (long)t.Nodes) };

    /// <summary>A threshold for every split and the shares of every leaf.</summary>
    public long Parameters => Trees.Sum(t => (long)t.Nodes / 2 + t.Votes.Length);

    /// <summary>
    /// Comparisons are exact, and so are the sums (see <see cref="DecisionTree.Whole"/>); one product is rounded, the same way everywhere.
    /// </summary>
    public double Tolerance => 0;

    /// <summary>Grows the trees. The result depends on the seed, not on the number of threads.</summary>
    /// <param name="samples">The pixels.</param>
    /// <param name="options">Size and seed.</param>
    /// <param name="progress">Told of every tree.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static RandomForest Train(PixelSamples samples, ForestOptions options,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        samples.Validate();
        options.Validate();
        var ranked = new RankedSamples(samples);
        var trees = new DecisionTree[options.Trees];
        int done = 0;
        Parallel.For(0, trees.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
            () => new TreeGrower(ranked, options.MinLeaf),
            (tree, _, grower) =>
            {
                trees[tree] = grower.Grow(PatchHash.Generator(options.Seed, (ulong)tree));
                progress?.Report(new("train", Interlocked.Increment(ref done), trees.Length));
                return grower;
            },
            _ => { });
        return new RandomForest(trees, options.MinLeaf);
    }

    /// <inheritdoc/>
    public void Probabilities(ReadOnlySpan<float> spectrum, Span<float> probabilities)
    {
        Span<int> votes = stackalloc int[probabilities.Length];
        votes.Clear();
        foreach (DecisionTree tree in Trees)
        {
            ReadOnlySpan<ushort> leaf = tree.Votes.AsSpan(tree.Leaf(spectrum) * votes.Length, votes.Length);
            for (int k = 0; k < votes.Length; k++) votes[k] += leaf[k];
        }

        float share = ForestGraph.VoteShare(Trees.Length);
        for (int k = 0; k < votes.Length; k++) probabilities[k] = votes[k] * (1f / DecisionTree.Whole) * share;
    }

    /// <inheritdoc/>
    public void Write(OnnxGraphBuilder builder, string output) => ForestGraph.Write(Trees, builder, output);
}
