using System.Diagnostics;
using System.Globalization;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>
/// Changes between class maps of seasons: codes 10 x before + after, 0 where either is no data; see <see cref="ChangeCode"/>.
/// </summary>
public static class Change
{
    /// <summary>
    /// The pairs of seasons that are compared: every two neighbours, then, of more than two seasons, the first and the last.
    /// </summary>
    public static IReadOnlyList<SeasonPair> Pairs(int seasons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seasons, 2);
        IEnumerable<SeasonPair> neighbours = Enumerable.Range(0, seasons - 1).Select(i => new SeasonPair(i, i + 1));
        return seasons == 2 ? [.. neighbours] : [.. neighbours, new SeasonPair(0, seasons - 1)];
    }

    /// <summary>Compares the maps, all in one pass, and completes the sinks: all of them, or none where anything fails.</summary>
    /// <param name="seasons">Class maps of one grid and the same classes, 2 to 9, in order of time.</param>
    /// <param name="sinks">Where the results go.</param>
    /// <param name="options">The class that is followed; null for the defaults.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults. Results do not depend on them.</param>
    /// <exception cref="AsmException">
    /// The maps do not belong together, a pixel has a code without a class, the memory is too little, or a raster
    /// cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ChangeSummary Run(IReadOnlyList<ClassMap> seasons,
        ChangeSinks sinks, ChangeOptions? options = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        options ??= new ChangeOptions();
        var clock = Stopwatch.StartNew();
        try
        {
            IReadOnlyList<MapClass> classes = RequireComparable(seasons);
            IReadOnlyList<SeasonPair> pairs = Pairs(seasons.Count);
            if (sinks.Changes.Count != pairs.Count)
                throw new ArgumentException($"{sinks.Changes.Count} sinks for {pairs.Count} changes", nameof(sinks));
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ConfirmingSeasons);
            var pass = new ChangePass(seasons, classes.Count, pairs, sinks,
                (byte)FollowedClass(classes, options.ClassName, seasons[0].Source.Name).Code, options.ConfirmingSeasons);
            pass.Run(run ?? new RunOptions());
            return pass.Summarise(classes, HectaresPerPixel(seasons[0].Source), clock.Elapsed);
        }
        catch
        {
            foreach (IRasterSink sink in sinks.All) sink.Dispose();
            throw;
        }
    }

    /// <summary>The classes of maps that can be compared, with a name for every code.</summary>
    /// <exception cref="AsmException">They cannot; the message says which and why.</exception>
    public static IReadOnlyList<MapClass> RequireComparable(IReadOnlyList<ClassMap> seasons)
    {
        ArgumentNullException.ThrowIfNull(seasons);
        if (seasons.Count < 2)
            throw new AsmException("change", $"{seasons.Count} maps", "class maps of two seasons or more", "give BEFORE.tif and AFTER.tif");
        ClassMap first = seasons[0];
        GeoGrid grid = first.Source.Info.Grid;
        foreach (ClassMap map in seasons)
        {
            if (map.IsChange)
                throw new AsmException(map.Source.Name, "is a map of changes", "class maps",
                    "give the class maps of the seasons, such as NAME.classes.tif");
            GeoGrid own = map.Source.Info.Grid;
            if (!grid.IsSameAs(own))
            {
                grid.RequireCrs(first.Source.Name, ", so areas are not known");
                own.RequireCrs(map.Source.Name, ", so areas are not known");
                throw new GridMismatchException(grid, first.Source.Name, own, map.Source.Name,
                    "its grid differs from that of", "the same size, origin, pixel size and CRS",
                    $"bring it onto the grid of the other: {CommandOnto(grid, own, map.Source.Name)}");
            }
            MapClasses.RequireSame(first.Classes, first.Source.Name, map.Classes, map.Source.Name);
        }
        IReadOnlyList<MapClass> classes = MapClasses.WithoutGaps(first.Classes);
        if (classes.Count is < 2 or > ChangeCode.MostClasses)
            throw new AsmException(first.Source.Name, $"has codes up to {classes.Count}",
                $"2 to {ChangeCode.MostClasses} classes, so that each pair has a code of two digits",
                classes.Count < 2
                    ? "give maps that name two classes or more"
                    : "join classes, such as all from 9 on: gdal_calc.py -A IN --calc 'minimum(A,9)' --outfile OUT; "
                        + "and name those that are left in OUT.aux.xml (CategoryNames)");
        _ = HectaresPerPixel(first.Source);
        return classes;
    }

    /// <summary>The class that a name or code denotes; where none is given mines, else the first.</summary>
    internal static MapClass FollowedClass(IReadOnlyList<MapClass> classes, string? word, string mapName)
    {
        MapClass? Find(string name) => classes.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (word is null) return Find(ClassMap.DefaultClasses[0].Name) ?? classes[0];
        return Find(word) ?? classes.FirstOrDefault(c => $"{c.Code}" == word)
            ?? throw new AsmException(mapName, $"has no class '{word}'",
                $"one of {string.Join(", ", classes.Select(c => c.Name))}", "give one of these with `class`");
    }

    private static double HectaresPerPixel(IRasterSource map)
    {
        GeoGrid grid = map.Info.Grid;
        Crs crs = grid.RequireCrs(map.Name, ", so areas are not known");
        if (crs.MetresPerUnit is not { } metres)
            throw new AsmException(map.Name, $"is in {crs}, in degrees, whose pixels have no common area",
                "a CRS in metres",
                $"reproject every map: asm mosaic {CommandText.Quote(map.Name)} -o OUT.tif --crs EPSG:326zz --resolution 10",
                AsmErrorCode.Crs);
        return grid.PixelWidth * grid.PixelHeight * metres * metres / 10_000;
    }

    /// <summary>What brings a map onto a grid: asm mosaic where it makes these pixels, else gdalwarp.</summary>
    private static string CommandOnto(GeoGrid grid, GeoGrid own, string name)
    {
        // asm mosaic keeps the pixels of a map in the CRS and of the size wanted; others come on multiples of the size.
        GeoGrid multiples = new(1, 1, new(0, 0), grid.PixelWidth, grid.PixelWidth, grid.Crs),
            like = own.Crs!.IsSameAs(grid.Crs!) && IsNear(own.PixelWidth) && IsNear(own.PixelHeight) ? own : multiples;
        if (GridAlignment.OffsetIn(like, grid) is null) return WarpCommand.OfClasses(name, grid);
        MapBounds bounds = grid.Bounds;
        return $"asm mosaic {CommandText.Quote(name)} -o OUT.tif --rule first --crs {CommandText.Quote(grid.Crs!.ToText())} --resolution "
            + string.Create(CultureInfo.InvariantCulture,
                $"{grid.PixelWidth:R} --bounds {bounds.West:R},{bounds.South:R},{bounds.East:R},{bounds.North:R}");

        bool IsNear(double size) => Math.Abs(size - grid.PixelWidth) <= 1e-9 * grid.PixelWidth;
    }
}
