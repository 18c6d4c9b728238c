using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

/// <summary>The shipped model, quantised on simulated scenes alone, on real scenes.</summary>
public sealed class RealSceneAgreementTests
{
    [Theory]
    [InlineData("scenes/thailand-T48QUE", null)]
    [InlineData("scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif", -1000.0)]
    public void Nine_hundred_and_ninety_nine_of_a_thousand_labels_agree(string scene, double? offset)
    {
        string data = SharedData.Require(scene);
        using var folder = new TempFolder();
        using StackSource stack = StackSource.Open([data], new StackRadiometry { Offset = offset });
        var quantizer = new Quantizer(Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx"), new QuantizeOptions { Name = "starter-int8", Windows = 32, Threads = 2 }, TestContext.Current.CancellationToken);
        quantizer.AddSimulation();
        quantizer.Calibrate();
        quantizer.Choose();
        quantizer.Compare([stack]);
        Assert.All(quantizer.Compared, c => Assert.True(c.Agreement.LabelAgreement >= 0.999, $"{c.Name}: {c.Agreement.LabelAgreement:P3} of the labels agree"));
    }
}
