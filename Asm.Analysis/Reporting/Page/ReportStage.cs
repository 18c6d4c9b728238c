using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Analysis.Reporting.Run;
using Asm.Maps.Stages;
using Asm.Raster;

namespace Asm.Analysis.Reporting.Page;

/// <summary>
/// One self-contained HTML page over a run, for people without a GIS and without a network: a map with its layers, charts, tables,
/// accuracy, warnings, methods and provenance: <c>asm report</c>. See docs/report.md.
/// </summary>
public sealed record ReportStage : Stage<ReportStage, ReportPageSummary>
{
    private const string Pictures = "/*ASM-PICTURES*/", Data = "/*ASM-DATA*/", Resource = "report.html";

    /// <summary>
    /// Bytes of memory for a pixel of a picture while it is made: means of three bands with their sums, the picture and its file.
    /// </summary>
    private const int BytesPerPixel = 64;

    private const long StripBytes = 192L << 20;

    /// <summary>For each raster that is drawn.</summary>
    private const double SecondsPerMegapixel = 0.012;

    // The encoder writes '<' as an escape, so that no text can end the element that holds the data.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    /// <summary>The settings.</summary>
    public static IReadOnlyList<Setting<ReportStage>> List { get; } =
    [
        Setting.Whole<ReportStage>(
            "picture-size",
            "The longer side of each picture of the map in pixels at most; the page's size grows with its square", 100, 8192,
            s => s.PictureSidePixels, (s, v) => s with { PictureSidePixels = v!.Value }),
        Setting.Whole<ReportStage>(
            "polygons", "Polygons of each season and change that are drawn and listed, the largest ones", 0, 1_000_000,
            s => s.MostPolygons, (s, v) => s with { MostPolygons = v!.Value }),
        Setting.Text<ReportStage>(
            "class", "The class that the page follows [default: mines, or the model's first]",
            s => s.Class, (s, v) => s with { Class = v }),
    ];

    /// <summary>The folder of a run: it holds <see cref="RunManifest.FileName"/> and what that names.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>The page, an .html file.</summary>
    public required string OutputPath { get; init; }

    /// <summary>The longer side of every picture of the map in pixels at most. The page's size grows with its square.</summary>
    public int PictureSidePixels { get; init; } = 2400;

    /// <summary>
    /// The class that the page follows: its probabilities, what is new of it. Null: "mines" where the run has it, else the first class.
    /// </summary>
    public string? Class { get; init; }

    /// <summary>Polygons of each file that are drawn and listed, the largest ones. Their number and hectares are told for all.</summary>
    public int MostPolygons { get; init; } = 2000;

    /// <inheritdoc/>
    public override string Verb => "report";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Reads => [Path.Combine(RunDirectory, RunManifest.FileName)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Writes => [OutputPath];

    /// <inheritdoc/>
    protected override IReadOnlyList<Setting<ReportStage>> All => List;

    /// <summary>The pictures' memory, and the time for one raster of this grid; a page over several takes several times that.</summary>
    public override StageNeed Need(StageGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return new(
            StripBytes + (long)PictureSidePixels * PictureSidePixels * BytesPerPixel,
            2 + ground.Megapixels * SecondsPerMegapixel,
            8L << 20);
    }

    /// <inheritdoc/>
    protected override ReportPageSummary Work(RunOptions run)
    {
        RunManifest manifest = RunManifest.Read(RunDirectory);
        long needed = StripBytes + (long)PictureSidePixels * PictureSidePixels * BytesPerPixel;
        if (run.MaxMemoryBytes < needed)
            throw new AsmException(
                "report", $"may take {run.MaxMemoryBytes / 1e6:0} MB, and pictures of {PictureSidePixels} pixels need {needed / 1e6:0} MB",
                "as much memory as they need",
                $"give `max-memory` {Math.Ceiling(needed / 1e6):0}MB or more, or a smaller `picture-size`", AsmErrorCode.Memory);
        string[] template = Template();
        using var outputs = new OutputSet(Writes, Overwrite, run);
        ReportPageSummary? summary = null;
        outputs.File(OutputPath).Write(page =>
        {
            page.Write(Encoding.UTF8.GetBytes(template[0]));
            var store = new PictureStore(page);
            PageData data = new PageBuilder(manifest, this, store, run).Build();
            page.Write(Encoding.UTF8.GetBytes(template[1]));
            JsonSerializer.Serialize(page, data, Json);
            page.Write(Encoding.UTF8.GetBytes(template[2]));
            summary = new(page.Length, store.Count, store.Bytes);
        });
        outputs.Complete();
        return summary!;
    }

    private static string[] Template()
    {
        using Stream stream = typeof(ReportStage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([Pictures, Data], StringSplitOptions.None);
    }
}
