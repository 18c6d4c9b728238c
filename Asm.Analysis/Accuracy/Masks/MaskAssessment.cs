using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Masks;

/// <summary>
/// The agreement of a map with a reference mask, pixel by pixel: the figures of Gallwey et al. 2020, section 2.5. Pixels without data
/// in either are not counted.
/// </summary>
public sealed record MaskAssessment
{
    private const int Codes = 256;

    /// <summary>The widest border that can be left out, in pixels.</summary>
    public const int MostBoundaryPixels = 100;

    /// <summary>The map.</summary>
    public required string MapName { get; init; }

    /// <summary>The reference.</summary>
    public required string ReferenceName { get; init; }

    /// <summary>The classes: of a class map all that it names, of a change map those that map or reference have.</summary>
    public required IReadOnlyList<MapClass> Classes { get; init; }

    /// <summary>Counts of pixels and the figures from them; codes 1, 2, ... are the positions in <see cref="Classes"/>.</summary>
    public required ConfusionMatrix All { get; init; }

    /// <summary>
    /// How far from the border of a class in the reference pixels are left out in <see cref="Interior"/>; null
    /// where that was not asked for.
    /// </summary>
    public required int? BoundaryPixels { get; init; }

    /// <summary>
    /// The counts without the pixels near a border: a pixel is left out where the square of 2 x <see cref="BoundaryPixels"/> + 1 pixels
    /// around it has a pixel of another class in the reference. Pixels without data and the raster's edge make no border.
    /// </summary>
    public required ConfusionMatrix? Interior { get; init; }

    /// <summary>Compares a map with a reference.</summary>
    /// <param name="map">A class map or a change map.</param>
    /// <param name="reference">Codes as in the map, on its grid: one band of type UInt8; 0, and its no-data value, are no data.</param>
    /// <param name="boundaryPixels">
    /// How far from borders pixels are left out in a second count, 1 to <see cref="MostBoundaryPixels"/>; null: no second count.
    /// </param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="GridMismatchException">The grids differ.</exception>
    /// <exception cref="AsmException">
    /// The reference is no mask of codes, has codes or names that the map has not, or shares no pixel with it.
    /// </exception>
    public static MaskAssessment Run(ClassMap map, IRasterSource reference, int? boundaryPixels = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(reference);
        if (boundaryPixels is < 1 or > MostBoundaryPixels)
            throw new ArgumentOutOfRangeException(nameof(boundaryPixels), boundaryPixels, $"1 to {MostBoundaryPixels}");
        reference = CodesOf(map, reference, run);
        byte noData = RequireMask(map, reference);
        map.Source.Info.Grid.RequireSame(reference.Info.Grid, map.Source.Name, reference.Name);
        (long[] all, long[] interior) = Count(map.Source, reference, boundaryPixels, noData, run);
        var mapPixels = new long[Codes];
        for (int i = 0; i < all.Length; i++) mapPixels[i / Codes] += all[i];
        var legend = new ClassLegend(map, mapPixels);
        MapClass[] classes = [.. legend.Classes.Where(c =>
            !map.IsChange || mapPixels[c.Code] > 0 || Enumerable.Range(0, Codes).Any(m => all[Codes * m + c.Code] > 0))];
        int[] codes = [.. classes.Select(c => c.Code)];
        ConfusionMatrix matrix = Matrix(all, codes, noData, reference.Name, legend);
        if (matrix.Total == 0)
            throw new AsmException(reference.Name, $"has no pixel with data where {map.Source.Name} has some",
                "a reference that covers a part of the map", "check the files");
        return new MaskAssessment
        {
            MapName = map.Source.Name,
            ReferenceName = reference.Name,
            Classes = classes,
            All = matrix,
            BoundaryPixels = boundaryPixels,
            Interior = boundaryPixels is null ? null : Matrix(interior, codes, noData, reference.Name, legend),
        };
    }

    private static (long[] All, long[] Interior) Count(IRasterSource map,
        IRasterSource reference, int? boundaryPixels, byte noData, RunOptions? run)
    {
        if (boundaryPixels is not { } margin) return (CodeCounts.OfPairs(map, reference, run), []);
        WindowInput<byte> a = new(map, [0], readValidity: false), b = new(reference, [0], readValidity: false),
            c = new(new InteriorSource(reference, margin, noData), [0], readValidity: false);
        long[] both = CodeCounts.Sum("count", [a, b, c], 2 * Codes * Codes, (in WindowFrame frame, long[] counts) =>
        {
            CodeCounts.CountPairs(frame.Samples(a), frame.Samples(b), counts.AsSpan(0, Codes * Codes));
            CodeCounts.CountPairs(frame.Samples(a), frame.Samples(c), counts.AsSpan(Codes * Codes));
        }, run);
        return (both[..(Codes * Codes)], both[(Codes * Codes)..]);
    }

    private static ConfusionMatrix Matrix(long[] pairs, int[] codes, byte noData, string referenceName, ClassLegend legend)
    {
        var matrix = new ConfusionMatrix(codes.Length);
        for (int map = 1; map < Codes; map++)
            for (int reference = 1; reference < Codes; reference++)
            {
                long count = pairs[Codes * map + reference];
                if (count == 0 || (noData != 0 && reference == noData)) continue;
                int at = Array.IndexOf(codes, reference);
                if (at < 0)
                    throw new AsmException(referenceName, $"holds the value {reference}", $"0 (no data) or {legend.Words}",
                        "give a mask of the map's codes, or declare the value as no data: gdal_translate -a_nodata");
                matrix.Add(Array.IndexOf(codes, map) + 1, at + 1, count);
            }
        return matrix;
    }

    /// <summary>
    /// The reference as codes of the map, by the rules for class maps: where it counts from 0, its codes are one higher.
    /// </summary>
    private static IRasterSource CodesOf(ClassMap map, IRasterSource reference, RunOptions? run) =>
        reference.Info.Bands.Count == 1 && (reference.Info.SampleType != SampleType.UInt8 || !map.IsChange)
            ? ClassMap.Of(reference, run).Source
            : reference;

    /// <summary>The code that is no data beside 0, or 0.</summary>
    private static byte RequireMask(ClassMap map, IRasterSource reference)
    {
        RasterInfo info = reference.Info;
        if (info.Bands.Count != 1 || info.SampleType != SampleType.UInt8)
            throw new AsmException(reference.Name, $"has {info.Bands.Count} bands of type {info.SampleType}",
                "a mask of codes: one band of type UInt8", "take the band of the codes: gdal_translate -b 1 IN OUT");
        for (int code = 1; code < info.ClassNames.Count; code++)
        {
            string name = map.NameOf(code);
            if (info.ClassNames[code].Length > 0 && map.Source.Info.ClassNames.Count > code && !map.IsChange
                && !string.Equals(name, info.ClassNames[code], StringComparison.OrdinalIgnoreCase))
                throw new AsmException(reference.Name, $"calls code {code} {info.ClassNames[code]}, {map.Source.Name} calls it {name}",
                    "the same classes in the same order", "recode the reference");
        }
        return info.Bands[0].NoData is { } value && value is >= 0 and <= 255 && value == Math.Floor(value)
            ? byte.CreateTruncating(value)
            : (byte)0;
    }
}
