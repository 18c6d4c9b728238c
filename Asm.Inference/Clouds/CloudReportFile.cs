using System.Globalization;
using System.Text.Json;
using Asm.Maps.Tables;
using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Inference.Clouds;

/// <summary>Writes cloud reports of scenes.</summary>
public static class CloudReportFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Refuses a path that cannot be written, before the work starts.</summary>
    /// <exception cref="AsmException">The ending is neither .csv nor .json, or the file exists.</exception>
    public static void RequireFree(string path, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!IsJson(path) && !HasEnding(path, ".csv"))
            throw new AsmException(path, "ends in neither .csv nor .json", "a table or JSON", "give a name such as clouds.csv");
        // That the folder can be written is tried now, when no work is lost.
        AsideFile.Create(path, overwrite).Dispose();
    }

    /// <summary>
    /// Writes CSV (scene, rule, pixels, share of the pixels with data, then a column for each class) or, where the path ends
    /// in .json, the same as JSON.
    /// </summary>
    /// <param name="path">The file; appears when it is whole.</param>
    /// <param name="scenes">Names of the scenes and their reports.</param>
    /// <param name="overwrite">Replace the file if it exists.</param>
    /// <exception cref="AsmException">The file exists or cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<(string Scene, CloudReport Report)> scenes, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        RequireFree(path, overwrite);
        AsideFile.Write(path, overwrite, stream =>
        {
            if (IsJson(path)) WriteJson(stream, scenes);
            else WriteCsv(stream, scenes);
        });
    }

    /// <summary>Writes a report as a table for a terminal.</summary>
    public static void WriteText(TextWriter writer, CloudReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        var table = new TextTable();
        table.Add(["cloud rule", "pixels", "share", .. report.Classes.Select(c => c.Name)]);
        foreach (CloudReportRow row in report.Rows)
            table.Add([row.Rule, TextTable.Count(row.Pixels),
                ShareOf(row, report).ToString("P2", CultureInfo.InvariantCulture), .. row.ClassPixels.Select(TextTable.Count)]);
        table.Write(writer);
    }

    private static void WriteCsv(Stream stream, IReadOnlyList<(string Scene, CloudReport Report)> scenes)
    {
        if (scenes.Count == 0) return;
        using var csv = new CsvTable(stream, ["scene", "rule", "pixels", "share", .. scenes[0].Report.Classes.Select(c => c.Name)]);
        foreach ((string scene, CloudReport report) in scenes)
            foreach (CloudReportRow row in report.Rows)
                csv.Add([scene, row.Rule, Text(row.Pixels),
                    ShareOf(row, report).ToString("0.########", CultureInfo.InvariantCulture), .. row.ClassPixels.Select(Text)]);
    }

    private static void WriteJson(Stream stream, IReadOnlyList<(string Scene, CloudReport Report)> scenes)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartArray();
        foreach ((string scene, CloudReport report) in scenes)
        {
            json.WriteStartObject();
            json.WriteString("scene", scene);
            json.WriteNumber("reflectance", report.Reflectance);
            json.WriteStartArray("rules");
            foreach (CloudReportRow row in report.Rows)
            {
                json.WriteStartObject();
                json.WriteString("rule", row.Rule);
                json.WriteNumber("pixels", row.Pixels);
                json.WriteNumber("share", ShareOf(row, report));
                json.WriteStartObject("classes");
                for (int c = 0; c < report.Classes.Count; c++) json.WriteNumber(report.Classes[c].Name, row.ClassPixels[c]);
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static double ShareOf(CloudReportRow row, CloudReport report) =>
        report.Rows[0].Pixels == 0 ? 0 : row.Pixels / (double)report.Rows[0].Pixels;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsJson(string path) => HasEnding(path, ".json");

    private static bool HasEnding(string path, string ending) =>
        string.Equals(Path.GetExtension(path), ending, StringComparison.OrdinalIgnoreCase);
}
