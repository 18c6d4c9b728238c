using Asm.Analysis.Heatmaps;
using Asm.Analysis.Mosaicing;
using Asm.Inference.Prediction;

namespace Asm.Projects.Documents;

/// <summary>A project: what <c>asm run</c> is to make of which scenes. <see cref="ProjectReader"/> reads it from a file; paths are then absolute.</summary>
public sealed record Project
{
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

    /// <summary>Tiling and cloud rule.</summary>
    public PredictionOptions Prediction { get; init; } = new();

    /// <summary>Look at scenes before they are predicted; errors then stop the run before it starts.</summary>
    public bool Preflight { get; init; } = true;

    /// <summary>Which tile decides where several have data.</summary>
    public MosaicRule MosaicRule { get; init; } = MosaicRule.MaxClass;

    /// <summary>What is known of the grid of the maps.</summary>
    public MosaicGrid Grid { get; init; } = new();

    /// <summary>The class that is followed: in density, polygons and report.</summary>
    public string Class { get; init; } = "mines";

    /// <summary>Kernel, bandwidth and cell size of densities.</summary>
    public DensityOptions Density { get; init; } = new();

    /// <summary>Polygons of less are left out, in hectares.</summary>
    public double MinPolygonHectares { get; init; }

    /// <summary>The zones; null: no table is made.</summary>
    public ProjectZones? Zones { get; init; }

    /// <summary>The labelled points; null: no accuracy is told.</summary>
    public ProjectAccuracy? Accuracy { get; init; }

    /// <summary>What the report looks like.</summary>
    public ProjectReport Report { get; init; } = new();
}
