namespace Asm.Training.Baselines;

/// <summary>
/// Grows trees of a random forest (Breiman 2001) by the CART rule: at each node the split of the lowest Gini impurity among some
/// bands drawn anew. The rules are those of scikit-learn's RandomForestClassifier. One grower serves one thread; its buffers are
/// used again for every tree.
/// </summary>
internal sealed class TreeGrower
{
    private readonly RankedSamples _samples;
    private readonly int _bandsPerSplit, _minLeaf;
    private readonly ushort[] _weight;
    private readonly int[] _pixels;
    private readonly int[] _bands;
    private readonly ulong[] _keys;
    private readonly KeySort _sort;
    private readonly long[] _total, _left, _right;
    private readonly Stack<(int Node, int From, int To)> _open = new();

    /// <summary>Prepares buffers.</summary>
    /// <param name="samples">The pixels.</param>
    /// <param name="minLeaf">Fewest pixels of a leaf.</param>
    public TreeGrower(RankedSamples samples, int minLeaf)
    {
        (_samples, _minLeaf) = (samples, minLeaf);
        (int count, int bands) = (samples.Positions.Length, samples.Ranks.Length);
        _bandsPerSplit = Math.Max(1, (int)Math.Sqrt(bands));
        (_weight, _pixels, _keys) = (new ushort[count], new int[count], new ulong[count]);
        _sort = new KeySort(count);
        _bands = [.. Enumerable.Range(0, bands)];
        (_total, _left, _right) = (new long[samples.Classes], new long[samples.Classes], new long[samples.Classes]);
    }

    /// <summary>Grows one tree on a bootstrap sample: as many pixels as there are, drawn with replacement.</summary>
    public DecisionTree Grow(Random random)
    {
        Array.Clear(_weight);
        for (int i = 0; i < _weight.Length; i++) _weight[random.Next(_weight.Length)]++;
        int count = 0;
        for (int i = 0; i < _weight.Length; i++)
            if (_weight[i] > 0) _pixels[count++] = i;
        for (int b = 0; b < _bands.Length; b++) _bands[b] = b;
        var tree = new TreeBuilder(_samples.Classes);
        _open.Push((0, 0, count));
        while (_open.TryPop(out (int Node, int From, int To) node)) Split(tree, node.Node, node.From, node.To, random);
        return tree.Build();
    }

    private void Split(TreeBuilder tree, int node, int from, int to, Random random)
    {
        Array.Clear(_total);
        for (int i = from; i < to; i++) _total[_samples.Positions[_pixels[i]]] += _weight[_pixels[i]];
        bool pure = _total.AsSpan().IndexOfAnyExcept(0) == _total.AsSpan().LastIndexOfAnyExcept(0);
        (int band, int rank, int next) = pure || to - from < 2 * _minLeaf ? (-1, 0, 0) : Best(from, to, random);
        if (band < 0)
        {
            tree.Leaf(node, _total);
            return;
        }

        int child = tree.Split(node, band, _samples.Threshold(band, rank, next));
        int middle = Partition(from, to, _samples.Ranks[band], rank);
        _open.Push((child + 1, middle, to));
        _open.Push((child, from, middle));
    }

    /// <summary>
    /// The best split among the bands drawn; the band is -1 where none is possible. Bands beyond the number are drawn only while
    /// all before were constant.
    /// </summary>
    private (int Band, int Rank, int Next) Best(int from, int to, Random random)
    {
        (int Band, int Rank, int Next) best = (-1, 0, 0);
        double highest = double.NegativeInfinity;
        bool varied = false;
        for (int drawn = 0; drawn < _bands.Length && (drawn < _bandsPerSplit || !varied); drawn++)
        {
            int at = random.Next(drawn, _bands.Length);
            (_bands[drawn], _bands[at]) = (_bands[at], _bands[drawn]);
            if (!Sort(_bands[drawn], from, to)) continue;
            varied = true;
            (double score, int rank, int next) = Scan(to - from);
            if (score <= highest) continue;
            highest = score;
            best = (_bands[drawn], rank, next);
        }

        return best;
    }

    /// <summary>
    /// Orders the node's pixels by a band; false where it is constant. A key holds rank, weight and class, so that
    /// the scan looks nothing up.
    /// </summary>
    private bool Sort(int band, int from, int to)
    {
        int[] ranks = _samples.Ranks[band];
        (int low, int high) = (int.MaxValue, -1);
        for (int i = from; i < to; i++)
        {
            int pixel = _pixels[i], rank = ranks[pixel];
            (low, high) = (Math.Min(low, rank), Math.Max(high, rank));
            _keys[i - from] = (ulong)rank << 24 | (ulong)_weight[pixel] << 8 | _samples.Positions[pixel];
        }

        if (low == high) return false;
        _sort.Sort(_keys.AsSpan(0, to - from), 24, low, high);
        return true;
    }

    /// <summary>
    /// Walks along the ordered keys. Gini impurity, weighted over both sides, is lowest where S = sum(left^2) / |left| + sum(right^2) /
    /// |right| is highest; the sums of squares are kept up to date: (c + w)^2 = c^2 + w (2 c + w).
    /// </summary>
    private (double Score, int Rank, int Next) Scan(int count)
    {
        Array.Clear(_left);
        _total.CopyTo(_right, 0);
        long leftWeight = 0, rightWeight = 0, leftSquares = 0, rightSquares = 0;
        foreach (long weight in _total)
        {
            rightWeight += weight;
            rightSquares += weight * weight;
        }

        (double Score, int Rank, int Next) best = (double.NegativeInfinity, 0, 0);
        int last = count - _minLeaf;
        for (int i = 0; i < last;)
        {
            ulong key = _keys[i];
            int k = (byte)key;
            long w = (long)(key >> 8) & 0xffff;
            leftSquares += w * (2 * _left[k] + w);
            rightSquares -= w * (2 * _right[k] - w);
            _left[k] += w;
            _right[k] -= w;
            leftWeight += w;
            rightWeight -= w;
            i++;
            int rank = (int)(key >> 24), next = (int)(_keys[i] >> 24);
            if (next == rank || i < _minLeaf) continue;
            double score = (double)leftSquares / leftWeight + (double)rightSquares / rightWeight;
            if (score > best.Score) best = (score, rank, next);
        }

        return best;
    }

    private int Partition(int from, int to, int[] ranks, int rank)
    {
        while (from < to)
        {
            if (ranks[_pixels[from]] <= rank) from++;
            else
            {
                to--;
                (_pixels[from], _pixels[to]) = (_pixels[to], _pixels[from]);
            }
        }

        return from;
    }
}
