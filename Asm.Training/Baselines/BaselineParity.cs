using Asm.Inference.Model;
using Asm.Raster;
using Asm.Training.Export;
using Asm.Training.Network;
using Microsoft.ML.OnnxRuntime;

namespace Asm.Training.Baselines;

/// <summary>Runs the same pixels through a classifier and through its exported graph, and compares.</summary>
internal static class BaselineParity
{
    // Another height than width, so that no mix-up of the two can hide.
    private const int Height = 96, Width = 64;

    /// <summary>Compares on training pixels and on random ones.</summary>
    /// <exception cref="AsmException">Probabilities differ by more than rounding explains, or labels where there is no tie.</exception>
    public static Parity Run(IPixelClassifier classifier, PixelSamples samples, byte[] model)
    {
        OnnxRuntimeTelemetry.SwitchOff();
        using var session = new InferenceSession(model);
        Parity parity = Compare(classifier, samples.Classes.Length, session, TrainingPixels(samples), "training pixels", new Parity());
        return Compare(classifier, samples.Classes.Length, session, RandomPixels(samples.Statistics()), "random pixels", parity);
    }

    private static Parity Compare(IPixelClassifier classifier, int classes,
        InferenceSession session, float[] planes, string name, Parity before)
    {
        const int Pixels = Height * Width;
        int bands = planes.Length / Pixels;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(planes, [1, bands, Height, Width]);
        using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["reflectance"], [input], ["label", "probabilities"]);
        ReadOnlySpan<byte> labels = outputs[0].GetTensorDataAsSpan<byte>();
        ReadOnlySpan<float> found = outputs[1].GetTensorDataAsSpan<float>();
        float[] spectrum = new float[bands], expected = new float[classes];
        double largest = before.LargestDifference;
        long tied = before.TiedLabels;
        for (int i = 0; i < Pixels; i++)
        {
            for (int b = 0; b < bands; b++) spectrum[b] = planes[b * Pixels + i];
            classifier.Probabilities(spectrum, expected);
            int best = 0;
            for (int k = 0; k < classes; k++)
            {
                double d = Math.Abs(found[k * Pixels + i] - expected[k]);
                // written so that a difference that is not a number counts
                if (!(d <= classifier.Tolerance))
                    throw Failure(name, $"a probability is {found[k * Pixels + i]} in ONNX Runtime and {expected[k]} in the classifier",
                        classifier.Tolerance);
                largest = Math.Max(largest, d);
                if (expected[k] > expected[best]) best = k;
            }

            if (labels[i] == best + 1) continue;
            if (expected[best] - expected[labels[i] - 1] > 2 * classifier.Tolerance)
                throw Failure(name, $"a label is {labels[i]} in ONNX Runtime and {best + 1} in the classifier", classifier.Tolerance);
            tied++;
        }

        return new Parity(before.Windows + 1, largest, tied);
    }

    private static float[] TrainingPixels(PixelSamples samples)
    {
        int bands = samples.BandNames.Length;
        float[] planes = new float[bands * Height * Width];
        for (int i = 0; i < Height * Width; i++)
        {
            ReadOnlySpan<float> spectrum = samples.Spectrum((int)((long)i * samples.Count / (Height * Width)));
            for (int b = 0; b < bands; b++) planes[b * Height * Width + i] = spectrum[b];
        }

        return planes;
    }

    // Around each band's mean, within two standard deviations.
    private static float[] RandomPixels(BandStatistics statistics)
    {
        var random = new Random(1);
        float[] planes = new float[statistics.Mean.Length * Height * Width];
        for (int i = 0; i < planes.Length; i++)
        {
            int band = i / (Height * Width);
            planes[i] = statistics.Mean[band] + statistics.Deviation[band] * (4 * random.NextSingle() - 2);
        }

        return planes;
    }

    private static AsmException Failure(string name, string found, double tolerance) =>
        new("the parity check of the export", $"{name}: {found}",
            $"probabilities equal within {tolerance}, labels equal but for ties", "report this; the file was not written");
}
