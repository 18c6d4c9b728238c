using System.Globalization;
using Asm.Inference.Model;
using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Asm.Training.Export;

/// <summary>Runs the same windows through libtorch and ONNX Runtime, on the CPU, and compares.</summary>
internal static class ParityCheck
{
    /// <summary>Largest difference of a probability that is allowed.</summary>
    public const double Tolerance = 1e-5;

    private const int RandomWindows = 2;

    /// <summary>Compares on random windows, and on the middle of each raster given.</summary>
    /// <exception cref="AsmException">Probabilities or labels disagree.</exception>
    public static Parity Run(UNet network, CheckpointInfo info, byte[] model, IReadOnlyList<IRasterSource> rasters)
    {
        OnnxRuntimeTelemetry.SwitchOff();
        using var session = new InferenceSession(model);
        var parity = new Parity();
        // Another height than width, so that no mix-up of the two can hide.
        (int height, int width) = (2 * info.Shape.Alignment + info.Config.Data.PatchPixels, info.Config.Data.PatchPixels);
        for (int i = 0; i < RandomWindows; i++)
            parity = Compare(network, session, RandomWindow(info, height, width, i), height, width, $"random window {i + 1}", parity);
        foreach (IRasterSource raster in rasters)
        {
            (float[] samples, int rows, int columns) = MiddleWindow(raster, info);
            parity = Compare(network, session, samples, rows, columns, raster.Name, parity);
        }

        return parity;
    }

    private static Parity Compare(UNet network, InferenceSession session,
        float[] samples, int height, int width, string name, Parity before)
    {
        UNetShape shape = network.Shape;
        (float[] expected, long[] labels) = WithTorch(network, samples, height, width);
        if (expected.FirstOrDefault(p => !float.IsFinite(p), 0) is var wrong and not 0)
            throw new AsmException("the network", string.Create(CultureInfo.InvariantCulture, $"gives a probability of {wrong} on {name}"),
                "probabilities", "export an earlier checkpoint, or train again with a lower learning rate");
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(samples, [1, shape.Bands, height, width]);
        using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["reflectance"], [input], ["label", "probabilities"]);
        ReadOnlySpan<byte> label = outputs[0].GetTensorDataAsSpan<byte>();
        ReadOnlySpan<float> found = outputs[1].GetTensorDataAsSpan<float>();
        double difference = before.LargestDifference;
        for (int i = 0; i < found.Length; i++)
        {
            double d = Math.Abs(found[i] - expected[i]);
            // written so that a difference that is not a number counts
            if (!(d <= Tolerance)) throw Failure(name, $"a probability is {found[i]} in ONNX Runtime and {expected[i]} in libtorch");
            difference = Math.Max(difference, d);
        }

        return new Parity(before.Windows + 1, difference, before.TiedLabels + TiedLabels(label, labels, expected, name));
    }

    private static long TiedLabels(ReadOnlySpan<byte> label,
        ReadOnlySpan<long> expectedPosition, ReadOnlySpan<float> probabilities, string name)
    {
        long tied = 0;
        int plane = label.Length;
        for (int i = 0; i < plane; i++)
        {
            int position = label[i] - 1;
            if (position == expectedPosition[i]) continue;
            if (probabilities[(int)expectedPosition[i] * plane + i] - probabilities[position * plane + i] > 2 * Tolerance)
                throw Failure(name, $"a label is {label[i]} in ONNX Runtime and {expectedPosition[i] + 1} in libtorch");
            tied++;
        }

        return tied;
    }

    private static (float[] Probabilities, long[] Positions) WithTorch(UNet network, float[] samples, int height, int width)
    {
        using IDisposable guard = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.eval();
        Tensor probabilities = nn.functional.softmax(network.call(tensor(samples).reshape(1, network.Shape.Bands, height, width)), 1);
        return (probabilities.data<float>().ToArray(), probabilities.argmax(1).data<long>().ToArray());
    }

    // Reflectance as the training data has it: uniform around each band's mean, within two standard deviations.
    private static float[] RandomWindow(CheckpointInfo info, int height, int width, int seed)
    {
        var random = new Random(seed);
        float[] samples = new float[info.Shape.Bands * height * width];
        for (int i = 0; i < samples.Length; i++)
        {
            int band = i / (height * width);
            samples[i] = info.Statistics.Mean[band] + info.Statistics.Deviation[band] * (4 * random.NextSingle() - 2);
        }

        return samples;
    }

    private static (float[] Samples, int Height, int Width) MiddleWindow(IRasterSource raster, CheckpointInfo info)
    {
        GeoGrid grid = raster.Info.Grid;
        int Side(int size) => Math.Min(size, info.Config.Data.PatchPixels) / info.Shape.Alignment * info.Shape.Alignment;
        (int height, int width) = (Side(grid.Height), Side(grid.Width));
        if (height == 0 || width == 0)
            throw new AsmException(raster.Name, $"{grid.Width} x {grid.Height} pixels",
                $"{info.Shape.Alignment} x {info.Shape.Alignment} or more", "give a larger raster");
        int[] bands = BandMatch.Find(raster.Info, info.BandNames, raster.Name);
        float[] samples = new float[bands.Length * height * width];
        raster.Read(new PixelWindow((grid.Width - width) / 2, (grid.Height - height) / 2, width, height), bands, samples.AsSpan());
        for (int i = 0; i < samples.Length; i++)
        {
            BandInfo band = raster.Info.Bands[bands[i / (height * width)]];
            samples[i] = (float)(samples[i] * band.Scale + band.Offset);
        }

        return (samples, height, width);
    }

    private static AsmException Failure(string name, string found) =>
        new("the parity check of the export", $"{name}: {found}", $"probabilities equal within {Tolerance}, labels equal but for ties",
            "report this with the checkpoint; the file was not written");
}
