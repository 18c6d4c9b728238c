using Asm.Raster;
using Asm.Training.Export;
using Asm.Training.Network;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>A trained network that a run starts from.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Network">Weights and normalisation.</param>
/// <param name="BandNames">Names of its bands, in their order.</param>
/// <param name="ClassNames">Names of its classes by code from 1.</param>
/// <param name="TrainedOn">What it was trained on, in a few words.</param>
internal sealed record InitialModel(string Path, UNet Network, IReadOnlyList<string> BandNames, IReadOnlyList<string> ClassNames, string TrainedOn) : IDisposable
{
    // A checkpoint is a ZIP file, whatever it is called.
    private static readonly byte[] ZipStart = [0x50, 0x4b, 0x03, 0x04];

    /// <summary>Reads a checkpoint, or an ONNX file that asm-train exported.</summary>
    /// <exception cref="AsmException">The file is missing or neither.</exception>
    public static InitialModel Read(string path)
    {
        byte[] start = new byte[ZipStart.Length];
        try
        {
            using FileStream file = File.OpenRead(path);
            _ = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read ({e.Message})\n  expected: a checkpoint of asm-train fit or an ONNX file of asm-train export\n  fix: check initial", e);
        }

        if (!start.AsSpan().SequenceEqual(ZipStart)) return OnnxWeights.Read(path);
        CheckpointInfo info = Checkpoint.ReadInfo(path);
        return new InitialModel(path, Checkpoint.LoadNetwork(path), info.BandNames, [.. info.Config.Classes.Select(c => c.Name)], info.TrainedOn);
    }

    /// <summary>Checks that the network is of a run's size and meaning.</summary>
    /// <exception cref="AsmException">Bands, classes, width or depth differ.</exception>
    public void Require(IReadOnlyList<string> bandNames, IReadOnlyList<string> classNames, UNetShape shape)
    {
        Equal("bands", string.Join(' ', BandNames), string.Join(' ', bandNames), "the training data");
        Equal("classes", string.Join(", ", ClassNames), string.Join(", ", classNames), "classes");
        Equal("width", $"{Network.Shape.Width}", $"{shape.Width}", "network.width");
        Equal("depth", $"{Network.Shape.Depth}", $"{shape.Depth}", "network.depth");

        void Equal(string what, string found, string expected, string key)
        {
            if (found != expected) throw new AsmException(Path, $"its {what}: {found}", $"{expected}, as in this run", $"change {key}, or start from another model");
        }
    }

    /// <summary>Overwrites the weights of a network of the same shape.</summary>
    public void CopyTo(UNet network)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, var parameter) in network.named_parameters()) parameter.copy_(Network.get_parameter(name)!);
    }

    /// <summary>Moves the weights of a network of the same shape towards these: (1 - share) x its own + share x these.</summary>
    /// <exception cref="AsmException">The networks normalise their input differently, so that their weights are not of one scale.</exception>
    public void AverageInto(UNet network, double share)
    {
        if (!Network.Statistics.Mean.SequenceEqual(network.Statistics.Mean) || !Network.Statistics.Deviation.SequenceEqual(network.Statistics.Deviation))
            throw new AsmException(Path, "normalises its bands with other means and deviations", "those of the checkpoint", "average with the model that the run started from (initial)");
        using IDisposable guard = no_grad();
        foreach ((string name, var parameter) in network.named_parameters()) parameter.lerp_(Network.get_parameter(name)!, share);
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
