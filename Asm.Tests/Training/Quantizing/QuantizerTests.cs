using System.Text.Json;
using Asm.Inference.Model;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Quantizing;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Quantizing;

public sealed class QuantizerTests
{
    private static readonly QuantizeOptions Options = new() { Name = "small-int8", Windows = 3, Target = 0 };

    private static string Float32(TempFolder folder) => OnnxNetwork.UNet(depth: 2, width: 4).Save(folder.File("small.onnx"), window: 64);

    private static Quantizer Quantize(string model, QuantizeOptions options, IRasterSource? stack = null, int threads = 1)
    {
        var quantizer = new Quantizer(model, options, new() { Threads = threads, Cancellation = TestContext.Current.CancellationToken });
        if (stack is null) quantizer.AddSimulation();
        else quantizer.AddStack(stack);
        quantizer.Calibrate();
        quantizer.Choose();
        quantizer.Compare([]);
        return quantizer;
    }

    [Fact]
    public void The_int8_model_runs_in_the_engine_and_says_how_far_it_agrees()
    {
        using var folder = new TempFolder();
        string path = folder.File("small-int8.onnx"), source = Float32(folder);
        Quantizer quantizer = Quantize(source, Options);
        quantizer.Write(path, overwrite: false);
        Assert.Equal(["small-int8.json", "small-int8.onnx", "small.onnx"], folder.Names);
        ModelDescription before = ModelFile.Describe(source), after = ModelFile.Describe(path);
        Assert.Equal(before.ReceptiveField, after.ReceptiveField);
        Assert.Equal(before.Bands, after.Bands);
        using JsonDocument record = JsonDocument.Parse(after.Metadata[ModelMetadataKeys.Quantization]);
        Assert.Equal(before.Sha256, record.RootElement.GetProperty("float32").GetProperty("sha256").GetString());
        JsonElement agreement = Assert.Single(record.RootElement.GetProperty("agreement").EnumerateArray());
        Assert.Equal("simulated scenes, windows held out", agreement.GetProperty("on").GetString());
        Assert.InRange(agreement.GetProperty("labels").GetDouble(), 0.97, 1);
        Assert.InRange(agreement.GetProperty("mean_difference").GetDouble(), 1e-6, 0.02);
        using SegmentationModel model = SegmentationModel.Load(path, threads: 1);
        var probabilities = new float[3 * 64 * 64];
        model.Run(new float[10 * 64 * 64], 64, 64, probabilities, TestContext.Current.CancellationToken);
        Assert.Equal(1, probabilities[0] + probabilities[64 * 64] + probabilities[2 * 64 * 64], 1e-5f);
    }

    [Fact]
    public void Weights_and_activations_of_all_layers_but_the_last_are_integer()
    {
        using var folder = new TempFolder();
        Quantize(Float32(folder), Options).Write(folder.File("q.onnx"), overwrite: false);
        GraphProto graph = OnnxFile.Read(folder.File("q.onnx")).Model.Graph;
        var byOutput = graph.Node.ToDictionary(n => n.Output[0]);
        NodeProto[] convolutions = [.. graph.Node.Where(n => n.OpType == "Conv")];
        Assert.Equal(13, convolutions.Length); // 5 pairs, 2 transposed, the last
        Assert.All(convolutions.SkipLast(1), c => Assert.All(c.Input, i => Assert.Equal("DequantizeLinear", byOutput[i].OpType)));
        Assert.False(byOutput.ContainsKey(convolutions[^1].Input[1]));
        // what a Concat joins and gives has one scale
        foreach (NodeProto concat in graph.Node.Where(n => n.OpType == "Concat"))
            Assert.Single(concat.Input.Select(i => Scale(byOutput[i])).Append(Scale(graph.Node.Single(n => n.Input[0] == concat.Output[0]))).Distinct());

        float Scale(NodeProto node) => ConvLayer.Floats(graph.Initializer.Single(t => t.Name == node.Input[1]))[0];
    }

    [Fact]
    public void The_same_windows_give_the_same_bytes()
    {
        using var folder = new TempFolder();
        string source = Float32(folder);
        Quantize(source, Options).Write(folder.File("first.onnx"), overwrite: false);
        Quantize(source, Options, threads: 2).Write(folder.File("second.onnx"), overwrite: false);
        Assert.Equal(File.ReadAllBytes(folder.File("first.onnx")), File.ReadAllBytes(folder.File("second.onnx")));
    }

    [Fact]
    public void A_target_keeps_sensitive_layers_in_float()
    {
        using var folder = new TempFolder();
        Quantizer all = Quantize(Float32(folder), Options), some = Quantize(Float32(folder), Options with { Target = 0.9999 });
        Assert.Single(all.FloatLayers);
        Assert.True(some.FloatLayers.Count() > 1);
        Assert.InRange(some.IntegerShare, 0.4, 0.99);
        Assert.True(some.Compared[0].Agreement.MeanDifference < all.Compared[0].Agreement.MeanDifference);
    }

    [Fact]
    public void Windows_of_a_stack_do_for_calibration_and_comparison()
    {
        using var folder = new TempFolder();
        using var stack = GeoTiffSource.Open(Stacks.Write(folder.File("s.tif"), 150, 130));
        ComparedScene compared = Assert.Single(Quantize(Float32(folder), Options, stack).Compared);
        Assert.Equal("s.tif, windows held out", compared.Name);
        Assert.InRange(compared.Agreement.Pixels, 64 * 64, 3 * 64 * 64);
    }

    [Fact]
    public void A_stack_without_data_is_refused()
    {
        using var folder = new TempFolder();
        using var stack = new MemoryRaster<ushort>(Stacks.Grid(128, 128), [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], name: "empty.tif");
        var quantizer = new Quantizer(Float32(folder), Options, new() { Threads = 1, Cancellation = TestContext.Current.CancellationToken });
        Assert.StartsWith("empty.tif: has 0 windows of 64 px of which half or more are data\n", Assert.Throws<AsmException>(() => quantizer.AddStack(stack)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_that_lacks_a_band_is_refused()
    {
        using var folder = new TempFolder();
        using var stack = GeoTiffSource.Open(Stacks.Write(folder.File("s.tif"), 64, 64, bands: ["B02", "B03"]));
        var quantizer = new Quantizer(Float32(folder), Options, new() { Threads = 1, Cancellation = TestContext.Current.CancellationToken });
        Assert.Contains("has no band named B04", Assert.Throws<AsmException>(() => quantizer.AddStack(stack)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantised_model_is_not_quantised_again()
    {
        using var folder = new TempFolder();
        Quantize(Float32(folder), Options).Write(folder.File("q.onnx"), overwrite: false);
        Assert.Contains("is quantised already", Assert.Throws<AsmException>(() => new Quantizer(folder.File("q.onnx"), Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_passes_the_checker_of_ONNX()
    {
        using var folder = new TempFolder();
        Quantize(Float32(folder), Options).Write(folder.File("q.onnx"), overwrite: false);
        (int exit, string output, string error) = PeerTool.TryRun("/usr/bin/python3", "-c", """
            import sys
            try: import onnx
            except ImportError: sys.exit(77)
            m = onnx.load(sys.argv[1])
            onnx.checker.check_model(m, full_check=True)
            print(sum(i.data_type == onnx.TensorProto.INT8 for i in m.graph.initializer if i.name.endswith('int8')))
            """, folder.File("q.onnx"));
        Assert.SkipWhen(exit == 77, "needs the Python package onnx, which is not installed");
        Assert.True(exit == 0, error);
        Assert.Equal("12\n", output);
    }
}
