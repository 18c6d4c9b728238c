namespace Asm.Projects.Documents;

/// <summary>Where a run keeps what: paths relative to its folder, with forward slashes.</summary>
internal static class ProjectLayout
{
    /// <summary>The folder of what the run remembers.</summary>
    public const string State = ".asm";

    /// <summary>The hectares in zones.</summary>
    public const string ZoneTable = "zones.csv";

    /// <summary>The zones themselves.</summary>
    public const string ZoneAreas = "zones.gpkg";

    /// <summary>The assessment.</summary>
    public const string Accuracy = "accuracy.json";

    /// <summary>The report.</summary>
    public const string Report = "report.html";

    /// <summary>The log for people.</summary>
    public const string Log = "run.log";

    /// <summary>The log for programs: a JSON object a line.</summary>
    public const string Journal = "journal.jsonl";

    /// <summary>The name of a change.</summary>
    public static string ChangeName(string before, string after) => $"{before}_to_{after}";

    /// <summary>The folder of the predictions of a tile and season.</summary>
    public static string Dates(string season, string tile) => $"dates/{season}/{tile}";

    /// <summary>The folder of the ensembles of a season, one a tile.</summary>
    public static string Tiles(string season) => $"tiles/{season}";

    /// <summary>The class map of a season.</summary>
    public static string ClassMap(string season) => $"maps/{season}.classes.tif";

    /// <summary>The polygons of a season.</summary>
    public static string Polygons(string season) => $"maps/{season}.polygons.gpkg";

    /// <summary>The change map from one season to the next.</summary>
    public static string Change(string name) => $"changes/{name}.tif";

    /// <summary>The table of a change.</summary>
    public static string ChangeTable(string name) => $"changes/{name}.csv";

    /// <summary>The heatmap of what is new.</summary>
    public static string Heatmap(string name) => $"changes/{name}.density.tif";

    /// <summary>What is new as polygons.</summary>
    public static string NewPolygons(string name) => $"changes/{name}.new.gpkg";
}
