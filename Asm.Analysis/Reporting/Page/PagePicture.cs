using Asm.Raster.Projections;

namespace Asm.Analysis.Reporting.Page;

/// <summary>A picture of the map as the page knows it.</summary>
/// <param name="Index">Its line among the page's pictures.</param>
/// <param name="Kind">
/// What its pixels are. "color": a WebP in true colours. Else a grey PNG whose samples the page colours, 0 no data: "codes" as in the map; "values" with
/// 1 for <paramref name="Low"/> and <see cref="Steps"/> + 1 for <paramref name="High"/>.
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
