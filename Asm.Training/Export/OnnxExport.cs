using System.Text;
using Asm.Inference.Model;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Training.Fitting;
using Asm.Training.Graphs;
using Asm.Training.Native;
using Asm.Training.Network;
using Google.Protobuf;

namespace Asm.Training.Export;

/// <summary>Turns a checkpoint into an ONNX file, and checks that ONNX Runtime computes with it what libtorch computes.</summary>
internal static class OnnxExport
{
    /// <summary>
    /// Writes <c>MODEL.onnx</c> and the STAC item <c>MODEL.json</c> beside it; both are written aside and renamed after the check.
    /// </summary>
    /// <param name="checkpoint">A file that <c>asm-train fit</c> wrote.</param>
    /// <param name="output">The ONNX file.</param>
    /// <param name="options">What the checkpoint does not say.</param>
    /// <param name="parityRasters">Rasters with the model's band names; the check takes the middle of each, beside random windows.</param>
    /// <returns>The largest difference that the check found.</returns>
    /// <exception cref="AsmException">A file cannot be read or written, or the two libraries disagree.</exception>
    public static Parity Run(string checkpoint, string output, ExportOptions options, IReadOnlyList<IRasterSource> parityRasters)
    {
        TorchLibrary.Load();
        CheckpointInfo info = Checkpoint.ReadInfo(checkpoint);
        using UNet network = Checkpoint.LoadNetwork(checkpoint);
        if (options.AverageWith is { } path)
        {
            using InitialModel other = InitialModel.Read(path);
            other.RequireLike(info);
            other.AverageInto(network, options.AverageShare);
        }
        byte[] model = Build(network, info, options).ToByteArray();
        Parity parity;
        try { parity = ParityCheck.Run(network, info, model, parityRasters); }
        catch (AsmException e) { throw new AsmException($"{checkpoint}: {e.Message}", e); }
        string item = Path.ChangeExtension(output, ".json");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            using AsideFile file = AsideFile.Create(output, overwrite: true), card = AsideFile.Create(item, overwrite: true);
            file.Write(stream => stream.Write(model));
            card.Write(stream => stream.Write(Encoding.UTF8.GetBytes(
                StacModelItem.Write(info, network.ParameterCount, options, Path.GetFileName(output), model))));
            file.Flush();
            card.Complete();
            file.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException(
                $"{output}: cannot be written ({e.Message})\n  expected: a folder with room and leave to write\n  fix: check the path", e);
        }

        return parity;
    }

    /// <summary>The whole file's content.</summary>
    internal static ModelProto Build(UNet network, CheckpointInfo info, ExportOptions options)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            ProducerName = "asm-train",
            ProducerVersion = Provenance.ToolVersion,
            DocString = $"{options.Name}: a U-Net for {info.BandNames.Length} bands of Sentinel-2 ({string.Join(' ', info.BandNames)}), "
                + $"reflectance 0..1, height and width multiples of {info.Shape.Alignment}.",
            Graph = UNetGraph.Build(network),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = UNetGraph.Opset });
        foreach ((string key, string value) in ModelCardMetadata.Of(info, network.ParameterCount, options))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }
}
