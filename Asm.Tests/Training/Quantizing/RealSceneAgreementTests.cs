using Asm.Inference.Preparation;
using Asm.Tests.Support;
using Asm.Training.Quantizing;

namespace Asm.Tests.Training.Quantizing;

/// <summary>The shipped model, quantised on simulated scenes alone, on real scenes.</summary>
public sealed class RealSceneAgreementTests
{
    [Fact]
    public void Nine_hundred_and_ninety_nine_of_a_thousand_labels_agree()
    {
        using StackSource thailand = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        using StackSource amazon = StackSource.Open([SharedData.Require("scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif")], new StackRadiometry { Offset = -1000 });
        var quantizer = new Quantizer(Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx"), new QuantizeOptions { Name = "starter-int8", Windows = 32 }, new() { Threads = 2, Cancellation = TestContext.Current.CancellationToken });
        quantizer.AddSimulation();
        quantizer.Calibrate();
        quantizer.Choose();
        quantizer.Compare([thailand, amazon]);
        Assert.Equal(3, quantizer.Compared.Count);
        Assert.All(quantizer.Compared, c => Assert.True(c.Agreement.LabelAgreement >= 0.999, $"{c.Name}: {c.Agreement.LabelAgreement:P3} of the labels agree"));
    }
}
