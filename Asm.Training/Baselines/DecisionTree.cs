namespace Asm.Training.Baselines;

/// <summary>
/// A grown tree. Node 0 is the root; a node that is no leaf leads to <c>Child[node]</c> where the band's value is at most the threshold,
/// else to the node after it.
/// </summary>
/// <param name="Band">Band of each node; -1 at leaves.</param>
/// <param name="Threshold">Threshold of each node, reflectance.</param>
/// <param name="Child">First of the two children; at leaves the leaf's number.</param>
/// <param name="Votes">Leaf after leaf, one value a class; those of a leaf sum to <see cref="Whole"/>.</param>
internal sealed record DecisionTree(short[] Band, float[] Threshold, int[] Child, ushort[] Votes)
{
    /// <summary>
    /// Probability 1 as votes. Probabilities of leaves are rounded to multiples of 2^-14 so that sums over up to 1,024 trees are exact in
    /// float32: the order in which a runtime adds them up, and its threads, can change no result.
    /// </summary>
    public const int Whole = 1 << 14;

    /// <summary>Number of nodes, leaves included.</summary>
    public int Nodes => Band.Length;

    /// <summary>The leaf's number that a pixel ends in.</summary>
    public int Leaf(ReadOnlySpan<float> spectrum)
    {
        int node = 0;
        while (Band[node] >= 0) node = spectrum[Band[node]] <= Threshold[node] ? Child[node] : Child[node] + 1;
        return Child[node];
    }
}
