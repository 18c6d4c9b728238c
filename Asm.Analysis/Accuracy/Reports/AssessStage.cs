using Asm.Analysis.Accuracy.Masks;
using Asm.Analysis.Accuracy.Points;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Reports;

/// <summary>Assesses map files, with labelled points or a reference mask, and writes the figures: <c>asm assess</c>.</summary>
public sealed record AssessStage : Stage<AssessStage, AssessResult>
{
    /// <summary>Counting the classes of the map.</summary>
    private const double SecondsPerMegapixel = 0.010;

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<AssessStage>> List { get; } =
    [
        Setting.Of<AssessStage>(
            "crs", "CRS of x and y in the CSV, such as EPSG:4326 [default: the map's]", "EPSG:CODE, or a file of WKT1",
            s => s.PointsCrs?.ToText(), (s, text) => s with { PointsCrs = Crs.Parse(text) }),
        Setting.Whole<AssessStage>(
            "boundary",
            "With a reference mask: also leave out pixels within so many pixels, "
            + $"1 to {MaskAssessment.MostBoundaryPixels}, of a class border of it",
            1, MaskAssessment.MostBoundaryPixels, s => s.BoundaryPixels, (s, v) => s with { BoundaryPixels = v }),
    ];

    /// <summary>A class map or a change map.</summary>
    public required string Map { get; init; }

    /// <summary>Labelled points: see <see cref="PointsFile"/>; null where a mask is given.</summary>
    public string? PointsPath { get; init; }

    /// <summary>The coordinate reference system of the columns x and y of CSV; null: that of the map.</summary>
    public Crs? PointsCrs { get; init; }

    /// <summary>The map from whose classes the points were drawn; null where it is the map itself.</summary>
    public string? StrataPath { get; init; }

    /// <summary>A reference mask on the map's grid; null where points are given.</summary>
    public string? ReferencePath { get; init; }

    /// <summary>See <see cref="MaskAssessment.Run"/>.</summary>
    public int? BoundaryPixels { get; init; }

    /// <summary>All figures as JSON; null: not written.</summary>
    public string? JsonPath { get; init; }

    /// <summary>A table of the classes; null: not written.</summary>
    public string? CsvPath { get; init; }

    /// <summary>A picture of the figures, .png; null: not drawn.</summary>
    public string? PicturePath { get; init; }

    /// <inheritdoc/>
    public override string Verb => "assess";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads =>
        [.. OutputFiles.ClassMaps(new[] { Map, StrataPath, ReferencePath }.OfType<string>()), .. new[] { PointsPath }.OfType<string>()];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => [.. new[] { JsonPath, CsvPath, PicturePath }.OfType<string>()];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<AssessStage>> All => List;

    /// <inheritdoc/>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(StageNeed.StripBytes(ground.Grid, 40), ground.Megapixels * SecondsPerMegapixel, 1 << 16);
    }

    /// <inheritdoc/>
    protected override AssessResult Work(RunOptions run)
    {
        if (PointsPath is null == ReferencePath is null)
            throw new SettingException("points", "and `reference` are given both or not at all",
                "labelled points, or a reference mask", "give one of the two");
        using IRasterSource map = run.Open(Map);
        return PointsPath is null ? WithMask(map, ReferencePath!, run) : WithPoints(map, PointsFile.Read(PointsPath, PointsCrs), run);
    }

    private AssessResult WithPoints(IRasterSource map, PointTable points, RunOptions run)
    {
        using IRasterSource? strata = StrataPath is null ? null : run.Open(StrataPath);
        PointAssessment result = PointAssessment.Run(
            ClassMap.Of(MaskedCodes.Of(map), run), points, strata is null ? null : ClassMap.Of(MaskedCodes.Of(strata), run), run);
        Write(
            run, stream => AssessmentJson.Write(stream, result), stream => AssessmentCsv.Write(stream, result),
            path => AssessmentPicture.Write(path, result, Overwrite));
        return new(result, null);
    }

    private AssessResult WithMask(IRasterSource map, string referencePath, RunOptions run)
    {
        using IRasterSource reference = run.Open(referencePath);
        MaskAssessment result = MaskAssessment.Run(ClassMap.Of(MaskedCodes.Of(map), run), MaskedCodes.Of(reference), BoundaryPixels, run);
        Write(
            run, stream => AssessmentJson.Write(stream, result), stream => AssessmentCsv.Write(stream, result),
            path => AssessmentPicture.Write(path, result, Overwrite));
        return new(null, result);
    }

    private void Write(RunOptions run, Action<Stream> json, Action<Stream> csv, Action<string> picture)
    {
        using var outputs = new OutputSet(Writes, Overwrite, run);
        if (JsonPath is not null) outputs.File(JsonPath).Write(json);
        if (CsvPath is not null) outputs.File(CsvPath).Write(csv);
        if (PicturePath is not null) outputs.Write(PicturePath, picture);
        outputs.Complete();
    }
}
