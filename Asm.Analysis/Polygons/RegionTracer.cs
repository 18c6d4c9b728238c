namespace Asm.Analysis.Polygons;

/// <summary>
/// Traces the borders of regions in one pass over the rows. At each corner of pixels where a border turns, the lines that arrive
/// are continued or joined; lines that cross into the next row wait at their column. What is traced depends on the rows alone, not
/// on how they are handed in.
/// </summary>
/// <remarks>
/// A border between two regions is traced twice, once for each, in opposite directions, through the same corners: where three or more
/// borders meet, all lines get a vertex. Pixels of code 0 belong to no region.
/// </remarks>
internal sealed class RegionTracer
{
    private const int NoRegion = -1;

    private readonly RegionTable _regions = new();
    private readonly VertexChains _chains = new();
    private readonly bool _byCorners;
    private readonly int _width;
    private readonly int[] _lastAt, _firstAt, _columns;
    private byte[] _above, _below;
    private readonly int[] _startsBelow;
    private int[] _labelsAbove, _labelsBelow;
    private int _runsAbove;
    private int _row;

    public RegionTracer(int width, Connectivity connectivity)
    {
        (_width, _byCorners) = (width, connectivity == Connectivity.Eight);
        (_above, _below) = (new byte[width + 2], new byte[width + 2]);
        (_lastAt, _firstAt, _columns) = (new int[width + 1], new int[width + 1], new int[width + 1]);
        (_labelsAbove, _labelsBelow, _startsBelow) = (new int[width + 2], new int[width + 2], new int[width + 2]);
        (_labelsAbove[0], _runsAbove) = (NoRegion, 1);
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="codes">Its codes.</param>
    /// <param name="confidence">The confidence of its pixels, NaN where there is none; empty where there is none at all.</param>
    /// <param name="finished">Receives the regions that end above the row, from left to right.</param>
    public void AddRow(ReadOnlySpan<byte> codes, ReadOnlySpan<float> confidence, List<FinishedRegion> finished)
    {
        codes.CopyTo(_below.AsSpan(1));
        int changes = RowChanges.Find(_above, _below, _columns), runs = Trace(_columns.AsSpan(0, changes));
        EnterRuns(runs, confidence);
        for (int run = 0; run < _runsAbove; run++)
            if (_labelsAbove[run] != NoRegion && _regions.TakeIfNotIn(_row, _regions.Find(_labelsAbove[run])) is { } region)
                finished.Add(region);
        _regions.Recycle();
        (_above, _below) = (_below, _above);
        (_labelsAbove, _labelsBelow, _runsAbove) = (_labelsBelow, _labelsAbove, runs);
        _row++;
    }

    /// <summary>Ends the last row.</summary>
    /// <param name="finished">Receives the regions that are left.</param>
    public void Finish(List<FinishedRegion> finished) => AddRow(new byte[_width], [], finished);

    /// <summary>Follows both rows from left to right: labels the runs below, and continues the lines at each corner.</summary>
    /// <returns>Runs of the row below; the first, before the first column, has no label.</returns>
    private int Trace(ReadOnlySpan<int> columns)
    {
        int a = 0, b = 0, last = 0, first = 0;
        _labelsBelow[0] = NoRegion;
        _startsBelow[0] = 0;
        foreach (int column in columns)
        {
            byte topLeft = _above[column], topRight = _above[column + 1], bottomLeft = _below[column], bottomRight = _below[column + 1];
            int labelTopLeft = _labelsAbove[a], labelBottomLeft = _labelsBelow[b];
            if (topLeft != topRight) a++;
            int labelTopRight = _labelsAbove[a];
            if (bottomLeft != bottomRight)
            {
                _startsBelow[++b] = column;
                _labelsBelow[b] = bottomRight == 0 ? NoRegion : bottomRight == topRight ? labelTopRight : _regions.New(bottomRight);
            }
            else if (topLeft != topRight && bottomRight == topRight && bottomRight != 0) _regions.Merge(_labelsBelow[b], labelTopRight);
            bool up = topLeft != topRight, right = topRight != bottomRight, down = bottomLeft != bottomRight, left = topLeft != bottomLeft;
            if (up && down && !left && !right) continue;
            bool falls = topLeft == bottomRight && topLeft != 0,
                rises = topRight == bottomLeft && topRight != 0, isCross = up && right && down && left;
            if (_byCorners && isCross)
            {
                if (falls) _regions.Merge(labelTopLeft, _labelsBelow[b]);
                if (rises) _regions.Merge(labelTopRight, labelBottomLeft);
            }
            var vertex = new RingVertex(column, _row, isCross && (falls || rises));
            (int upLast, int upFirst, int leftLast, int leftFirst) = (_lastAt[column], _firstAt[column], last, first);
            // A line has its own region on its right hand. Each of the four pixels sends one to the corner. It leaves by the next border
            // counter-clockwise: so it goes around its own region.
            //
            //         topLeft  |  topRight         topLeft      comes down "up",      leaves by left, else down, else right
            //                  v                   topRight     comes along "right",  leaves by up, else left, else down
            //       left ---> -+- <--- right       bottomRight  comes up "down",      leaves by right, else up, else left
            //                  ^                   bottomLeft   comes along "left",   leaves by down, else right, else up
            //      bottomLeft  |  bottomRight
            //
            // What comes by "up" or "left" was traced before: the vertex goes behind it (Append). What comes by "right" or "down" is not
            // traced yet: the vertex goes before what leaves (Prepend), or starts a line. Where both are traced, they join.
            if (up && topLeft != 0)
            {
                if (left) Close(labelTopLeft, _chains.Join(upLast, vertex, leftFirst));
                else if (down) _lastAt[column] = _chains.Append(upLast, vertex);
                else last = _chains.Append(upLast, vertex);
            }
            if (right && topRight != 0)
            {
                if (up) first = _chains.Prepend(upFirst, vertex);
                else if (left) first = _chains.Prepend(leftFirst, vertex);
                else first = _lastAt[column] = _chains.Start(vertex);
            }
            if (down && bottomRight != 0)
            {
                if (right) _firstAt[column] = last = _chains.Start(vertex);
                else if (up) _firstAt[column] = _chains.Prepend(upFirst, vertex);
                else _firstAt[column] = _chains.Prepend(leftFirst, vertex);
            }
            if (left && bottomLeft != 0)
            {
                if (down) _lastAt[column] = _chains.Append(leftLast, vertex);
                else if (right) last = _chains.Append(leftLast, vertex);
                else Close(labelBottomLeft, _chains.Join(leftLast, vertex, upFirst));
            }
        }
        return b + 1;
    }

    private void Close(int label, Ring? ring)
    {
        if (ring is not null) _regions.AddRing(label, ring);
    }

    /// <summary>Settles the labels of the row below and adds its runs to their regions.</summary>
    private void EnterRuns(int runs, ReadOnlySpan<float> confidence)
    {
        for (int run = 0; run < runs; run++)
        {
            if (_labelsBelow[run] == NoRegion) continue;
            int root = _labelsBelow[run] = _regions.Find(_labelsBelow[run]),
                start = _startsBelow[run], end = run + 1 < runs ? _startsBelow[run + 1] : _width;
            (double sum, long count) = (0, 0);
            if (!confidence.IsEmpty)
                foreach (float value in confidence[start..end])
                    if (!float.IsNaN(value)) (sum, count) = (sum + value, count + 1);
            _regions.AddRun(root, _row, end - start, sum, count);
        }
    }
}
