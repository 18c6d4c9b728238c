using Asm.Inference.Model;
using Asm.Tests.Support;
using Google.Protobuf;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of asm-train export and asm-train quantize.</summary>
public sealed class TrainingExportFixTests : TrainingTrial
{
    [Fact]
    [Fix("give --average the model that the checkpoint's run started from")]
    [Fix("give another name, or --overwrite")]
    [Fix("give the model a name of its own with --name, or the file another one")]
    public void A_checkpoint_is_averaged_with_its_first_and_has_a_name_of_its_own()
    {
        TrainWorks(Fit(Tiny + Simulated + "output: first\n"));
        TrainWorks(Fit(Tiny + Simulated + "output: stranger\nseed: 2\n"));
        TrainWorks(Fit(Tiny + Simulated + "output: further\ninitial: first/best.checkpoint\n"));
        string[] Line(string output, params string[] more) => ["export", "further/best.checkpoint", "-o", output, .. more];
        TrainFails(Line("model.onnx", "--average", "stranger/best.checkpoint"));
        TrainWorks(Line("model.onnx", "--average", "first/best.checkpoint"));
        TrainFails(Line("model.onnx"));
        TrainWorks(Line("model.onnx", "--overwrite"));
        TrainFails(Line("1.onnx"));
        TrainWorks(Line("1.onnx", "--name", "the first"));
        TrainWorks(Line("another.onnx"));
    }

    [Fact]
    [Fix("give another name with --output")]
    [Fix("give another name, or --overwrite")]
    [Fix("give a stack that has them: --calibrate STACK.tif")]
    [Fix("quantise a model that asm-train export wrote")]
    [Fix("give the model as it was before quantisation, or its checkpoint")]
    public void A_float32_model_of_asm_train_export_is_quantised()
    {
        TrainWorks(Fit(Tiny.Replace("depth: 1", "depth: 2", StringComparison.Ordinal) + Simulated));
        TrainWorks("export", "run/best.checkpoint", "-o", "model.onnx");
        TrainFails(Quantize("model.onnx", "model.onnx"));
        TrainWorks(Quantize("model.onnx", "small.onnx"));
        TrainFails(Quantize("model.onnx", "small.onnx"));
        TrainWorks(Quantize("model.onnx", "small.onnx", "--overwrite"));
        TrainFails(Quantize("small.onnx", "again.onnx"));
        TrainFails(Quantize(Changed("old.onnx", model => model.OpsetImport[0].Version = 12), "again.onnx"));
        TrainFails(Quantize(Changed("sums.onnx", model => model.Graph.Node.First(n => n.OpType == "Relu").OpType = "Sigmoid"), "again.onnx"));
        string deep = Tiny.Replace("depth: 1", "depth: 2", StringComparison.Ordinal) + Simulated + "output: further\n";
        TrainFails(Fit(deep, "--initial", "small.onnx"));
        TrainWorks(Fit(deep, "--initial", "model.onnx"));

        string[] bands = ["L1", "L2"];
        OnnxNetwork.UNet(bands: 2, depth: 1, width: 2).Save(PathOf("landsat.onnx"), bands, window: 32);
        Stacks.Write(PathOf("landsat.tif"), 100, 100, bands: bands);
        TrainFails(Quantize("landsat.onnx", "landsat-int8.onnx"));
        TrainWorks(Quantize("landsat.onnx", "landsat-int8.onnx", "--calibrate", "landsat.tif"));
    }

    private static string[] Quantize(string model, string output, params string[] more) =>
        ["quantize", model, "-o", output, "--windows", "2", "--threads", "1", .. more];

    private string Changed(string name, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(PathOf("model.onnx")));
        change(model);
        File.WriteAllBytes(PathOf(name), model.ToByteArray());
        return name;
    }
}
