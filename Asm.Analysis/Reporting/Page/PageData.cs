using System.Text.Json.Nodes;
using Asm.Analysis.Reporting.Run;
using Asm.Raster.Projections;

namespace Asm.Analysis.Reporting.Page;

/// <summary>All that the page is told, but for its pictures. Asm.Web/src/report/data.ts has the same shape.</summary>
internal sealed record PageData
{
    /// <summary>The title of the project.</summary>
    public required string Title { get; init; }

    /// <summary>The program that made the maps.</summary>
    public required string Tool { get; init; }

    /// <summary>The model.</summary>
    public required ManifestModel Model { get; init; }

    /// <summary>The classes.</summary>
    public required IReadOnlyList<ManifestClass> Classes { get; init; }

    /// <summary>The code of the class that the page follows.</summary>
    public required int Followed { get; init; }

    /// <summary>The map's system and extent.</summary>
    public required PageMap Map { get; init; }

    /// <summary>The seasons.</summary>
    public required IReadOnlyList<PageSeason> Seasons { get; init; }

    /// <summary>The changes.</summary>
    public required IReadOnlyList<PageChange> Changes { get; init; }

    /// <summary>The zones; null where there are none.</summary>
    public required PageZones? Zones { get; init; }

    /// <summary>The season or change that was assessed; null where none was.</summary>
    public required string? AccuracyMap { get; init; }

    /// <summary>What asm assess wrote; null where nothing was assessed.</summary>
    public required JsonNode? Accuracy { get; init; }

    /// <summary>Warnings.</summary>
    public required IReadOnlyList<ManifestWarning> Warnings { get; init; }

    /// <summary>Options of the run.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }
}

/// <summary>A season on the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ZoneMap">What the zone table calls its map.</param>
/// <param name="Hectares">The area of each class, in the order of the run's classes.</param>
/// <param name="NoDataHectares">The area without data.</param>
/// <param name="Scene">The scene in true colours; null where there is none.</param>
/// <param name="Classes">The class map.</param>
/// <param name="Probabilities">Probabilities of the followed class; null where they were not kept.</param>
/// <param name="Confidence">The confidence; null where it was not kept.</param>
/// <param name="Polygons">The season's polygons; null where there are none.</param>
/// <param name="Dates">The scenes behind it.</param>
internal sealed record PageSeason(string Name, string ZoneMap, double[] Hectares, double NoDataHectares,
    PagePicture? Scene, PagePicture Classes, PagePicture? Probabilities, PagePicture? Confidence,
    PageShapes? Polygons, IReadOnlyList<ManifestDate> Dates);

/// <summary>A change on the page.</summary>
/// <param name="Before">The earlier season.</param>
/// <param name="After">The later season.</param>
/// <param name="ZoneMap">What the zone table calls its map.</param>
/// <param name="Map">The change map.</param>
/// <param name="Rows">The from-to table.</param>
/// <param name="Density">Density of what is new per km2; null where it was not made.</param>
/// <param name="Polygons">What is new; null where it was not traced.</param>
internal sealed record PageChange(string Before, string After, string ZoneMap, PagePicture Map,
    IReadOnlyList<PageChange.Row> Rows, PagePicture? Density, PageShapes? Polygons)
{
    /// <summary>A row of the from-to table.</summary>
    public sealed record Row(string From, string To, int Code, long Pixels, double Hectares);
}

/// <summary>A picture of the map as the page knows it.</summary>
/// <param name="Index">Its line among the page's pictures.</param>
/// <param name="Kind">
/// What its pixels are. "color": a WebP in true colours. Else a grey PNG whose samples the page colours, 0 no data: "codes" as in the map;
/// "values" with 1 for <paramref name="Low"/> and <see cref="Steps"/> + 1 for <paramref name="High"/>.
/// </param>
/// <param name="Extent">West, south, east and north in the map's coordinates.</param>
/// <param name="Low">The lowest value; 0 for others than "values".</param>
/// <param name="High">The highest value.</param>
internal sealed record PagePicture(int Index, string Kind, double[] Extent, double Low = 0, double High = 0)
{
    /// <summary>Values are told apart in so many steps: a hundredth of a probability; more would only make the page larger.</summary>
    public const int Steps = 100;

    /// <summary>A rectangle as the page has it.</summary>
    public static double[] ToExtent(MapBounds bounds) => [bounds.West, bounds.South, bounds.East, bounds.North];
}

/// <summary>The polygons of a file.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Hectares">The area of all of them.</param>
/// <param name="Largest">The largest ones, largest first.</param>
internal sealed record PageShapes(int Count, double Hectares, IReadOnlyList<PageShape> Largest);

/// <summary>A polygon on the page.</summary>
/// <param name="Class">What it is, such as "vegetation to mines".</param>
/// <param name="Hectares">Its area as its file has it.</param>
/// <param name="Confidence">The mean confidence, 0 to 1; null where its file has none.</param>
/// <param name="Zones">The zones that hold its inner point; empty where there are none.</param>
/// <param name="Place">A point inside of it, easting and northing.</param>
/// <param name="Polygons">Polygons of rings of positions, simplified to about a pixel of the pictures.</param>
internal sealed record PageShape(string Class, double Hectares,
    double? Confidence, string[] Zones, double[] Place, double[][][][] Polygons);

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
