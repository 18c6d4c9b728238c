using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Analysis.Mosaicing;

/// <summary>What is known beforehand of a mosaic's grid; the rest follows from the tiles.</summary>
public sealed record MosaicGrid
{
    /// <summary>More pixels a side than the whole equator at 10 m.</summary>
    private const double MostPixels = 5e6;

    /// <summary>The CRS; null: the one that most tiles have, ties to the first in ordinal order of the names.</summary>
    public Crs? Crs { get; init; }

    /// <summary>
    /// Side of a pixel in units of the CRS, above 0; corners then lie at multiples of it unless tiles of this CRS and size lie otherwise.
    /// Null: as most tiles of the CRS.
    /// </summary>
    public double? Resolution { get; init; }

    /// <summary>The rectangle to cover, in the CRS, widened to whole pixels; null: all of all tiles.</summary>
    public MapBounds? Bounds { get; init; }

    /// <summary>The grid for some tiles; it does not depend on their order.</summary>
    /// <param name="tiles">Names, for messages, and grids of the tiles, at least one.</param>
    /// <exception cref="AsmException">A tile has no CRS, or there is no resolution or no area.</exception>
    public GeoGrid Over(IReadOnlyList<(string Name, GeoGrid Grid)> tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        foreach ((string name, GeoGrid grid) in tiles)
            grid.RequireCrs(name, ", so its place is not known");
        Crs crs = Crs ?? MostCommon(tiles.Select(t => t.Grid), g => g.Crs!.ToString()).Crs!;
        GeoGrid like = Like(tiles, crs);
        MapBounds bounds = Bounds ?? tiles.Select(t => TileExtent.BoundsIn(crs, t.Grid, t.Name)).Aggregate((a, b) => a.Union(b));
        if (bounds.IsEmpty)
            throw new AsmException("mosaic", $"the bounds {bounds.West}, {bounds.South}, {bounds.East}, {bounds.North} have no area",
                "west, south, east, north with west below east and south below north", "correct `bounds`");

        // A thousandth of a pixel is no reason for another pixel.
        (double left, double top) = like.ToPixel(new(bounds.West, bounds.North));
        (double right, double bottom) = like.ToPixel(new(bounds.East, bounds.South));
        (left, top, right, bottom) =
            (Math.Floor(left + 1e-3), Math.Floor(top + 1e-3), Math.Ceiling(right - 1e-3), Math.Ceiling(bottom - 1e-3));
        if (!(right - left <= MostPixels && bottom - top <= MostPixels))
            throw new AsmException("mosaic",
                $"all tiles together cover {right - left:0} x {bottom - top:0} pixels of {like.PixelWidth} in {crs}",
                $"at most {MostPixels:0} a side", "give `bounds`, a larger `resolution`, or tiles of one region");
        return new((int)Math.Max(1, right - left), (int)Math.Max(1, bottom - top),
            like.ToMap(left, top), like.PixelWidth, like.PixelHeight, crs);
    }

    /// <summary>A grid of any extent that has the mosaic's pixels.</summary>
    private GeoGrid Like(IReadOnlyList<(string Name, GeoGrid Grid)> tiles, Crs crs)
    {
        GeoGrid[] same = [.. tiles.Select(t => t.Grid)
            .Where(g => g.Crs!.IsSameAs(crs) && (Resolution is not { } r || (Near(g.PixelWidth, r) && Near(g.PixelHeight, r))))];
        if (same.Length > 0)
        {
            string Pixels(GeoGrid g) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{g.PixelWidth:0.######e000} {g.PixelHeight:0.######e000} "
                + $"{Phase(g.Origin.X, g.PixelWidth)} {Phase(g.Origin.Y, g.PixelHeight)}");
            return MostCommon(same, Pixels);
        }
        if ((Resolution ?? ResolutionOfOthers(tiles, crs)) is not { } resolution)
            throw new AsmException("mosaic", $"no tile is in {crs}, so that its pixels are not known",
                "the size of a pixel", "give `resolution`, in units of the CRS");
        return new(1, 1, new(0, 0), resolution, resolution, crs);
    }

    /// <summary>The pixels of the tiles, where these and the CRS wanted are both in metres.</summary>
    private static double? ResolutionOfOthers(IReadOnlyList<(string Name, GeoGrid Grid)> tiles, Crs crs)
    {
        GeoGrid common = MostCommon(tiles.Select(t => t.Grid),
            g => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{g.PixelWidth:0.######e000}"));
        return crs.MetresPerUnit is { } to && common.Crs!.MetresPerUnit is { } from && tiles.All(t => !t.Grid.Crs!.IsGeographic)
            ? common.PixelWidth * from / to
            : null;
    }

    /// <summary>
    /// A grid of the largest group, the one furthest to the north-west of it; of equal groups the one whose key comes first.
    /// </summary>
    private static GeoGrid MostCommon(IEnumerable<GeoGrid> grids, Func<GeoGrid, string> key) =>
        grids.GroupBy(key).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .First().OrderBy(g => g.Origin.X).ThenByDescending(g => g.Origin.Y).First();

    /// <summary>Where in a pixel corners lie, in thousandths.</summary>
    private static int Phase(double origin, double size) => (int)Math.Round((origin / size - Math.Floor(origin / size)) * 1000) % 1000;

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * b;
}
