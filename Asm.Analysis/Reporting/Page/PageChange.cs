namespace Asm.Analysis.Reporting.Page;

/// <summary>A change on the page.</summary>
/// <param name="Before">The earlier season.</param>
/// <param name="After">The later season.</param>
/// <param name="ZoneMap">What the zone table calls its map.</param>
/// <param name="Map">The change map.</param>
/// <param name="Rows">The from-to table.</param>
/// <param name="Density">Density of what is new per km2; null where it was not made.</param>
/// <param name="Polygons">What is new; null where it was not traced.</param>
internal sealed record PageChange(string Before, string After, string ZoneMap, PagePicture Map, IReadOnlyList<PageChange.Row> Rows, PagePicture? Density, PageShapes? Polygons)
{
    /// <summary>A row of the from-to table.</summary>
    public sealed record Row(string From, string To, int Code, long Pixels, double Hectares);
}
