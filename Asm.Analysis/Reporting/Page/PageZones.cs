namespace Asm.Analysis.Reporting.Page;

/// <summary>The zones on the page.</summary>
/// <param name="Rows">The zone table.</param>
/// <param name="Areas">The zones' shapes.</param>
/// <param name="Notes">What was found when they were read.</param>
internal sealed record PageZones(IReadOnlyList<PageZones.Row> Rows, IReadOnlyList<PageZones.Area> Areas, IReadOnlyList<string> Notes)
{
    /// <summary>A row of the zone table; the hectares are those on the ground where the map is in degrees.</summary>
    public sealed record Row(string Zone, string Map, string Class, double Hectares, double Share, string Part, int Code);

    /// <summary>A zone's shape: polygons of rings of positions.</summary>
    public sealed record Area(string Name, double[][][][] Polygons);
}
