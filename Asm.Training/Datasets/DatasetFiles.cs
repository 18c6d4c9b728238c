using System.Text.Json;
using System.Text.Json.Serialization;
using Asm.Raster;

namespace Asm.Training.Datasets;

/// <summary>
/// Names and layout of a data set's files. Pixels are stored as they are, not compressed: patches are cut at random places, and a
/// memory-mapped file gives them without decoding what lies around, whatever the size of the set.
/// </summary>
internal static class DatasetFiles
{
    /// <summary>The description.</summary>
    public const string Manifest = "dataset.json";

    /// <summary>
    /// uint16, little-endian, reflectance x 10,000, 0 no data. Scene after scene; in a scene row after row; in a row band
    /// after band (ENVI's "BIL").
    /// </summary>
    public const string Samples = "samples.bin";

    /// <summary>uint8: class codes from 1, 0 not labelled or no data. Scene after scene, row after row.</summary>
    public const string Labels = "labels.bin";

    /// <summary>uint8: see <see cref="Split"/>. Scene after scene, row after row.</summary>
    public const string Splits = "splits.bin";

    /// <summary>The patches: scene, column, row, split.</summary>
    public const string Patches = "patches.csv";

    /// <summary>Patches with their labels, to look at.</summary>
    public const string Preview = "preview.png";

    /// <summary>Folder of the class maps that were made from polygons or by warping, to look at in a GIS.</summary>
    public const string LabelRasters = "labels";

    /// <summary>Reflectance 1 as a sample.</summary>
    public const float Quantification = 10_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes the description.</summary>
    public static void WriteManifest(string folder, DatasetManifest manifest) =>
        File.WriteAllText(Path.Combine(folder, Manifest), JsonSerializer.Serialize(manifest, Json) + "\n");

    /// <summary>Reads the description.</summary>
    /// <exception cref="AsmException">It is not there, or is not one.</exception>
    public static DatasetManifest ReadManifest(string folder)
    {
        string path = Path.Combine(folder, Manifest);
        try
        {
            DatasetManifest manifest = JsonSerializer.Deserialize<DatasetManifest>(InputPath.ReadAllBytes(path), Json)
                ?? throw new JsonException("it is empty");
            if (manifest.Format != 1) throw new JsonException($"its format is {manifest.Format}, this version reads 1");
            long pixel = 0;
            foreach (DatasetScene scene in manifest.Scenes)
            {
                if (scene.Width < 1 || scene.Height < 1 || scene.FirstPixel != pixel)
                    throw new JsonException($"scene {scene.Name} has no place in the files");
                pixel += scene.PixelCount;
            }

            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new AsmException($"{path}: cannot be read as a data set's description ({e.Message})"
                + "\n  expected: a folder that asm-train dataset wrote"
                + "\n  fix: check the path, or make the data set again with asm-train dataset", e);
        }
    }
}
