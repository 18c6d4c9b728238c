using Asm.Analysis.Accuracy.Reports;
using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Analysis.Polygons;
using Asm.Analysis.Reporting.Page;
using Asm.Analysis.Zones;
using Asm.Inference.Prediction;
using Asm.Maps.Stages;
using Asm.Raster.Windows;

namespace Asm.Projects.Documents;

/// <summary>
/// A project: what <c>asm run</c> is to make of which scenes. <see cref="ProjectReader"/> reads it from a file; paths are then absolute.
/// </summary>
/// <remarks>A stage stands here with its settings; the paths that a run has of its own are empty, and the plan fills them in.</remarks>
public sealed record Project
{
    /// <summary>The name of the file that it was read from; null for one that a program made.</summary>
    internal string? FileName { get; init; }

    /// <summary>The title of the report.</summary>
    public required string Title { get; init; }

    /// <summary>The folder of everything that the run writes.</summary>
    public required string Output { get; init; }

    /// <summary>The model; null for the one that comes with the program.</summary>
    public string? Model { get; init; }

    /// <summary>The seasons in order of time; one at least.</summary>
    public required IReadOnlyList<ProjectSeason> Seasons { get; init; }

    /// <summary>Ground that is left out.</summary>
    public IReadOnlyList<ProjectMask> Masks { get; init; } = [];

    /// <summary>The class that is followed: in heatmaps, polygons and report.</summary>
    public string Class { get; init; } = "mines";

    /// <summary>Look at scenes before they are predicted; errors then stop the run before it starts.</summary>
    public bool Preflight { get; init; } = true;

    /// <summary>Tiling, cloud rule and radiometry.</summary>
    public PredictStage Prediction { get; init; } =
        new() { Scene = "", ModelPath = "", Directory = "", Name = "", Outputs = PredictionOutputs.Probabilities, Overwrite = true };

    /// <summary>Which tile decides where several have data, and what is known of the grid of the maps.</summary>
    public MosaicStage Mosaic { get; init; } = new() { Inputs = [], OutputPath = "", Overwrite = true };

    /// <summary>Kernel, bandwidth and cell size of heatmaps.</summary>
    public HeatmapStage Heatmap { get; init; } = new() { Map = "", OutputPath = "", Overwrite = true };

    /// <summary>Which polygons are left out, and what belongs together.</summary>
    public PolygonsStage Polygons { get; init; } = new() { Map = "", OutputPath = "", Overwrite = true };

    /// <summary>The zones; null: no table is made.</summary>
    public ZonesStage? Zones { get; init; }

    /// <summary>The labelled points; null: no accuracy is told.</summary>
    public ProjectAccuracy? Accuracy { get; init; }

    /// <summary>The size of the report's pictures, and its polygons.</summary>
    public ReportStage Report { get; init; } = new() { RunDirectory = "", OutputPath = "", Overwrite = true };

    /// <summary>The stages by the sections of the file that have their settings; null where the project has no such section.</summary>
    internal IReadOnlyList<(string Section, IStage? Stage)> Stages =>
    [
        ("prediction", Prediction), ("mosaic", Mosaic), ("heatmap", Heatmap), ("polygons", Polygons),
        ("zones", Zones), ("accuracy", Accuracy?.Stage), ("report", Report),
    ];

    /// <summary>
    /// Colours of classes in the report in place of the model's, by the names of the classes. Nothing of it touches the maps.
    /// </summary>
    public IReadOnlyDictionary<string, Rgb> Colours { get; init; } = new Dictionary<string, Rgb>();
}

/// <summary>A season of a project.</summary>
/// <param name="Name">Its name: letters, digits, dots, dashes and underscores, for it becomes part of file names.</param>
/// <param name="Tiles">Its tiles, one at least.</param>
public sealed record ProjectSeason(string Name, IReadOnlyList<ProjectTile> Tiles);

/// <summary>A tile of a season.</summary>
/// <param name="Name">Its name, such as "30NXM".</param>
/// <param name="Scenes">Stacks or products of the tile, one a date, one at least.</param>
public sealed record ProjectTile(string Name, IReadOnlyList<string> Scenes);

/// <summary>Ground that a project leaves out.</summary>
/// <param name="File">The vector file.</param>
/// <param name="Layer">Its layer; null for the only one.</param>
/// <param name="BufferMetres">How far around the polygons is left out too.</param>
public sealed record ProjectMask(string File, string? Layer, double BufferMetres);

/// <summary>The labelled points of a project.</summary>
/// <param name="Stage">The points and how they are read.</param>
/// <param name="Map">What they assess: the name of a season, or BEFORE_to_AFTER of a change.</param>
public sealed record ProjectAccuracy(AssessStage Stage, string Map);
