namespace Asm.Tests.Structure;

/// <summary>Things and arrows from each to what it uses: the circles among them, and the layers that they stand in.</summary>
internal sealed class ArrowGraph
{
    private readonly string[] _nodes;
    private readonly Dictionary<string, HashSet<string>> _reached;
    private readonly Dictionary<string, int> _heights = [];

    public ArrowGraph(IEnumerable<string> nodes, IEnumerable<(string From, string To)> arrows)
    {
        _nodes = [.. nodes.Order(StringComparer.Ordinal)];
        ILookup<string, string> used = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        _reached = _nodes.ToDictionary(node => node, node =>
        {
            var reached = new HashSet<string>();
            var open = new Stack<string>([node]);
            while (open.TryPop(out string? next))
                foreach (string other in used[next]) if (reached.Add(other)) open.Push(other);
            return reached;
        });
    }

    /// <summary>Groups of which each member reaches each other and itself.</summary>
    public string[][] Circles =>
        [.. _nodes.Where(node => InCircle(node, node))
            .GroupBy(node => _nodes.First(other => InCircle(node, other))).Select(circle => circle.ToArray())];

    /// <summary>The layers, the lowest first: a thing stands right above the highest that it uses. A circle stands in one layer.</summary>
    public string[][] Layers => [.. _nodes.GroupBy(Height).OrderBy(layer => layer.Key).Select(layer => layer.ToArray())];

    private bool InCircle(string node, string other) => _reached[node].Contains(other) && _reached[other].Contains(node);

    private int Height(string node)
    {
        if (_heights.TryGetValue(node, out int known)) return known;
        IEnumerable<string> below = _reached[node].Where(other => !InCircle(node, other));
        return _heights[node] = below.Select(other => Height(other) + 1).DefaultIfEmpty().Max();
    }
}
