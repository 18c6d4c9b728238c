namespace Asm.Analysis.Polygons;

/// <summary>Regions that are not finished: which of them are one (union-find), their pixels and their rings.</summary>
internal sealed class RegionTable
{
    private Region[] _regions = new Region[256];
    private readonly Stack<int> _free = new();
    private readonly List<int> _merged = [];
    private int _used;

    private struct Region
    {
        public int Parent;
        public int LastRow;
        public byte Code;
        public long Pixels;
        public long ConfidentPixels;
        public double Confidence;
        public List<Ring>? Rings;
    }

    /// <summary>Starts a region.</summary>
    public int New(byte code)
    {
        if (!_free.TryPop(out int label))
        {
            if (_used == _regions.Length) Array.Resize(ref _regions, 2 * _used);
            label = _used++;
        }
        _regions[label] = new() { Parent = label, Code = code };
        return label;
    }

    /// <summary>The label that stands for a region.</summary>
    public int Find(int label)
    {
        while (_regions[label].Parent != label) label = _regions[label].Parent = _regions[_regions[label].Parent].Parent;
        return label;
    }

    /// <summary>Makes one region of two.</summary>
    public void Merge(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a == b) return;
        // The one with more rings stays, so that lists move seldom.
        if ((_regions[a].Rings?.Count ?? 0) < (_regions[b].Rings?.Count ?? 0)) (a, b) = (b, a);
        ref Region to = ref _regions[a];
        ref Region from = ref _regions[b];
        from.Parent = a;
        to.LastRow = Math.Max(to.LastRow, from.LastRow);
        to.Pixels += from.Pixels;
        to.Confidence += from.Confidence;
        to.ConfidentPixels += from.ConfidentPixels;
        if (from.Rings is not null) to.Rings!.AddRange(from.Rings);
        from.Rings = null;
        _merged.Add(b);
    }

    /// <summary>Adds a run of pixels of a row to the region that a label stands for.</summary>
    public void AddRun(int root, int row, int pixels, double confidence, long confidentPixels)
    {
        ref Region region = ref _regions[root];
        region.LastRow = row;
        region.Pixels += pixels;
        region.Confidence += confidence;
        region.ConfidentPixels += confidentPixels;
    }

    /// <summary>Adds a ring to a region.</summary>
    public void AddRing(int label, Ring ring) => (_regions[Find(label)].Rings ??= new(1)).Add(ring);

    /// <summary>The region of a label, if it has no pixel in a row; it is then gone from the table.</summary>
    public FinishedRegion? TakeIfNotIn(int row, int root)
    {
        ref Region region = ref _regions[root];
        if (region.LastRow >= row) return null;
        var finished = new FinishedRegion(region.Code, region.Pixels,
            region.ConfidentPixels > 0 ? region.Confidence / region.ConfidentPixels : null, region.Rings!);
        region = new() { Parent = root, LastRow = int.MaxValue };
        _merged.Add(root);
        return finished;
    }

    /// <summary>Gives labels free that are merged or taken. No run may bear one of them any more.</summary>
    public void Recycle()
    {
        foreach (int label in _merged) _free.Push(label);
        _merged.Clear();
    }
}
