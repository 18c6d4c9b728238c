using Asm.Raster.Windows;
using Asm.Raster.Files;
using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Assesses map files and writes the figures: what the verb `asm assess` does. The outputs appear when all are whole.</summary>
public sealed record AssessmentFiles
{
    /// <summary>All figures as JSON; null: not written.</summary>
    public string? JsonPath { get; init; }

    /// <summary>A table of the classes; null: not written.</summary>
    public string? CsvPath { get; init; }

    /// <summary>A picture of the figures, .png; null: not drawn.</summary>
    public string? PicturePath { get; init; }

    /// <summary>Replace files that exist.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Assesses a map with labelled points.</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="points">The points.</param>
    /// <param name="strataPath">The map from whose classes they were drawn; null where it is the map itself.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">Map and points do not fit, or an output cannot be written.</exception>
    public PointAssessment RunPoints(string mapPath, PointTable points, string? strataPath = null, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        run ??= new();
        RequireFree(mapPath, points.Name, strataPath);
        using IRasterSource map = run.Open(mapPath);
        using IRasterSource? strata = strataPath is null ? null : run.Open(strataPath);
        PointAssessment result = PointAssessment.Run(ClassMap.Of(MaskedCodes.Of(map)), points, strata is null ? null : ClassMap.Of(MaskedCodes.Of(strata)), run);
        Write(stream => AssessmentJson.Write(stream, result), stream => AssessmentCsv.Write(stream, result), path => AssessmentPicture.Write(path, result, Overwrite));
        return result;
    }

    /// <summary>Assesses a map with a reference mask.</summary>
    /// <param name="mapPath">A class map or a change map.</param>
    /// <param name="referencePath">The mask, on the map's grid.</param>
    /// <param name="boundaryPixels">See <see cref="MaskAssessment.Run"/>.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">Map and mask do not fit, or an output cannot be written.</exception>
    public MaskAssessment RunMask(string mapPath, string referencePath, int? boundaryPixels = null, RunOptions? run = null)
    {
        run ??= new();
        RequireFree(mapPath, referencePath);
        using IRasterSource map = run.Open(mapPath), reference = run.Open(referencePath);
        MaskAssessment result = MaskAssessment.Run(ClassMap.Of(MaskedCodes.Of(map)), MaskedCodes.Of(reference), boundaryPixels, run);
        Write(stream => AssessmentJson.Write(stream, result), stream => AssessmentCsv.Write(stream, result), path => AssessmentPicture.Write(path, result, Overwrite));
        return result;
    }

    private void RequireFree(params string?[] inputs)
    {
        string[] paths = [.. new[] { JsonPath, CsvPath, PicturePath }.OfType<string>()];
        if (paths.GroupBy(Path.GetFullPath).FirstOrDefault(g => g.Count() > 1) is { } same) throw new AsmException(same.First(), "is the name of two outputs", "a name for each", "give another name");
        foreach (string path in paths)
            if (inputs.OfType<string>().Any(input => Path.GetFullPath(input) == Path.GetFullPath(path))) throw new AsmException(path, "is one of the inputs", "an output of another name", "give another name");
        foreach (string path in paths)
            if (!Overwrite && File.Exists(path)) throw new AsmException(path, "the file exists", "a path that is free", "give --overwrite to replace it, or another path");
    }

    private void Write(Action<Stream> json, Action<Stream> csv, Action<string> picture)
    {
        using AsideFile? jsonFile = JsonPath is null ? null : AsideFile.Create(JsonPath, Overwrite), csvFile = CsvPath is null ? null : AsideFile.Create(CsvPath, Overwrite);
        jsonFile?.Write(json);
        csvFile?.Write(csv);
        jsonFile?.Flush();
        csvFile?.Flush();
        if (PicturePath is not null) picture(PicturePath);
        jsonFile?.Complete();
        csvFile?.Complete();
    }
}
