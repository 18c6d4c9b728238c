using System.Globalization;
using Asm.Analysis.Accuracy.Points;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Analysis.Accuracy.Sampling;

/// <summary>Brings the labels of a smaller sample into a larger one of the same map and seed.</summary>
internal static class LabelCarrier
{
    /// <summary>
    /// The points of a sample; those on pixels of an older one have its ids and references, the others ids that are free.
    /// </summary>
    /// <param name="points">The new sample.</param>
    /// <param name="old">The older one.</param>
    /// <param name="grid">The map's grid.</param>
    /// <param name="mapName">The map, for messages.</param>
    /// <exception cref="AsmException">A labelled point is not in the new sample: its label would be lost.</exception>
    public static PointTable Carry(PointTable points, PointTable old, GeoGrid grid, string mapName)
    {
        PixelOffset[] oldPixels = PlacedPoints.Place(grid, mapName, old), newPixels = PlacedPoints.Place(grid, mapName, points);
        var byPixel = new Dictionary<PixelOffset, SamplePoint>();
        for (int i = 0; i < oldPixels.Length; i++) byPixel.TryAdd(oldPixels[i], old.Points[i]);
        HashSet<PixelOffset> drawn = [.. newPixels];
        if (byPixel.Where(p => p.Value.Reference.Length > 0 && !drawn.Contains(p.Key))
            .Select(p => p.Value).ToArray() is { Length: > 0 } lost)
            throw new AsmException(old.Name, $"{lost.Length} labelled points are not in the new sample, the first in row {lost[0].Row}",
                "a sample of the same map and seed with as many points of each class or more",
                "give the seed and the allocation of that sample, with larger numbers");
        var taken = old.Points.Select(p => p.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        int next = 0;
        string FreeId()
        {
            string id;
            do id = (++next).ToString(CultureInfo.InvariantCulture);
            while (taken.Contains(id));
            return id;
        }
        return points with
        {
            Points = [.. points.Points.Select((p, i) => byPixel.TryGetValue(newPixels[i], out SamplePoint? known)
                ? p with { Id = known.Id, Reference = known.Reference }
                : p with { Id = FreeId() })],
        };
    }
}
