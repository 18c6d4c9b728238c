namespace Asm.Analysis.Polygons;

/// <summary>
/// Lines of vertices that grow at both ends and join, until they close to rings. A line is named by the vertices at its ends. Memory
/// follows the vertices of lines that are open.
/// </summary>
internal sealed class VertexChains
{
    private const int None = -1;

    /// <summary>A vertex; at the ends of a line <see cref="OtherEnd"/> is the vertex at its other end.</summary>
    private struct Node
    {
        public RingVertex Vertex;
        public int Next;
        public int OtherEnd;
    }

    private Node[] _nodes = new Node[1024];
    private int _used;
    private int _free = None;

    /// <summary>Starts a line of one vertex, which is both of its ends.</summary>
    public int Start(RingVertex vertex)
    {
        int node = New(vertex);
        _nodes[node].OtherEnd = node;
        return node;
    }

    /// <summary>Adds a vertex behind the last one and returns it: the new last one.</summary>
    public int Append(int last, RingVertex vertex)
    {
        int node = New(vertex), first = _nodes[last].OtherEnd;
        _nodes[last].Next = node;
        _nodes[node].OtherEnd = first;
        _nodes[first].OtherEnd = node;
        return node;
    }

    /// <summary>Adds a vertex before the first one and returns it: the new first one.</summary>
    public int Prepend(int first, RingVertex vertex)
    {
        int node = New(vertex), last = _nodes[first].OtherEnd;
        _nodes[node].Next = first;
        _nodes[node].OtherEnd = last;
        _nodes[last].OtherEnd = node;
        return node;
    }

    /// <summary>
    /// Joins the end of one line by a vertex to the start of another. Where both are one line it closes: the ring is returned,
    /// and its vertices are free.
    /// </summary>
    public Ring? Join(int last, RingVertex vertex, int first)
    {
        int start = _nodes[last].OtherEnd;
        if (start == first) return Close(first, vertex);
        int node = New(vertex), end = _nodes[first].OtherEnd;
        _nodes[last].Next = node;
        _nodes[node].Next = first;
        _nodes[start].OtherEnd = end;
        _nodes[end].OtherEnd = start;
        return null;
    }

    private Ring Close(int first, RingVertex vertex)
    {
        int count = 1, last = _nodes[first].OtherEnd;
        for (int node = first; ; node = _nodes[node].Next, count++)
            if (node == last) break;
        var vertices = new RingVertex[count + 1];
        int at = 0;
        for (int node = first; ; node = _nodes[node].Next)
        {
            vertices[at++] = _nodes[node].Vertex;
            if (node == last) break;
        }
        vertices[at] = vertex;
        _nodes[last].Next = _free;
        _free = first;
        return new(vertices);
    }

    private int New(RingVertex vertex)
    {
        int node = _free;
        if (node != None) _free = _nodes[node].Next;
        else
        {
            if (_used == _nodes.Length) Array.Resize(ref _nodes, 2 * _used);
            node = _used++;
        }
        _nodes[node] = new() { Vertex = vertex, Next = None };
        return node;
    }
}
