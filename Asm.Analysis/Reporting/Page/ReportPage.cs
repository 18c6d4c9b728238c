using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Analysis.Reporting.Run;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Analysis.Reporting.Page;

/// <summary>
/// One self-contained HTML page over a run, for people without a GIS and without a network: a map with its layers, charts, tables, accuracy, warnings, methods and
/// provenance. See docs/report.md.
/// </summary>
public static class ReportPage
{
    private const string Pictures = "/*ASM-PICTURES*/", Data = "/*ASM-DATA*/", Resource = "report.html";

    /// <summary>Bytes of memory for a pixel of a picture while it is made: means of three bands with their sums, the picture and its file.</summary>
    private const int BytesPerPixel = 64;

    private const long StripBytes = 192L << 20;

    // The encoder writes '<' as an escape, so that no text can end the element that holds the data.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="runDirectory">The folder of a run: it holds <see cref="RunManifest.FileName"/> and what that names.</param>
    /// <param name="outputPath">The page, an .html file.</param>
    /// <param name="options">Sizes; null for the defaults.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="AsmException">The folder is no run, a file of it cannot be read, a map is not in metres, the page exists or cannot be written, or the memory limit is too low.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing is left behind.</exception>
    public static ReportPageSummary Write(string runDirectory, string outputPath, ReportPageOptions? options = null, RunOptions? run = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(runDirectory);
        options ??= new();
        run ??= new();
        options.Validate();
        RequireMemory(options, run);
        RunManifest manifest = RunManifest.Read(runDirectory);
        string[] template = Template();
        ReportPageSummary? summary = null;
        AsideFile.Write(outputPath, options.Overwrite, page =>
        {
            page.Write(Encoding.UTF8.GetBytes(template[0]));
            var store = new PictureStore(page);
            PageData data = new PageBuilder(manifest, runDirectory, store, options, run).Build();
            page.Write(Encoding.UTF8.GetBytes(template[1]));
            JsonSerializer.Serialize(page, data, Json);
            page.Write(Encoding.UTF8.GetBytes(template[2]));
            summary = new(page.Length, store.Count, store.Bytes);
        });
        return summary!;
    }

    /// <summary>Memory that a page with pictures of this side needs.</summary>
    internal static long NeedBytes(int sidePixels) => StripBytes + (long)sidePixels * sidePixels * BytesPerPixel;

    private static void RequireMemory(ReportPageOptions options, RunOptions run)
    {
        long needed = NeedBytes(options.PictureSidePixels);
        if (run.MaxMemoryBytes < needed)
            throw new AsmException("report", $"may take {run.MaxMemoryBytes / 1e6:0} MB, and pictures of {options.PictureSidePixels} pixels need {needed / 1e6:0} MB", "as much memory as they need", "raise --max-memory, or give a smaller --picture-size");
    }

    private static string[] Template()
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split([Pictures, Data], StringSplitOptions.None);
    }
}
