using Asm.Raster;
using CsvHelper;

namespace Asm.Training.Datasets;

/// <summary>The list of patches of a data set.</summary>
internal static class PatchTable
{
    /// <summary>Writes the list.</summary>
    public static void Write(string folder, IEnumerable<PatchPlace> patches)
    {
        using CsvWriter csv = CsvWriter.ToFile(Path.Combine(folder, DatasetFiles.Patches), new CsvWriterOptions { NewLine = "\n" });
        csv.WriteHeader(["scene", "column", "row", "split"]);
        foreach (PatchPlace patch in patches)
        {
            csv.WriteField(patch.Scene);
            csv.WriteField(patch.Column);
            csv.WriteField(patch.Row);
            csv.WriteField(DatasetWriter.Key(patch.Split));
            csv.EndRecord();
        }
    }

    /// <summary>Reads the list.</summary>
    /// <exception cref="AsmException">It is not there, or a line is not a patch inside of its scene.</exception>
    public static PatchPlace[] Read(string folder, DatasetManifest manifest)
    {
        string path = Path.Combine(folder, DatasetFiles.Patches);
        try
        {
            using CsvReader csv = CsvReader.FromFile(path);
            var patches = new List<PatchPlace>();
            while (csv.Read())
            {
                var patch = new PatchPlace(csv.Parse<int>("scene"), csv.Parse<int>("column"),
                    csv.Parse<int>("row"), Enum.Parse<Split>(csv.GetString("split"), ignoreCase: true));
                if (patch.Scene < 0 || patch.Scene >= manifest.Scenes.Length || patch.Column < 0 || patch.Row < 0
                    || patch.Column >= manifest.Scenes[patch.Scene].Width || patch.Row >= manifest.Scenes[patch.Scene].Height)
                    throw new InvalidDataException($"line {patches.Count + 2} lies outside of its scene");
                patches.Add(patch);
            }

            return [.. patches];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException
            or FormatException or ArgumentException or KeyNotFoundException or InvalidDataException or OverflowException)
        {
            throw new AsmException($"{path}: cannot be read as a list of patches ({e.Message.Split('\n')[0]})"
                + "\n  expected: lines of scene, column, row, split\n  fix: make the data set again with asm-train dataset", e);
        }
    }
}
