using System.Text.Json.Nodes;
using Asm.Analysis.Reporting.Run;

namespace Asm.Analysis.Reporting.Page;

/// <summary>All that the page is told, but for its pictures. Asm.Web/src/report/data.ts has the same shape.</summary>
internal sealed record PageData
{
    /// <summary>The title of the project.</summary>
    public required string Title { get; init; }

    /// <summary>The program that made the maps.</summary>
    public required string Tool { get; init; }

    /// <summary>The model.</summary>
    public required RunModel Model { get; init; }

    /// <summary>The classes.</summary>
    public required IReadOnlyList<RunClass> Classes { get; init; }

    /// <summary>The code of the class that the page follows.</summary>
    public required int Followed { get; init; }

    /// <summary>The map's system and extent.</summary>
    public required PageMap Map { get; init; }

    /// <summary>The seasons.</summary>
    public required IReadOnlyList<PageSeason> Seasons { get; init; }

    /// <summary>The changes.</summary>
    public required IReadOnlyList<PageChange> Changes { get; init; }

    /// <summary>The zones; null where there are none.</summary>
    public required PageZones? Zones { get; init; }

    /// <summary>The season or change that was assessed; null where none was.</summary>
    public required string? AccuracyMap { get; init; }

    /// <summary>What asm assess wrote; null where nothing was assessed.</summary>
    public required JsonNode? Accuracy { get; init; }

    /// <summary>Warnings.</summary>
    public required IReadOnlyList<RunWarning> Warnings { get; init; }

    /// <summary>Options of the run.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }
}
