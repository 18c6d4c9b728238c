using System.Globalization;
using System.Text.Json;
using Asm.Maps.Bands;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Inference.Model;

/// <summary>Reads what an ONNX file says of itself: the metadata of docs/model-format.md, and the geometry of its graph.</summary>
public static class ModelFile
{
    // A window for the first run, and one that pooling of any depth divides.
    private const int ProbePixels = 64, LargeProbePixels = GraphAnalysis.MostAlignment;

    private const int MostNameCharacters = 100;

    // Reflectance of a band on average. Numbers of other scales are far from it.
    internal const float LeastMean = -0.5f, MostMean = 2.5f;

    /// <summary>Describes a model without loading it into ONNX Runtime.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="AsmException">
    /// The file is missing, is no ONNX model, lacks metadata, or its graph does not fit them; the message names what.
    /// </exception>
    public static ModelDescription Describe(string path) => Describe(OnnxFile.Read(path));

    internal static ModelDescription Describe(OnnxFile file)
    {
        (string path, GraphProto graph) = (file.Path, file.Model.Graph);
        var metadata = new Dictionary<string, string>();
        foreach (StringStringEntryProto entry in file.Model.MetadataProps) metadata[entry.Key] = entry.Value;
        string[] bands = Bands(path, metadata);
        MapClass[] classes = Classes(path, metadata);
        (float[] mean, float[] deviation) = Statistics(path, metadata, bands.Length);
        int window = Json<int>(path, metadata, ModelMetadataKeys.WindowPixels);
        if (window is < 16 or > 8192)
            throw Refuse(path, $"{ModelMetadataKeys.WindowPixels} is {window}", "16 to 8192");
        RequireScale(path, metadata);
        GraphEnds ends = GraphEnds.Of(graph, bands.Length, path);
        var shapes = GraphShapes.Of(graph, ends.Input, ends.Output, bands.Length, path);
        (int side, WindowNeed need) = FirstWindow(shapes, [LargeProbePixels, window]);
        GraphFacts facts = GraphAnalysis.Of(graph, ends.Input, ends.Output, bands.Length, path);
        (side, need) = FirstWindow(shapes, [(ProbePixels + facts.Alignment - 1) / facts.Alignment * facts.Alignment, side]);
        ends.RequireSizes(need.Output, classes.Length, side);
        ModelLimits.Require(need, side, file);
        return new()
        {
            Name = Path.GetFileName(path),
            Sha256 = file.Sha256,
            Bands = bands,
            Classes = classes,
            WindowPixels = window,
            BandMean = mean,
            BandStandardDeviation = deviation,
            ReceptiveField = facts.Field,
            Unbounded = facts.Unbounded,
            PeakActivationBytesPerPixel = facts.PeakActivationBytesPerPixel,
            FileBytes = file.Bytes,
            Metadata = metadata,
            Files = file.Files,
            Alignment = facts.Alignment,
            Shapes = shapes,
            ProbePixels = side,
        };
    }

    /// <summary>The first of two windows that the graph takes: attention may know places by their number, as in training.</summary>
    private static (int Side, WindowNeed Need) FirstWindow(GraphShapes shapes, int[] sides)
    {
        try
        {
            return (sides[0], shapes.At(sides[0], sides[0]));
        }
        catch (AsmException) when (sides[0] != sides[1])
        {
            try { return (sides[1], shapes.At(sides[1], sides[1])); }
            catch (AsmException) { }
            throw;
        }
    }

    private static string[] Bands(string path, Dictionary<string, string> metadata)
    {
        string?[] bands = Json<string?[]>(path, metadata, ModelMetadataKeys.Bands);
        if (bands.Length is 0 or > 1000) throw Refuse(path, $"names {bands.Length} bands", "1 to 1000");
        foreach (string? band in bands) RequireName(path, ModelMetadataKeys.Bands, band);
        if (bands.GroupBy(b => b, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refuse(path, $"names the band {twice.Key} {twice.Count()} times", "each band once");
        // Under the names of Sentinel-2, so that all that asks for B02 finds a model's B2, BLUE or B02_median.
        string[] named = [.. bands.OfType<string>()], known = [.. BandNames.Read(named).OfType<string>()];
        return known.Distinct().Count() == named.Length ? known : named;
    }

    /// <summary>Refuses a model none of whose bands is known: a stack would be taken by the order of its bands.</summary>
    internal static void RequireKnownBands(string path, IReadOnlyList<string> bands)
    {
        if (!BandNames.TellAny(bands))
            throw Refuse(path,
                $"its {ModelMetadataKeys.Bands} are {string.Join(' ', bands.Take(12))}, none of which is a band that is known",
                $"names of Sentinel-2 bands, such as {string.Join(' ', StackBands.Names)}",
                $"write the names of its bands, in the order of its channels, into the metadata {ModelMetadataKeys.Bands}");
    }

    private static (float[] Mean, float[] Deviation) Statistics(string path, Dictionary<string, string> metadata, int bands)
    {
        float[] mean = Json<float[]>(path, metadata, ModelMetadataKeys.BandMean),
            deviation = Json<float[]>(path, metadata, ModelMetadataKeys.BandDeviation);
        if (mean.Length != bands || deviation.Length != bands)
            throw Refuse(path, $"names {bands} bands, {mean.Length} means and {deviation.Length} deviations",
                "one mean and one deviation for each band");
        foreach (float value in mean)
            if (!(value is >= LeastMean and <= MostMean))
                throw Refuse(path, string.Create(CultureInfo.InvariantCulture, $"its {ModelMetadataKeys.BandMean} holds {value}"),
                    "reflectance, 0..1 as the network is given it",
                    "write means and deviations as reflectance (divide those of reflectance x 10,000 by 10,000); "
                    + "a network of another scale begins with a Mul that makes it of reflectance");
        foreach (float value in deviation)
            if (!(value is >= 0 and <= 10))
                throw Refuse(path, string.Create(CultureInfo.InvariantCulture, $"its {ModelMetadataKeys.BandDeviation} holds {value}"),
                    "deviations of reflectance, 0..1 as the network is given it");
        return (mean, deviation);
    }

    private static void RequireScale(string path, Dictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(ModelMetadataKeys.Scale, out string? stated)) return;
        string text = stated.Trim().Trim('"');
        if (text != ModelMetadataKeys.ReflectanceScale)
            throw Refuse(path,
                $"its {ModelMetadataKeys.Scale} is '{OnnxText.Quote(text)}', and networks are given {ModelMetadataKeys.ReflectanceScale}",
                $"\"{ModelMetadataKeys.ReflectanceScale}\"",
                "put a node before the first one that makes the network's scale of reflectance (a Mul by 10000 for reflectance x 10,000), "
                + $"and state \"{ModelMetadataKeys.ReflectanceScale}\"");
    }

    private static void RequireName(string path, string key, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MostNameCharacters || !name.All(OnnxText.IsPlain))
            throw Refuse(path, $"its {key} hold the name '{OnnxText.Quote(name ?? "")}'",
                $"names of 1 to {MostNameCharacters} letters, digits and signs that can be seen");
    }

    private static AsmException Refuse(
        string path, string found, string expected, string fix = "export the model again with asm-train export") =>
        new(path, found, expected, fix, AsmErrorCode.Model);

    private static MapClass[] Classes(string path, Dictionary<string, string> metadata)
    {
        ClassEntry?[] entries = Json<ClassEntry?[]>(path, metadata, ModelMetadataKeys.Classes);
        if (entries.Length == 1)
            throw new AsmException(path, $"its {ModelMetadataKeys.Classes} name one class, as of a network of one channel with a sigmoid",
                "a channel and a name for each class, the background too", GraphEnds.OneChannelFix, AsmErrorCode.Model);
        if (entries.Length is < 2 or > 254) throw Refuse(path, $"names {entries.Length} classes", "2 to 254");
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i] is not { } entry || entry.Code != i + 1)
                throw Refuse(path,
                    $"class {i + 1} of {ModelMetadataKeys.Classes} {(entries[i] is { } other ? $"has code {other.Code}" : "is null")}",
                    """codes 1, 2, 3, ... in order, each with a name: {"code": 1, "name": "mines", "color": "#d55e00"}""");
            RequireName(path, ModelMetadataKeys.Classes, entry.Name);
        }
        if (entries.GroupBy(e => e!.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refuse(path, $"has {twice.Count()} classes called {twice.Key}", "a name of its own for each class");
        return [.. entries.Select(e => new MapClass(e!.Code, e.Name!, ParseColor(path, e.Color)))];
    }

    private static Rgb ParseColor(string path, string? color)
    {
        try
        {
            return Rgb.Parse(color ?? "");
        }
        catch (FormatException)
        {
            throw Refuse(
                path, $"a colour of its {ModelMetadataKeys.Classes} is '{OnnxText.Quote(color ?? "")}'", "colours of the form #rrggbb");
        }
    }

    private static T Json<T>(string path, Dictionary<string, string> metadata, string key)
    {
        if (!metadata.TryGetValue(key, out string? text))
            throw Refuse(path, $"its metadata has no {key}", "a model that says what its bands and classes are (docs/model-format.md)",
                "export it with asm-train export, or add the metadata to the ONNX file");
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Refuse(path, $"its metadata {key} is '{OnnxText.Quote(text)}'", "JSON as docs/model-format.md shows it");
        }
    }

    private sealed record ClassEntry(int Code, string? Name, string? Color);
}
