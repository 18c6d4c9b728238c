using Asm.Inference.Model;
using Asm.Raster;
using Asm.Tests.Support;
using Google.Protobuf;

namespace Asm.Tests.Inference.Model;

/// <summary>Networks that people have and that are no model of this program as they are: named as what they are, with a way out that works.</summary>
public sealed class ModelFormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Network Network10() => new(10, 1);

    private static string Refused(string path)
    {
        string message = Assert.Throws<AsmException>(() => SegmentationModel.Load(path, 1).Dispose()).Message;
        Assert.Contains("\n  expected: ", message, StringComparison.Ordinal);
        Assert.Contains("\n  fix: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("report", message, StringComparison.Ordinal);
        return message;
    }

    private static void Loads(string path) => SegmentationModel.Load(path, 1).Dispose();

    private static Network Ended(Action<Network, string> end)
    {
        Network net = Network10();
        end(net, net.Conv(Network.Input, 10, 3, 3));
        net.Finish("probabilities", 3);
        return net;
    }

    [Fact]
    public void Logits_are_told_by_their_numbers_and_load_with_the_softmax_that_the_message_asks_for()
    {
        string message = Refused(Ended((n, x) => n.As("probabilities", "Identity", [x])).Save(_folder.File("logits.onnx")));
        Assert.Contains("logits.onnx: its output holds -", message, StringComparison.Ordinal);
        Assert.Contains("scores before a softmax (logits)\n", message, StringComparison.Ordinal);
        Assert.EndsWith("fix: end the graph with a Softmax along axis 1", message, StringComparison.Ordinal);
        Loads(Ended((n, x) => n.As("probabilities", "Softmax", [x], Network.Int("axis", 1))).Save(_folder.File("fixed.onnx")));
    }

    [Fact]
    public void A_sigmoid_of_each_class_is_told_and_loads_with_the_division_that_the_message_asks_for()
    {
        string message = Refused(Ended((n, x) => n.As("probabilities", "Sigmoid", [x])).Save(_folder.File("sigmoid.onnx")));
        Assert.Contains("each class by itself, as of a sigmoid\n", message, StringComparison.Ordinal);
        Loads(Ended((n, x) =>
        {
            string single = n.Add("Sigmoid", [x]);
            n.As("probabilities", "Div", [single, n.Add("ReduceSum", [single, n.Whole(1)])]);
        }).Save(_folder.File("fixed.onnx")));
    }

    [Fact]
    public void NaN_is_refused_at_load()
    {
        // The logarithm of what is below 0.
        Network net = Ended((n, x) => n.As("probabilities", "Softmax", [n.Add("Log", [n.Add("Neg", [n.Add("Abs", [x])])])], Network.Int("axis", 1)));
        Assert.Contains("nan.onnx: its output holds NaN or infinities\n", Refused(net.Save(_folder.File("nan.onnx"))), StringComparison.Ordinal);
    }

    [Fact]
    public void One_channel_is_named_a_sigmoid_and_loads_with_the_two_that_the_message_asks_for()
    {
        Network net = Network10();
        net.As("probabilities", "Sigmoid", [net.Conv(Network.Input, 10, 1, 3)]);
        net.Finish("probabilities", 1);
        Assert.Contains("is 1 x 1 x 64 x 64 for a window of 64 x 64 px: one channel, as of a sigmoid\n", Refused(net.Save(_folder.File("one.onnx"))), StringComparison.Ordinal);

        Network both = Network10();
        string p = both.Add("Sigmoid", [both.Conv(Network.Input, 10, 1, 3)]);
        both.As("probabilities", "Concat", [p, both.Add("Sub", [both.Number(1), p])], Network.Int("axis", 1));
        both.Finish("probabilities", 2);
        Loads(both.Save(_folder.File("two.onnx"), metadata: (ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"other","color":"#009e73"}]""")));
    }

    [Fact]
    public void Channels_last_are_named_and_load_with_the_transposes_that_the_message_asks_for()
    {
        Network last = Ended((n, x) => n.As("probabilities", "Softmax", [x], Network.Int("axis", 1)));
        (last.Graph.Input[0].Type.TensorType.Shape.Dim[1], last.Graph.Input[0].Type.TensorType.Shape.Dim[3]) =
            (new() { DimParam = "h" }, new() { DimValue = 10 });
        Assert.Contains("channels last\n", Refused(last.Save(_folder.File("last.onnx"))), StringComparison.Ordinal);

        Network output = Ended((n, x) => n.As("probabilities", "Transpose", [n.Add("Softmax", [x], Network.Int("axis", 1))], Network.Ints("perm", 0, 2, 3, 1)));
        Assert.Contains("is 1 x 64 x 64 x 3 for a window of 64 x 64 px: channels last\n", Refused(output.Save(_folder.File("output.onnx"))), StringComparison.Ordinal);

        Loads(Ended((n, x) =>
        {
            string pixels = n.Add("Transpose", [n.Add("Softmax", [x], Network.Int("axis", 1))], Network.Ints("perm", 0, 2, 3, 1));
            n.As("probabilities", "Transpose", [pixels], Network.Ints("perm", 0, 3, 1, 2));
        }).Save(_folder.File("fixed.onnx")));
    }

    [Fact]
    public void A_fixed_size_is_named_as_such()
    {
        Network net = Ended((n, x) => n.As("probabilities", "Softmax", [x], Network.Int("axis", 1)));
        net.Graph.Input[0].Type.TensorType.Shape.Dim[2] = new() { DimValue = 512 };
        net.Graph.Input[0].Type.TensorType.Shape.Dim[3] = new() { DimValue = 512 };
        string message = Refused(net.Save(_folder.File("fixed.onnx")));
        Assert.Contains("its input 'reflectance' is n x 10 x 512 x 512: a fixed size\n", message, StringComparison.Ordinal);
        Assert.Contains("dynamic_axes={'reflectance': {0: 'n', 2: 'h', 3: 'w'}, OUTPUT: the same}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_inputs_are_named()
    {
        Network net = Ended((n, x) => n.As("probabilities", "Softmax", [x], Network.Int("axis", 1)));
        ValueInfoProto second = net.Graph.Input[0].Clone();
        second.Name = "elevation";
        net.Graph.Input.Add(second);
        Assert.Contains("its graph has 2 inputs: 'reflectance', 'elevation'\n", Refused(net.Save(_folder.File("two.onnx"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelMetadataKeys.Scale, "\"reflectance x 10000\"", "its asm_scale is 'reflectance x 10000', and networks are given reflectance 0..1")]
    [InlineData(ModelMetadataKeys.Scale, "\"DN\"", "its asm_scale is 'DN'")]
    [InlineData(ModelMetadataKeys.BandMean, "[1500,1500,1500,1500,1500,1500,1500,1500,1500,1500]", "its asm_band_mean holds 1500")]
    [InlineData(ModelMetadataKeys.BandMean, "[1e999,0,0,0,0,0,0,0,0,0]", "its asm_band_mean")]
    [InlineData(ModelMetadataKeys.BandMean, "[0.1]", "names 10 bands, 1 means and 10 deviations")]
    [InlineData(ModelMetadataKeys.Bands, """["a","b","c","d","e","f","g","h","i","j"]""", "its asm_bands are a b c d e f g h i j, none of which is a band that is known")]
    [InlineData(ModelMetadataKeys.Bands, """["B02","B02","B04","B05","B06","B07","B08","B8A","B11","B12"]""", "names the band B02 2 times")]
    [InlineData(ModelMetadataKeys.Bands, """["B02",null,"B04","B05","B06","B07","B08","B8A","B11","B12"]""", "its asm_bands hold the name ''")]
    [InlineData(ModelMetadataKeys.Bands, """["B02\u001b[31m","B03","B04","B05","B06","B07","B08","B8A","B11","B12"]""", "its asm_bands hold the name 'B02\\u001b[31m'")]
    [InlineData(ModelMetadataKeys.Bands, "7", "its metadata asm_bands is '7'")]
    [InlineData(ModelMetadataKeys.Classes, "[null,null,null]", "class 1 of asm_classes is null")]
    [InlineData(ModelMetadataKeys.Classes, "{}", "its metadata asm_classes is '{}'")]
    [InlineData(ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"Mines","color":"#009e73"}]""", "has 2 classes called")]
    [InlineData(ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"built","color":"green"}]""", "a colour of its asm_classes is 'green'")]
    [InlineData(ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"other","color":"#009e73"}]""", "3 channels, and its metadata name 2 classes")]
    [InlineData(ModelMetadataKeys.WindowPixels, "1e400", "its metadata asm_window_pixels is '1e400'")]
    public void Metadata_that_do_not_fit_are_refused(string key, string value, string found)
    {
        string message = Refused(Network.UNet(depth: 1, width: 2).Save(_folder.File("m.onnx"), metadata: (key, value)));
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', message);
    }

    [Theory]
    [InlineData("\"reflectance 0..1\"")]
    [InlineData("reflectance 0..1")]
    public void The_scale_that_is_fed_may_be_stated(string scale) =>
        Loads(Network.UNet(depth: 1, width: 2).Save(_folder.File("m.onnx"), metadata: (ModelMetadataKeys.Scale, scale)));

    [Fact]
    public void Names_of_fewer_bands_than_the_graph_s_channels_are_refused()
    {
        string[] nine = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11"];
        (string, string)[] metadata = [(ModelMetadataKeys.BandMean, "[0,0,0,0,0,0,0,0,0]"), (ModelMetadataKeys.BandDeviation, "[1,1,1,1,1,1,1,1,1]")];
        Network stated = Network.UNet(depth: 1, width: 2), free = Network.UNet(depth: 1, width: 2);
        free.Graph.Input[0].Type.TensorType.Shape.Dim[1] = new() { DimParam = "c" };
        Assert.Contains("is n x 10 x h x w, and its metadata name 9 bands\n", Refused(stated.Save(_folder.File("a.onnx"), nine, metadata: metadata)), StringComparison.Ordinal);
        Assert.Contains("is Conv, and it takes 10 channels and is given 9\n", Refused(free.Save(_folder.File("b.onnx"), nine, metadata: metadata)), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beside_the_model_are_read_from_its_folder_and_count_in_its_hash()
    {
        string inside = Network.UNet(depth: 1, width: 2).Save(_folder.File("inside.onnx"));
        string one = Outside(inside, "w.bin", "w.bin"), far = Outside(inside, "x.bin", "../x.bin"), gone = Outside(inside, "y.bin", "z.bin");
        ModelDescription before = ModelFile.Describe(one);
        Assert.Equal([one, _folder.File("w.bin")], before.Files);
        float[] window = [.. Enumerable.Range(0, 10 * 64 * 64).Select(i => 0.001f * (i % 300))];
        Assert.Equal(Probabilities(inside, window), Probabilities(one, window));
        byte[] weights = File.ReadAllBytes(_folder.File("w.bin"));
        weights[3] ^= 1;
        File.WriteAllBytes(_folder.File("w.bin"), weights);
        Assert.NotEqual(before.Sha256, ModelFile.Describe(one).Sha256);
        Assert.Contains("lie in '../x.bin'\n", Refused(far), StringComparison.Ordinal);
        Assert.Contains("its weights lie in 'z.bin', which is not beside it\n", Refused(gone), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("w.bin"), weights[..8]);
        Assert.Contains("values and holds 2\n", Refused(one), StringComparison.Ordinal);
    }

    private static float[] Probabilities(string path, float[] window)
    {
        using SegmentationModel model = SegmentationModel.Load(path, 1);
        var probabilities = new float[3 * 64 * 64];
        model.Run(window, 64, 64, probabilities, TestContext.Current.CancellationToken);
        return probabilities;
    }

    /// <summary>The same model with its first weights in a file of their own.</summary>
    private string Outside(string path, string written, string named)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        TensorProto weights = model.Graph.Initializer[0];
        File.WriteAllBytes(_folder.File(written), weights.RawData.ToByteArray());
        weights.RawData = ByteString.Empty;
        weights.DataLocation = 1;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = named });
        string result = _folder.File($"outside-{written}.onnx");
        File.WriteAllBytes(result, model.ToByteArray());
        return result;
    }
}
