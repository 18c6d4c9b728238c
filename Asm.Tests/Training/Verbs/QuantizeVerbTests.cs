using Asm.Tests.Support;
using Asm.Training.Verbs;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Verbs;

public sealed class QuantizeVerbTests
{
    [Theory]
    [InlineData(0, "--help")]
    [InlineData(2, "model.onnx")]
    [InlineData(2, "model.onnx", "-o", "q.onnx", "--weight-bits", "9")]
    [InlineData(2, "model.onnx", "-o", "q.onnx", "--target", "99.9")]
    [InlineData(2, "model.onnx", "-o", "q.onnx", "--range", "entropy")]
    [InlineData(1, "nowhere.onnx", "-o", "q.onnx")]
    [InlineData(1, "nowhere.onnx", "-o", "no-such-folder/q.onnx")]
    public void The_exit_code_says_how_it_ended(int expected, params string[] arguments) => Assert.Equal(expected, AsmTrain.Run(["quantize", .. arguments]));

    [Theory]
    [InlineData(false, true, "calibrate on stacks like it (--calibrate), or raise --target")]
    [InlineData(true, true, "raise --target")]
    [InlineData(false, false, "no further layer may stay float32 (at most 50 % of the arithmetic): calibrate on stacks like it (--calibrate), or use the float32 model for them")]
    [InlineData(true, false, "no further layer may stay float32 (at most 50 % of the arithmetic): use the float32 model for scenes like it")]
    public void Only_what_can_still_help_is_advised(bool calibrated, bool targetReached, string advice) => Assert.Equal(advice, QuantizeVerb.Advice(calibrated, targetReached));

    [Fact]
    public void A_model_is_quantised_once_and_not_replaced()
    {
        using var folder = new TempFolder();
        string model = OnnxNetwork.UNet(depth: 1, width: 2).Save(folder.File("m.onnx"), window: 32), output = folder.File("m-int8.onnx");
        string stack = Stacks.Write(folder.File("s.tif"), 100, 100);
        string[] line = ["quantize", model, "-o", output, "--calibrate", stack, "--windows", "2", "--compare", stack, "--threads", "1"];
        Assert.Equal(0, AsmTrain.Run(line));
        Assert.Equal(1, AsmTrain.Run(line));
        Assert.Equal(0, AsmTrain.Run([.. line, "--overwrite"]));
        Assert.Equal(1, AsmTrain.Run(["quantize", output, "-o", folder.File("again.onnx")]));
        Assert.Equal(1, AsmTrain.Run(["quantize", stack, "-o", folder.File("again.onnx")]));
        Assert.Equal(1, AsmTrain.Run(["quantize", model, "-o", model, "--overwrite"]));
        Assert.Equal(["m-int8.json", "m-int8.onnx", "m.onnx", "s.tif"], folder.Names);
    }
}
