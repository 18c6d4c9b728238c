using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Analysis.Reporting.Run;
using Asm.Analysis.Zones;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Analysis.Reporting.Page;

/// <summary>Gathers what a page shows from the folder of a run.</summary>
internal sealed class PageBuilder
{
    private const double SquareMetresPerHectare = 10_000;

    private readonly RunManifest _manifest;
    private readonly string _directory;
    private readonly RunOptions _run;
    private readonly ManifestClass _followed;
    private readonly PageMap _map;
    private readonly PagePictures _pictures;
    private readonly PageVectors _vectors;
    private readonly int _steps;
    private int _done;

    /// <summary>Looks at the run.</summary>
    public PageBuilder(RunManifest manifest, ReportStage stage, PictureStore store, RunOptions run)
    {
        (_manifest, _directory, _run, _followed) = (manifest, stage.RunDirectory, run, Followed(manifest, stage.Class, stage.RunDirectory));
        using IRasterSource first = _run.Open(PathOf(manifest.Seasons[0].ClassMap));
        double metres = Ground.MetresPerUnit(first, "a map of the report");
        Crs crs = first.Info.Grid.Crs!;
        MapBounds bounds = manifest.Seasons.Select(season => BoundsIn(crs, PathOf(season.ClassMap))).Aggregate((a, b) => a.Union(b));
        _map = PageMap.Of(crs, bounds);
        _pictures = new(store, crs, stage.PictureSidePixels, run);
        _vectors = new(crs, Math.Max(first.Info.Grid.PixelWidth,
            Math.Max(bounds.East - bounds.West, bounds.North - bounds.South) / stage.PictureSidePixels), stage.MostPolygons);
        _steps = manifest.Seasons.Count + manifest.Changes.Count + 1;
    }

    /// <summary>Gathers all of it; the pictures are in the store then.</summary>
    public PageData Build()
    {
        // Before the polygons, which tell the zones they lie in.
        PageZones? zones = _manifest.Zones is { } its ? _vectors.Zones(PathOf(its.Table), PathOf(its.Areas), its) : null;
        Tell();
        return new PageData
        {
            Title = _manifest.Title,
            Tool = _manifest.Tool,
            Model = _manifest.Model,
            Classes = _manifest.Classes,
            Followed = _followed.Code,
            Map = _map,
            Seasons = [.. _manifest.Seasons.Select(Season)],
            Changes = [.. _manifest.Changes.Select(Change)],
            Zones = zones,
            AccuracyMap = _manifest.Accuracy?.Map,
            Accuracy = _manifest.Accuracy is { } accuracy ? ReadJson(PathOf(accuracy.Assessment)) : null,
            Warnings = _manifest.Warnings,
            Options = _manifest.Options,
        };
    }

    private PageSeason Season(ManifestSeason season)
    {
        string path = PathOf(season.ClassMap);
        (PagePicture classes, GeoGrid grid) = _pictures.OfCodes(path);
        (double[] hectares, double without) = Areas(path);
        var made = new PageSeason(season.Name, ZonesStage.NameOf(season.ClassMap), hectares,
            without, _pictures.OfScenes(grid, [.. season.Scenes.Select(PathOf)]), classes,
            _pictures.OfShares(grid, [.. season.Probabilities.Select(PathOf)], _followed),
            _pictures.OfShares(grid, [.. season.Confidence.Select(PathOf)], null),
            season.Polygons is { } polygons ? _vectors.Polygons(PathOf(polygons)) : null, season.Dates);
        Tell();
        return made;
    }

    private PageChange Change(ManifestChange change)
    {
        var made = new PageChange(change.Before, change.After, ZonesStage.NameOf(change.ChangeMap),
            _pictures.OfCodes(PathOf(change.ChangeMap)).Picture, PageTables.Changes(PathOf(change.Table)),
            change.Density is { } density ? _pictures.OfDensity(PathOf(density)) : null,
            change.Polygons is { } polygons ? _vectors.Polygons(PathOf(polygons)) : null);
        Tell();
        return made;
    }

    private (double[] Classes, double NoData) Areas(string path)
    {
        using IRasterSource source = _run.Open(path);
        _ = ClassMap.Of(source);
        long[] pixels = CodeCounts.Of(source, _run with { Progress = null });
        double metres = Ground.MetresPerUnit(source, "an area in hectares"),
            hectares = source.Info.Grid.PixelWidth * source.Info.Grid.PixelHeight * metres * metres / SquareMetresPerHectare;
        return ([.. _manifest.Classes.Select(c => pixels[c.Code] * hectares)], pixels[0] * hectares);
    }

    private MapBounds BoundsIn(Crs crs, string path)
    {
        using IRasterSource source = _run.Open(path);
        GeoGrid grid = source.Info.Grid;
        return crs.IsSameAs(grid.Crs) ? grid.Bounds : GridProjection.Project(grid, crs).Bounds;
    }

    private static ManifestClass Followed(RunManifest manifest, string? wanted, string directory)
    {
        if (manifest.Classes.Count == 0 || manifest.Classes.Any(c => c.Code is < 1 or > 255))
            throw new AsmException(Path.Combine(directory, RunManifest.FileName),
                "names no class, or one with a code beyond 1 to 255", "the classes of the model", "run the project again");
        ManifestClass? Named(string name) =>
            manifest.Classes.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (wanted is null) return Named(ClassMap.DefaultClasses[0].Name) ?? manifest.Classes[0];
        return Named(wanted) ?? throw new AsmException(directory, $"has no class '{wanted}'",
            $"one of {string.Join(", ", manifest.Classes.Select(c => c.Name))}", "give one of these with `class`");
    }

    private static JsonNode ReadJson(string path)
    {
        try
        {
            return JsonNode.Parse(InputPath.ReadAllBytes(path)) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new AsmException(
                $"{path}: cannot be read: {e.Message}\n  expected: the JSON that asm assess wrote\n  fix: run the project again",
                e, AsmErrorCode.InputFormat);
        }
    }

    private string PathOf(string relative) => Path.Combine(_directory, relative.Replace('/', Path.DirectorySeparatorChar));

    private void Tell()
    {
        _run.Cancellation.ThrowIfCancellationRequested();
        _run.Progress?.Report(new("report", ++_done, _steps));
    }
}
