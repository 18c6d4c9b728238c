using System.Globalization;
using System.IO.Compression;
using Asm.Tests.Support;
using Asm.Training.Baselines;
using Asm.Training.Configuration;

namespace Asm.Tests.Training.Baselines;

/// <summary>Labelled pixels for the tests of pixel classifiers.</summary>
internal static class Samples
{
    private static readonly Dictionary<string, byte> GermanClasses = new()
    {
        ["Industrial"] = 1,
        ["Settlement"] = 1,
        ["Urban"] = 1,
        ["PlantedFields"] = 2,
        ["Grassland"] = 2,
        ["DeciduousForest"] = 2,
        ["MixedForest"] = 2,
        ["ConiferousForest"] = 2,
        ["OpenSoil"] = 3,
        ["Water"] = 4,
    };

    /// <summary>Classes named class1, class2, ...</summary>
    public static ClassConfig[] Classes(int count) => [.. Enumerable.Range(1, count).Select(k => new ClassConfig { Name = $"class{k}" })];

    /// <summary>Samples of two bands from literal numbers: red, near infrared, class code.</summary>
    public static PixelSamples TwoBands(params (float Red, float Infrared, byte Code)[] pixels) => new()
    {
        BandNames = ["B04", "B08"],
        Classes = Classes(pixels.Max(p => p.Code)),
        Reflectance = [.. pixels.SelectMany(p => (float[])[p.Red, p.Infrared])],
        Codes = [.. pixels.Select(p => p.Code)],
    };

    /// <summary>Random spectra of three classes that overlap.</summary>
    public static PixelSamples Random(int count, int bands = 4, int seed = 1)
    {
        var random = new Random(seed);
        byte[] codes = [.. Enumerable.Range(0, count).Select(i => (byte)(1 + i % 3))];
        float[] reflectance = new float[count * bands];
        for (int i = 0; i < reflectance.Length; i++)
            reflectance[i] = (1000 + 400 * codes[i / bands] * (1 + i % bands) + random.Next(2500)) * 1e-4f;
        return new() { BandNames = [.. Enumerable.Range(0, bands).Select(b => $"B{b:00}")], Classes = Classes(3), Reflectance = reflectance, Codes = codes };
    }

    /// <summary>
    /// Pixels of German cities, every sixth to learn from and those three after them to test with. Not by polygon, as a map's accuracy would ask for: there
    /// are 62, and a single one that two forests of different seeds see differently is 3 % of the pixels.
    /// </summary>
    public static (PixelSamples Train, PixelSamples Test) GermanCities()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Require("points/german-cities/data_combined_ll.csv.gz")), CompressionMode.Decompress));
        string[] header = Cells(reader.ReadLine()!);
        int[] bands = [.. Stacks.BandNames.Select(n => Array.IndexOf(header, n))];
        int label = Array.IndexOf(header, "Label");
        (List<float> Values, List<byte> Codes) train = ([], []), test = ([], []);
        for (int row = 0; reader.ReadLine() is { } line; row++)
        {
            if (row % 3 != 0) continue;
            string[] cells = Cells(line);
            (List<float> values, List<byte> codes) = row % 6 == 0 ? train : test;
            values.AddRange(bands.Select(b => float.Parse(cells[b], CultureInfo.InvariantCulture) * 1e-4f));
            codes.Add(GermanClasses[cells[label]]);
        }

        PixelSamples Of((List<float> Values, List<byte> Codes) rows) => new() { BandNames = Stacks.BandNames, Classes = Classes(4), Reflectance = [.. rows.Values], Codes = [.. rows.Codes] };
        return (Of(train), Of(test));

        static string[] Cells(string line) => [.. line.Split(',').Select(c => c.Trim('"'))];
    }

    /// <summary>Grows a forest.</summary>
    public static RandomForest Forest(PixelSamples samples, ForestOptions options) => RandomForest.Train(samples, options, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Trains a perceptron.</summary>
    public static Perceptron Perceptron(PixelSamples samples, ulong seed) => Asm.Training.Baselines.Perceptron.Train(samples, seed, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Draws samples.</summary>
    public static PixelSamples Draw(LabelledRaster raster, int classes, SampleOptions options) =>
        SampleDraw.Draw([raster], [.. raster.Stack.Info.Bands.Select(b => b.Name)], Classes(classes), options, TestContext.Current.CancellationToken);

    /// <summary>Writes float32 spectra and uint8 codes for a Python oracle.</summary>
    public static void Write(this PixelSamples samples, string path)
    {
        File.WriteAllBytes(path + ".x", System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.Reflectance.AsSpan()).ToArray());
        File.WriteAllBytes(path + ".y", samples.Codes);
    }

    /// <summary>Class code of every pixel by a classifier.</summary>
    public static byte[] Predict(this IPixelClassifier classifier, PixelSamples samples)
    {
        byte[] codes = new byte[samples.Count];
        float[] probabilities = new float[samples.Classes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            classifier.Probabilities(samples.Spectrum(i), probabilities);
            codes[i] = (byte)(1 + probabilities.AsSpan().IndexOf(probabilities.Max()));
        }

        return codes;
    }

    /// <summary>Share of pixels whose class a classifier finds.</summary>
    public static double Accuracy(this IPixelClassifier classifier, PixelSamples samples) =>
        classifier.Predict(samples).Zip(samples.Codes, (found, true_) => found == true_ ? 1.0 : 0.0).Average();

    /// <summary>Runs Python with numpy; skips the test where a module is missing. The script's arguments are paths without extension.</summary>
    public static string Python(string modules, string script, params string[] arguments)
    {
        (int exit, _, string error) = PeerTool.TryRun("/usr/bin/python3", "-c", $"import {modules}");
        Assert.SkipUnless(exit == 0, $"needs Python with {modules}: {error.Trim().Split('\n')[^1]}");
        const string Read = """
            import sys, warnings, numpy as np
            warnings.simplefilter("ignore")
            def read(path, bands=10): return np.fromfile(path + ".x", np.float32).reshape(-1, bands), np.fromfile(path + ".y", np.uint8)

            """;
        return PeerTool.Run("/usr/bin/python3", ["-c", Read + script, .. arguments]).Trim();
    }
}
