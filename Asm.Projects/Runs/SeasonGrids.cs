using Asm.Analysis.Mosaicing;
using Asm.Inference.Preparation;
using Asm.Projects.Documents;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Projects.Runs;

/// <summary>
/// Do the maps of all seasons come on one grid? A mosaic keeps the pixels that most of its tiles have, so a season whose scenes are shifted
/// by part of a pixel gives a map that cannot be compared with the others.
/// </summary>
internal static class SeasonGrids
{
    /// <summary>A fault for each scene that keeps its season from the grid of the maps.</summary>
    /// <param name="project">The project.</param>
    /// <param name="scenes">Its scenes by their paths.</param>
    /// <param name="grid">The grid of the maps.</param>
    /// <exception cref="AsmException">A season gives no map at all.</exception>
    public static IEnumerable<AsmException> Faults(Project project, IReadOnlyDictionary<string, CheckedScene> scenes, GeoGrid grid)
    {
        MosaicGrid mosaic = project.Mosaic.Grid with { Crs = grid.Crs, Bounds = grid.Bounds };
        bool Fits(IEnumerable<string> paths) => mosaic.Over([.. paths.Select(path => (path, scenes[path].Grid))]).IsSameAs(grid);
        IEnumerable<string> ScenesOf(ProjectSeason season) => season.Tiles.SelectMany(tile => tile.Scenes);

        ProjectSeason[] apart = [.. project.Seasons.Where(season => !Fits(season.Tiles.Select(tile => tile.Scenes[0])))];
        if (apart.Length == 0) yield break;
        string? fitting = project.Seasons.SelectMany(ScenesOf).FirstOrDefault(path => Fits([path]));
        string others = fitting is null ? $"of the maps, {grid}" : $"of {fitting}, {scenes[fitting].Grid}";
        foreach (string path in apart.SelectMany(ScenesOf).Distinct().Where(path => !Fits([path])))
            yield return new(path, $"has the grid {scenes[path].Grid}, whose pixels do not coincide with those {others}",
                "seasons whose pixels coincide, as their maps are compared",
                $"bring it onto those pixels, and give the new file in its place: {Command(path, Onto(grid, scenes[path].Grid, path))}",
                AsmErrorCode.Grid);
    }

    /// <summary>The ground of a scene in the pixels of a grid: no corner moves by more than half a pixel.</summary>
    private static GeoGrid Onto(GeoGrid grid, GeoGrid scene, string name)
    {
        MapBounds bounds = TileExtent.BoundsIn(grid.Crs!, scene, name);
        (double left, double top) = grid.ToPixel(new(bounds.West, bounds.North));
        (double right, double bottom) = grid.ToPixel(new(bounds.East, bounds.South));
        (int column, int row) = ((int)Math.Round(left), (int)Math.Round(top));
        return grid.Crop(new(column, row, Math.Max(1, (int)Math.Round(right) - column), Math.Max(1, (int)Math.Round(bottom) - row)));
    }

    /// <summary>Products and folders are made a stack first.</summary>
    private static string Command(string path, GeoGrid target) => File.Exists(path) && BandFileFinder.IsGeoTiff(path)
        ? WarpCommand.Of(path, target, "bilinear")
        : $"asm prepare {CommandText.Quote(path)} -o STACK.tif && {WarpCommand.Of("STACK.tif", target, "bilinear")}";
}
