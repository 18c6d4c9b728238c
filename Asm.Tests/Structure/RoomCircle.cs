namespace Asm.Tests.Structure;

/// <summary>Rooms of one project that use one another, and the uses among them.</summary>
internal sealed record RoomCircle(string Project, IReadOnlyList<string> Rooms, IReadOnlyList<RoomUse> Uses)
{
    // A thick arrow is not the one to cut: its first names are enough.
    private const int NamesShown = 8;

    /// <summary>The circles of a house.</summary>
    public static IReadOnlyList<RoomCircle> Find(House house) =>
        [.. house.Rooms.GroupBy(room => room.Project).SelectMany(project =>
        {
            RoomUse[] uses = [.. house.RoomUses.Where(use => use.From.Project == project.Key)];
            var graph = new ArrowGraph(project.Select(room => room.Name), uses.Select(use => (use.From.Name, use.To.Name)));
            return graph.Circles.Select(rooms => new RoomCircle(
                project.Key, rooms, [.. uses.Where(use => rooms.Contains(use.From.Name) && rooms.Contains(use.To.Name))]));
        })];

    /// <summary>The circle and what draws each of its arrows, the thinnest first.</summary>
    public override string ToString() => $"{Project}: a circle of {string.Join(", ", Rooms)}" + string.Concat(Uses
        .GroupBy(use => (use.From, use.To)).OrderBy(arrow => arrow.Count()).ThenBy(arrow => arrow.Key.ToString(), StringComparer.Ordinal)
        .Select(arrow => $"\n  {arrow.Key.From.Name} -> {arrow.Key.To.Name}:" +
            string.Concat(arrow.Take(NamesShown).Select(use => $"\n    {use.File} -> {use.Type}")) +
            (arrow.Count() > NamesShown ? $"\n    and {arrow.Count() - NamesShown} more" : "")));
}
