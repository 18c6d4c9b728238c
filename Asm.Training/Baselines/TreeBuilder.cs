namespace Asm.Training.Baselines;

/// <summary>Collects the nodes of a tree while it grows.</summary>
internal sealed class TreeBuilder(int classes)
{
    private readonly List<short> _band = [-1];
    private readonly List<float> _threshold = [0];
    private readonly List<int> _child = [0];
    private readonly List<ushort> _votes = [];
    private readonly int[] _order = new int[classes];
    private readonly double[] _remainder = new double[classes];

    /// <summary>Makes a node a leaf.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="weights">Weight of each class in it.</param>
    public void Leaf(int node, ReadOnlySpan<long> weights)
    {
        _child[node] = _votes.Count / classes;
        long total = 0;
        foreach (long weight in weights) total += weight;
        int left = DecisionTree.Whole;
        for (int k = 0; k < classes; k++)
        {
            double exact = DecisionTree.Whole * (double)weights[k] / total;
            int whole = (int)exact;
            (_order[k], _remainder[k]) = (k, whole - exact);
            _votes.Add((ushort)whole);
            left -= whole;
        }

        // What rounding down left over goes to the largest remainders.
        Array.Sort(_remainder, _order);
        for (int i = 0; i < left; i++) _votes[_votes.Count - classes + _order[i]]++;
    }

    /// <summary>Splits a node and returns the first of its two children.</summary>
    public int Split(int node, int band, float threshold)
    {
        int child = _band.Count;
        (_band[node], _threshold[node], _child[node]) = ((short)band, threshold, child);
        for (int i = 0; i < 2; i++)
        {
            _band.Add(-1);
            _threshold.Add(0);
            _child.Add(0);
        }

        return child;
    }

    /// <summary>The tree; every node is split or a leaf by now.</summary>
    public DecisionTree Build() => new([.. _band], [.. _threshold], [.. _child], [.. _votes]);
}
