using System.Globalization;
using Asm.Analysis.Accuracy;
using Asm.Analysis.Changes;
using Asm.Analysis.Ensembling;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Polygons;
using Asm.Analysis.Zones;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Grids;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Cli.Demonstration;

/// <summary>Compares what a run made at each step with the simulated truth.</summary>
/// <param name="place">The place.</param>
/// <param name="directory">The folder of the demonstration; the same products of the truth go into "truth".</param>
/// <param name="results">The folder of the run.</param>
/// <param name="classes">Names of the classes; the first one is followed.</param>
internal sealed class DemoErrors(DemoPlace place, string directory, string results, IReadOnlyList<string> classes)
{
    private const int MinesCode = 1;

    /// <summary>A line for each step.</summary>
    public IEnumerable<string> Tell(RunOptions run)
    {
        string mines = classes[MinesCode - 1];
        yield return $"{"step",-34}{"mean IoU",10}{$"{mines} IoU",12}{$"{mines} ha",12}{"true ha",12}";
        yield return Line($"one date (mean of {DemoPlace.Seasons.Count * DemoPlace.Tiles.Count * DemoPlace.Dates})", [.. Dates(run)]);
        yield return Line("ensembles of dates", [.. Tiles(run)]);
        for (int season = 0; season < DemoPlace.Seasons.Count; season++)
            yield return Line($"mosaic {DemoPlace.Seasons[season]}",
                [Compare(Result($"maps/{DemoPlace.Seasons[season]}.classes.tif"), place.Truth(season), run)]);
        string name = string.Join("_to_", DemoPlace.Seasons), truth = Path.Combine(directory, "truth", $"{name}.tif");
        new ChangeStage
        {
            Maps = [.. Enumerable.Range(0, DemoPlace.Seasons.Count).Select(season => place.Truth(season))],
            OutputPath = truth,
            Overwrite = true
        }.Run(run);
        yield return ChangeLine($"new {mines}, change {name}", Result($"changes/{name}.tif"), truth, run);
        yield return DensityLine(name, truth, run);
        yield return ZonesLine(mines, name, truth, run);
        yield return PolygonsLine(mines, name, truth, run);
    }

    private string Result(string path) => Path.Combine(results, path);

    private IEnumerable<ConfusionMatrix> Dates(RunOptions run)
    {
        foreach ((int season, int tile) in SeasonTiles())
            for (int date = 0; date < DemoPlace.Dates; date++)
            {
                // The ensemble of one date is that date.
                var one = new EnsembleStage
                {
                    Inputs = [Result($"dates/{DemoPlace.Seasons[season]}/{DemoPlace.Tiles[tile]}/date{date + 1}.probabilities.tif")],
                    Directory = Path.Combine(directory, "truth"),
                    Name = $"{DemoPlace.Seasons[season]}.{DemoPlace.Tiles[tile]}.date{date + 1}",
                    Outputs = EnsembleOutputs.Classes,
                    Overwrite = true
                };
                one.Run(run);
                string map = one.PathOf("classes");
                yield return Compare(map, place.Truth(season, tile), run);
                File.Delete(map);
                File.Delete($"{map}.aux.xml");
            }
    }

    private IEnumerable<ConfusionMatrix> Tiles(RunOptions run) =>
        SeasonTiles().Select(at => Compare(Result($"tiles/{DemoPlace.Seasons[at.Season]}/{DemoPlace.Tiles[at.Tile]}.classes.tif"),
            place.Truth(at.Season, at.Tile), run));

    private static IEnumerable<(int Season, int Tile)> SeasonTiles() =>
        Enumerable.Range(0, DemoPlace.Seasons.Count)
            .SelectMany(season => Enumerable.Range(0, DemoPlace.Tiles.Count).Select(tile => (season, tile)));

    private ConfusionMatrix Compare(string map, string truth, RunOptions run)
    {
        using IRasterSource found = run.Open(map), known = run.Open(truth);
        return ConfusionMatrix.Of(found, known, classes.Count, run);
    }

    private string Line(string step, ConfusionMatrix[] matrices) => string.Create(CultureInfo.InvariantCulture,
        $"{step,-34}{matrices.Average(m => m.MeanIntersectionOverUnion),10:0.000}"
        + $"{matrices.Average(m => m.IntersectionOverUnion(MinesCode)),12:0.000}"
        + $"{matrices.Average(m => Hectares(m, byMap: true)),12:0.0}{matrices.Average(m => Hectares(m, byMap: false)),12:0.0}");

    /// <summary>Hectares of mines where both map and truth have data.</summary>
    private double Hectares(ConfusionMatrix matrix, bool byMap) =>
        Enumerable.Range(1, classes.Count).Sum(code => byMap ? matrix[MinesCode, code] : matrix[code, MinesCode]) / 100.0;

    private string ChangeLine(string step, string map, string truth, RunOptions run)
    {
        int most = 11 * classes.Count;
        using IRasterSource found = run.Open(map), known = run.Open(truth);
        ConfusionMatrix matrix = ConfusionMatrix.Of(found, known, most, run);
        int[] isNew = [.. Enumerable.Range(2, classes.Count - 1).Select(before => 10 * before + MinesCode)],
            all = [.. Enumerable.Range(1, most)];
        long both = Sum(matrix, isNew, isNew), mapped = Sum(matrix, isNew, all), real = Sum(matrix, all, isNew);
        return string.Create(CultureInfo.InvariantCulture,
            $"{step,-34}{"",10}{(double)both / Math.Max(1, mapped + real - both),12:0.000}{mapped / 100.0,12:0.0}{real / 100.0,12:0.0}");
    }

    private static long Sum(ConfusionMatrix matrix, int[] maps, int[] references) =>
        maps.Sum(map => references.Sum(reference => matrix[map, reference]));

    private string DensityLine(string name, string truth, RunOptions run)
    {
        string density = Path.Combine(directory, "truth", $"{name}.density.tif");
        HeatmapSummary known = new HeatmapStage { Map = truth, OutputPath = density, Overwrite = true }.Run(run).Summary;
        using IRasterSource found = run.Open(Result($"changes/{name}.density.tif")), real = run.Open(density);
        GeoGrid grid = found.Info.Grid;
        (float[] a, float[] b) = (new float[grid.Width], new float[grid.Width]);
        double difference = 0;
        for (int row = 0; row < grid.Height; row++)
        {
            found.Read(new PixelWindow(0, row, grid.Width, 1), [0], a.AsSpan());
            real.Read(new PixelWindow(0, row, grid.Width, 1), [0], b.AsSpan());
            for (int column = 0; column < grid.Width; column++) difference += Math.Abs(a[column] - b[column]);
        }
        double mean = difference / ((double)grid.Width * grid.Height),
            truly = known.Integral / (grid.Width * grid.PixelWidth * grid.Height * grid.PixelHeight / 1e6);
        return string.Create(CultureInfo.InvariantCulture, $"density: mean error {mean:0.0} pixels per km2, "
            + $"where the truth has {truly:0.0} on average and {known.HighestPerKm2:0.0} at most");
    }

    private string ZonesLine(string mines, string name, string truth, RunOptions run)
    {
        ZoneTable Measure(string map, string output) => new ZonesStage
        {
            Maps = [map],
            Zones = place.Districts,
            OutputPath = output,
            Options = new() { IdField = "name" },
            Overwrite = true
        }.Run(run);
        string table = Path.Combine(directory, "truth", "zones.csv");
        Dictionary<string, double> New(ZoneTable zones) => zones.Rows.Where(r =>
            r.Part == ZonePart.Inside && r.Zone != ZoneRow.AllZones && r.Class.EndsWith($" to {mines}", StringComparison.Ordinal)
            && !r.Class.StartsWith($"{mines} to", StringComparison.Ordinal))
            .GroupBy(r => r.Zone).ToDictionary(g => g.Key, g => g.Sum(r => r.Hectares ?? 0));
        Dictionary<string, double> real = New(Measure(truth, table)), found = New(Measure(Result($"changes/{name}.tif"), table));
        File.Delete(table);
        string worst = real.Keys.MaxBy(zone => Math.Abs(found.GetValueOrDefault(zone) - real[zone]))!;
        return string.Create(CultureInfo.InvariantCulture,
            $"zones: the largest error of new {mines} is in {worst}: {found.GetValueOrDefault(worst):0.0} ha, truly {real[worst]:0.0} ha");
    }

    private string PolygonsLine(string mines, string name, string truth, RunOptions run)
    {
        string file = Path.Combine(directory, "truth", $"{name}.new.gpkg");
        PolygonSummary real = new PolygonsStage { Map = truth, OutputPath = file, Classes = [mines], Overwrite = true }.Run(run);
        VectorLayer found = VectorFile.Read(Result($"changes/{name}.new.gpkg"));
        return string.Create(CultureInfo.InvariantCulture,
            $"polygons: {found.Features.Count} of new {mines}, {found.Features.Sum(f => (double)f.Attributes["hectares"]!):0.0} ha; "
            + $"truly {real.Regions}, {real.Hectares:0.0} ha");
    }
}
