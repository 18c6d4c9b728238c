using System.Text.Json;
using Asm.Inference.Model;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Tests.Training.Fitting;
using Asm.Training.Configuration;
using Asm.Training.Export;
using Asm.Training.Fitting;
using Asm.Training.Network;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Asm.Tests.Training.Export;

public sealed class OnnxExportTests : TorchTests
{
    private static readonly ExportOptions Options = new() { Name = "test model" };

    [Theory]
    [InlineData(8, 4, 10, 3)]
    [InlineData(4, 1, 2, 2)]
    [InlineData(4, 3, 5, 7)]
    public void ONNX_Runtime_computes_what_libtorch_computes(int width, int depth, int bands, int classes)
    {
        (UNet network, CheckpointInfo info) = Network(width, depth, bands, classes);
        using (network)
        {
            Parity parity = ParityCheck.Run(network, info, OnnxExport.Build(network, info, Options).ToByteArray(), []);
            Assert.Equal(2, parity.Windows);
            Assert.InRange(parity.LargestDifference, 0, 1e-5);
        }
    }

    [Fact]
    public void Parity_is_checked_on_rasters_with_their_scale_and_bands_by_name()
    {
        (UNet network, CheckpointInfo info) = Network(4, 2, 2, 3);
        using (network)
        {
            ushort[] samples = [.. Enumerable.Range(0, 2 * 50 * 40).Select(i => (ushort)(i * 7 % 4000))];
            using var raster = new MemoryRaster<ushort>(new GeoGrid(50, 40, new MapPoint(0, 0), 10, 10, null),
                [new BandInfo { Name = "X2", Scale = 1e-4 }, new BandInfo { Name = "X1", Scale = 1e-4 }], samples);
            Parity parity = ParityCheck.Run(network, info, OnnxExport.Build(network, info, Options).ToByteArray(), [raster]);
            Assert.Equal(3, parity.Windows);
        }
    }

    [Fact]
    public void A_graph_with_one_other_weight_fails_the_check()
    {
        (UNet network, CheckpointInfo info) = Network(4, 2, 2, 3);
        using (network)
        {
            byte[] model = OnnxExport.Build(network, info, Options).ToByteArray();
            using (no_grad()) network.get_parameter("last.bias")![0].add_(0.01);
            var error = Assert.Throws<AsmException>(() => ParityCheck.Run(network, info, model, []));
            Assert.StartsWith("the parity check of the export: random window 1: a probability is ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Label_is_the_code_of_the_highest_probability_and_the_lowest_code_where_they_tie()
    {
        (UNet network, CheckpointInfo info) = Network(4, 1, 1, 3);
        using (network)
        {
            using (no_grad())
            {
                network.get_parameter("last.weight")!.zero_();
                network.get_parameter("last.bias")!.copy_(tensor(new float[] { -1, 2, 2 }));
            }

            using var session = new InferenceSession(OnnxExport.Build(network, info, Options).ToByteArray());
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(new float[24], [3, 1, 2, 4]);
            using var run = new Microsoft.ML.OnnxRuntime.RunOptions();
            using var outputs = session.Run(run, ["reflectance"], [input], ["label", "confidence", "probabilities"]);
            Assert.Equal([3, 1, 2, 4], outputs[0].GetTensorTypeAndShape().Shape);
            Assert.All(outputs[0].GetTensorDataAsSpan<byte>().ToArray(), code => Assert.Equal(2, code));
            // 1 / (2 + exp(-3))
            Assert.All(outputs[1].GetTensorDataAsSpan<float>().ToArray(), p => Assert.Equal(0.4878555f, p, 1e-6f));
            Assert.Equal([3, 3, 2, 4], outputs[2].GetTensorTypeAndShape().Shape);
        }
    }

    [Fact]
    public void The_metadata_is_JSON_that_Deepness_and_asm_read()
    {
        (UNet network, CheckpointInfo info) = Network(4, 2, 2, 3);
        using (network)
        {
            Dictionary<string, string> found = OnnxExport.Build(network, info, Options).MetadataProps.ToDictionary(p => p.Key, p => p.Value);
            Assert.Equal("\"Segmentor\"", found["model_type"]);
            Assert.Equal("{\"0\":\"class1\",\"1\":\"class2\",\"2\":\"class3\"}", found["class_names"]);
            Assert.Equal("1000", found["resolution"]);
            Assert.Equal("[0,0]", found["standardization_mean"]);
            Assert.Equal("[39.21568627450981,39.21568627450981]", found["standardization_std"]);
            Assert.Equal("[\"X1\",\"X2\"]", found[ModelMetadataKeys.Bands]);
            Assert.Equal("[{\"code\":1,\"name\":\"class1\",\"color\":\"#808080\"},{\"code\":2,\"name\":\"class2\",\"color\":\"#808080\"},{\"code\":3,\"name\":\"class3\",\"color\":\"#808080\"}]", found[ModelMetadataKeys.Classes]);
            Assert.Equal("[0.1,0.11]", found[ModelMetadataKeys.BandMean]);
            Assert.Equal("\"reflectance 0..1\"", found[ModelMetadataKeys.Scale]);
            Assert.Equal("4", found[ModelMetadataKeys.AlignmentPixels]);
            Assert.All(found.Values, v => JsonDocument.Parse(v));
        }
    }

    [Fact]
    public void The_file_passes_the_checker_of_ONNX_and_has_the_item_beside_it()
    {
        using var folder = new TempFolder();
        TrainerTests.Run(TrainerTests.Config(folder, epochs: 1), new FitOptions());
        string model = folder.File("model.onnx");
        OnnxExport.Run(folder.File(RunFolder.LastCheckpoint), model, Options, []);
        using JsonDocument item = JsonDocument.Parse(File.ReadAllText(folder.File("model.json")));
        Assert.Equal("./model.onnx", item.RootElement.GetProperty("assets").GetProperty("model").GetProperty("href").GetString());
        (int exit, string output, string error) = PeerTool.TryRun("/usr/bin/python3", "-c", """
            import sys
            try: import onnx
            except ImportError: sys.exit(77)
            m = onnx.load(sys.argv[1])
            onnx.checker.check_model(m, full_check=True)
            print(m.opset_import[0].version, [i.name for i in m.graph.input], [o.name for o in m.graph.output], len(m.metadata_props))
            """, model);
        Assert.SkipWhen(exit == 77, "needs the Python package onnx, which is not installed");
        Assert.True(exit == 0, error);
        Assert.Equal("17 ['reflectance'] ['label', 'confidence', 'probabilities'] 19\n", output);
    }

    [Fact]
    public void The_same_checkpoint_gives_the_same_bytes()
    {
        (UNet network, CheckpointInfo info) = Network(4, 2, 2, 3);
        using (network)
            Assert.Equal(OnnxExport.Build(network, info, Options).ToByteArray(), OnnxExport.Build(network, info, Options).ToByteArray());
    }

    internal static (UNet Network, CheckpointInfo Info) Network(int width, int depth, int bands, int classes)
    {
        var statistics = new BandStatistics([.. Enumerable.Range(0, bands).Select(i => 0.1f + 0.01f * i)], [.. Enumerable.Range(0, bands).Select(i => 0.05f + 0.01f * i)]);
        var shape = new UNetShape { Bands = bands, Classes = classes, Width = width, Depth = depth };
        var network = new UNet(shape, statistics);
        random.manual_seed(4);
        Initialiser.Draw(network, Initialisation.He);
        network.eval();
        return (network, new CheckpointInfo
        {
            Shape = shape,
            Statistics = statistics,
            BandNames = [.. Enumerable.Range(1, bands).Select(b => $"X{b}")],
            Config = new FitConfig
            {
                Classes = [.. Enumerable.Range(1, classes).Select(c => new ClassConfig { Name = $"class{c}" })],
                Data = new DataConfig { PatchPixels = 64 },
            },
        });
    }
}
