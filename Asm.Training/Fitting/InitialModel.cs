using Asm.Raster;
using Asm.Training.Network;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>A trained network that a run starts from.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Network">Weights and normalisation.</param>
/// <param name="BandNames">Names of its bands, in their order.</param>
/// <param name="ClassNames">Names of its classes by code from 1.</param>
/// <param name="TrainedOn">What it was trained on, in a few words.</param>
internal sealed record InitialModel(string Path, UNet Network, IReadOnlyList<string> BandNames,
    IReadOnlyList<string> ClassNames, string TrainedOn) : IDisposable
{
    private const string AverageWithTheFirst = "give --average the model that the checkpoint's run started from";

    // A checkpoint is a ZIP file, whatever it is called.
    private static readonly byte[] ZipStart = [0x50, 0x4b, 0x03, 0x04];

    /// <summary>Reads a checkpoint, or an ONNX file that asm-train exported.</summary>
    /// <exception cref="AsmException">The file is missing or neither.</exception>
    public static InitialModel Read(string path)
    {
        byte[] start = new byte[ZipStart.Length];
        try
        {
            using FileStream file = InputPath.OpenRead(path);
            _ = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read ({e.Message})"
                + "\n  expected: a checkpoint of asm-train fit or an ONNX file of asm-train export\n  fix: check the path", e);
        }

        if (!start.AsSpan().SequenceEqual(ZipStart)) return OnnxWeights.Read(path);
        CheckpointInfo info = Checkpoint.ReadInfo(path);
        return new InitialModel(path, Checkpoint.LoadNetwork(path), info.BandNames,
            [.. info.Config.Classes.Select(c => c.Name)], info.TrainedOn);
    }

    /// <summary>Checks that the network is of a run's size and meaning.</summary>
    /// <exception cref="AsmException">Bands, classes, width or depth differ.</exception>
    public void Require(IReadOnlyList<string> bandNames, IReadOnlyList<string> classNames, UNetShape shape)
    {
        if (Difference(bandNames, classNames, shape) is var (what, key, found, expected))
            throw new AsmException(Path, $"its {what}: {found}",
                $"{expected}, as in this run", $"change {key}, or start from another model");
    }

    /// <summary>Checks that the network is of a checkpoint's size and meaning, so that their weights can be averaged.</summary>
    /// <exception cref="AsmException">Bands, classes, width or depth differ.</exception>
    public void RequireLike(CheckpointInfo checkpoint)
    {
        if (Difference(checkpoint.BandNames, [.. checkpoint.Config.Classes.Select(c => c.Name)],
            checkpoint.Shape) is var (what, _, found, expected))
            throw new AsmException(Path, $"its {what}: {found}", $"{expected}, as in the checkpoint", AverageWithTheFirst);
    }

    /// <summary>Overwrites the weights of a network of the same shape.</summary>
    public void CopyTo(UNet network)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, var parameter) in network.named_parameters()) parameter.copy_(Network.get_parameter(name)!);
    }

    /// <summary>Moves the weights of a network of the same shape towards these: (1 - share) x its own + share x these.</summary>
    /// <exception cref="AsmException">
    /// The networks normalise their input differently, so that their weights are not of one scale.
    /// </exception>
    public void AverageInto(UNet network, double share)
    {
        if (!Network.Statistics.Mean.SequenceEqual(network.Statistics.Mean)
            || !Network.Statistics.Deviation.SequenceEqual(network.Statistics.Deviation))
            throw new AsmException(Path, "normalises its bands with other means and deviations",
                "those of the checkpoint", AverageWithTheFirst);
        using IDisposable guard = no_grad();
        foreach ((string name, var parameter) in network.named_parameters()) parameter.lerp_(Network.get_parameter(name)!, share);
    }

    private (string What, string Key, string Found, string Expected)? Difference(IReadOnlyList<string> bandNames,
        IReadOnlyList<string> classNames, UNetShape shape)
    {
        (string What, string Key, string Found, string Expected)[] all =
        [
            ("bands", "the training data", string.Join(' ', BandNames), string.Join(' ', bandNames)),
            ("classes", "classes", string.Join(", ", ClassNames), string.Join(", ", classNames)),
            ("width", "network.width", $"{Network.Shape.Width}", $"{shape.Width}"),
            ("depth", "network.depth", $"{Network.Shape.Depth}", $"{shape.Depth}"),
        ];
        return all.Where(a => a.Found != a.Expected).Select(a => ((string, string, string, string)?)a).FirstOrDefault();
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
