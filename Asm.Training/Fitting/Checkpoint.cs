using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Asm.Raster;
using Asm.Raster.Bytes;
using Asm.Training.Network;
using static TorchSharp.torch;

namespace Asm.Training.Fitting;

/// <summary>
/// A training run's state in one file: a ZIP with <c>checkpoint.json</c> (<see cref="CheckpointInfo"/>) and one entry a tensor,
/// <c>network/NAME</c> and <c>optimiser/NAME</c>, each its float32 values in little-endian order. Shapes follow from the network's size.
/// </summary>
internal static class Checkpoint
{
    private const string InfoEntry = "checkpoint.json";

    /// <summary>How <c>checkpoint.json</c> is written: names in snake_case.</summary>
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    /// <summary>Writes a checkpoint aside and renames it: the file is whole or the one before.</summary>
    /// <exception cref="AsmException">The file cannot be written.</exception>
    public static void Save(string path, CheckpointInfo info, UNet network, Optimiser optimiser) => RunFile.Write(path, file =>
    {
        using ZipArchive archive = new(file, ZipArchiveMode.Create, leaveOpen: true);
        using (Stream stream = archive.CreateEntry(InfoEntry).Open()) JsonSerializer.Serialize(stream, info, Json);
        foreach ((string name, Tensor tensor) in Tensors(network, optimiser))
            using (Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open())
                stream.Write(MemoryMarshal.AsBytes(ToArray(tensor).AsSpan()));
    });

    /// <summary>Reads what a checkpoint says beside its tensors.</summary>
    /// <exception cref="AsmException">The file is missing or no checkpoint.</exception>
    public static CheckpointInfo ReadInfo(string path) => Read(path, archive =>
    {
        using Stream stream = CheckedEntry.Open(Entry(archive, InfoEntry));
        CheckpointInfo info = JsonSerializer.Deserialize<CheckpointInfo>(stream, Json)
            ?? throw new InvalidDataException($"{InfoEntry} is empty");
        if (info.Format != 1) throw new InvalidDataException($"format {info.Format}, this version reads format 1");
        if (info.Shape is null || info.Statistics is not { Mean: not null, Deviation: not null } || info.Config is null
            || info.BandNames is not { } names || names.Contains(null))
            throw new InvalidDataException($"{InfoEntry} leaves out the network's size, bands, statistics or configuration");
        info.Shape.RequireWithin(new FileInfo(path).Length);
        return info;
    });

    /// <summary>The network of a checkpoint, on the CPU, ready for prediction.</summary>
    /// <exception cref="AsmException">The file is missing or no checkpoint.</exception>
    public static UNet LoadNetwork(string path)
    {
        CheckpointInfo info = ReadInfo(path);
        var network = new UNet(info.Shape, info.Statistics, info.Config.Network.Dropout);
        Restore(path, network, null);
        network.eval();
        return network;
    }

    /// <summary>Overwrites the tensors of a network, and of an optimiser if given, with those of a checkpoint of the same shape.</summary>
    /// <exception cref="AsmException">The file is missing, no checkpoint, or of another shape.</exception>
    public static void Restore(string path, UNet network, Optimiser? optimiser) => Read(path, archive =>
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Tensor target) in Tensors(network, optimiser))
        {
            float[] values = new float[target.numel()];
            ZipArchiveEntry entry = Entry(archive, name);
            if (entry.Length != 4L * values.Length)
                throw new InvalidDataException($"{name} has {entry.Length} bytes, this network's has {4L * values.Length}");
            using Stream stream = CheckedEntry.Open(entry);
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            if (values.FirstOrDefault(value => !float.IsFinite(value), 0) is var wrong and not 0)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name} holds {wrong}"));
            using Tensor loaded = from_array(values).reshape(target.shape);
            target.copy_(loaded);
        }

        return true;
    });

    private static IEnumerable<(string Name, Tensor Tensor)> Tensors(UNet network, Optimiser? optimiser) =>
        network.named_parameters().Select(p => ($"network/{p.name}", (Tensor)p.parameter))
            .Concat((optimiser?.State ?? new Dictionary<string, Tensor>()).Select(s => ($"optimiser/{s.Key}", s.Value)));

    private static float[] ToArray(Tensor tensor)
    {
        using Tensor onHost = tensor.detach().cpu();
        return onHost.data<float>().ToArray();
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new InvalidDataException($"it has no {name}");

    private static T Read<T>(string path, Func<ZipArchive, T> read)
    {
        try
        {
            using ZipArchive archive = new(InputPath.OpenRead(path), ZipArchiveMode.Read);
            return read(archive);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read as a checkpoint ({e.Message})"
                + "\n  expected: a file that asm-train fit wrote, of the same network\n  fix: check the path, or copy the file again", e);
        }
    }
}
