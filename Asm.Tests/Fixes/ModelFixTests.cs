using Asm.Inference.Model;
using Asm.Tests.Support;
using Google.Protobuf;

namespace Asm.Tests.Fixes;

/// <summary>Fixes of networks that people have and that are no model of this program as they are.</summary>
public sealed class ModelFixTests : TrainingTrial
{
    private const string TwoClasses = """[{"code":1,"name":"mines","color":"#d55e00"},{"code":2,"name":"other","color":"#009e73"}]""";

    /// <summary>A convolution, what a test puts behind it, and the output.</summary>
    private static Network Ended(Action<Network, string> end, int channels = 3)
    {
        var net = new Network(10, 1);
        end(net, net.Conv(Network.Input, 10, channels, 3));
        net.Finish("probabilities", channels);
        return net;
    }

    private static Network Plain() => Ended((n, x) => Softmax(n, x, "probabilities"));

    private static string Softmax(Network net, string from, string output) => net.As(output, "Softmax", [from], Network.Int("axis", 1));

    private string Save(string name, Network net, params (string, string)[] metadata) =>
        Path.GetFileName(net.Save(PathOf(name), window: 32, metadata: metadata));

    private void Refused(string name, Network net, params (string, string)[] metadata) => Fails("inspect", Save(name, net, metadata));

    private void Taken(string name, Network net, params (string, string)[] metadata) => Works("inspect", Save(name, net, metadata));

    private static AttributeProto To(int type) => Network.Int("to", type);

    [Fact]
    [Fix("end the graph with a Softmax along axis 1")]
    [Fix("end the graph with a division by the sum over the classes (ReduceSum along axis 1, Div), or with a Softmax in place of the Sigmoid")]
    [Fix("end the graph with Concat(p, 1 - p) along axis 1, and name both classes in the metadata asm_classes")]
    public void Scores_and_single_probabilities_are_made_ones_of_all_classes()
    {
        Refused("logits.onnx", Ended((n, x) => n.As("probabilities", "Identity", [x])));
        Taken("softmax.onnx", Plain());
        Refused("sigmoid.onnx", Ended((n, x) => n.As("probabilities", "Sigmoid", [x])));
        Taken("divided.onnx", Ended((n, x) =>
        {
            string single = n.Add("Sigmoid", [x]);
            n.As("probabilities", "Div", [single, n.Add("ReduceSum", [single, n.Whole(1)])]);
        }));
        Refused("one.onnx", Ended((n, x) => n.As("probabilities", "Sigmoid", [x]), channels: 1));
        Refused("named.onnx", Ended((n, x) => n.As("probabilities", "Sigmoid", [x]), channels: 1), (ModelMetadataKeys.Classes, """[{"code":1,"name":"mines","color":"#d55e00"}]"""));
        Taken("both.onnx", Ended((n, x) =>
        {
            string p = n.Add("Sigmoid", [x]);
            n.As("probabilities", "Concat", [p, n.Add("Sub", [n.Number(1), p])], Network.Int("axis", 1));
        }, channels: 1), (ModelMetadataKeys.Classes, TwoClasses));
    }

    [Fact]
    [Fix("end the graph with a division by {} (Div)")]
    public void Parts_of_a_hundred_are_divided()
    {
        static string Hundred(Network n, string x) => n.Add("Mul", [Softmax(n, x, "p"), n.Number(100)]);
        Refused("percent.onnx", Ended((n, x) => n.As("probabilities", "Identity", [Hundred(n, x)])));
        Taken("divided.onnx", Ended((n, x) => n.As("probabilities", "Div", [Hundred(n, x), n.Number(100)])));
    }

    [Fact]
    [Fix("find the node that gives them: a division by 0, a logarithm or root below 0; a quotient such as an index needs a small number added below the line")]
    public void An_index_of_bands_that_are_0_gets_a_small_number_below_the_line()
    {
        // The shares of the bands in their sum, which is 0 where all of them are.
        Network Index(float added)
        {
            var net = new Network(10, 1);
            string dark = net.Add("Relu", [net.Add("Sub", [Network.Input, net.Number(0.4f)])]), sum = net.Add("ReduceSum", [dark, net.Whole(1)]);
            string index = net.Add("Div", [dark, net.Add("Add", [sum, net.Number(added)])]);
            Softmax(net, net.Conv(index, 10, 3, 1), "probabilities");
            net.Finish("probabilities", 3);
            return net;
        }
        Refused("nan.onnx", Index(0));
        Taken("index.onnx", Index(1e-6f));
    }

    [Fact]
    [Fix("end the graph with a Cast to float32 (1)")]
    [Fix("export the model with a float32 input, or put a Cast behind such an input")]
    public void Numbers_of_other_types_are_cast()
    {
        Network twice = Ended((n, x) => n.As("probabilities", "Cast", [Softmax(n, x, "p")], To(11)));
        twice.Graph.Output[0].Type.TensorType.ElemType = 11;
        Refused("double.onnx", twice);
        Taken("float.onnx", Ended((n, x) => n.As("probabilities", "Cast", [n.Add("Cast", [Softmax(n, x, "p")], To(11))], To(1))));

        Network HalfIn(int type)
        {
            var net = new Network(10, 1);
            string half = type == 1 ? net.Add("Cast", [Network.Input], To(10)) : Network.Input;
            Softmax(net, net.Conv(net.Add("Cast", [half], To(1)), 10, 3, 3), "probabilities");
            net.Finish("probabilities", 3);
            net.Graph.Input[0].Type.TensorType.ElemType = type;
            return net;
        }
        Refused("half.onnx", HalfIn(10));
        Taken("cast.onnx", HalfIn(1));
    }

    [Fact]
    [Fix("export it with channels first (tf2onnx: --inputs-as-nchw INPUT --outputs-as-nchw OUTPUT), or put a Transpose of perm 0,2,3,1 behind such an input and one of perm 0,3,1,2 before the output")]
    [Fix("end the graph with a Transpose of perm 0,3,1,2")]
    public void Channels_last_are_turned()
    {
        static string Dense(Network net, string pixels) =>
            net.Add("Softmax", [net.Add("Transpose", [net.Conv(net.Add("Transpose", [pixels], Network.Ints("perm", 0, 3, 1, 2)), 10, 3, 1)], Network.Ints("perm", 0, 2, 3, 1))],
                Network.Int("axis", 3));
        var last = new Network(10, 1);
        last.As("probabilities", "Identity", [Dense(last, Network.Input)]);
        last.Finish("probabilities", 3);
        (last.Graph.Input[0].Type.TensorType.Shape.Dim[1], last.Graph.Input[0].Type.TensorType.Shape.Dim[3]) = (new() { DimParam = "h" }, new() { DimValue = 10 });
        Refused("last.onnx", last);

        Network Turned(bool output)
        {
            var net = new Network(10, 1);
            string pixels = Dense(net, net.Add("Transpose", [Network.Input], Network.Ints("perm", 0, 2, 3, 1)));
            if (output) net.As("probabilities", "Transpose", [pixels], Network.Ints("perm", 0, 3, 1, 2));
            else net.As("probabilities", "Identity", [pixels]);
            net.Finish("probabilities", 3);
            return net;
        }
        Refused("output.onnx", Turned(output: false));
        Taken("turned.onnx", Turned(output: true));
    }

    [Fact]
    [Fix("export it with free axes (torch.onnx.export: dynamic_axes={{}: {0: 'n', 2: 'h', 3: 'w'}, OUTPUT: the same})")]
    [Fix("export the model with such an input")]
    public void An_input_of_a_fixed_size_or_without_a_batch_is_made_free()
    {
        Network sized = Plain(), single = Plain();
        foreach (int axis in new[] { 2, 3 }) sized.Graph.Input[0].Type.TensorType.Shape.Dim[axis] = new() { DimValue = 512 };
        Refused("sized.onnx", sized);
        single.Graph.Input[0].Type.TensorType.Shape.Dim.RemoveAt(0);
        Refused("single.onnx", single);
        Taken("free.onnx", Plain());
    }

    [Fact]
    [Fix("join the inputs into one of all bands (Split in the graph takes them apart again), and make what is the same for all windows a constant")]
    public void Two_inputs_are_joined()
    {
        Network Two(bool joined)
        {
            var net = new Network(10, 1);
            net.Graph.Node.Add(new NodeProto { OpType = "Split", Name = "split", Input = { Network.Input, net.Whole(4, 6) }, Output = { "fine", "coarse" }, Attribute = { Network.Int("axis", 1) } });
            string both = net.Concat(net.Conv("fine", 4, 2, 3), net.Conv("coarse", 6, 2, 3));
            Softmax(net, net.Conv(both, 4, 3, 1), "probabilities");
            net.Finish("probabilities", 3);
            if (joined) return net;
            net.Graph.Node.RemoveAt(0);
            net.Graph.Input[0].Name = "fine";
            net.Graph.Input.Add(net.Graph.Input[0].Clone());
            net.Graph.Input[1].Name = "coarse";
            return net;
        }
        Refused("two.onnx", Two(joined: false));
        Taken("joined.onnx", Two(joined: true));
    }

    [Fact]
    [Fix("put a node before the first one that makes the network's scale of reflectance (a Mul by 10000 for reflectance x 10,000), and state \"reflectance 0..1\"")]
    [Fix("write means and deviations as reflectance (divide those of reflectance x 10,000 by 10,000); a network of another scale begins with a Mul that makes it of reflectance")]
    public void A_network_of_another_scale_begins_with_a_factor()
    {
        const string Means = "[1500,1500,1500,1500,1500,1500,1500,1500,1500,1500]";
        Network Raw(bool factor)
        {
            var net = new Network(10, 1);
            string x = factor ? net.Add("Mul", [Network.Input, net.Number(10_000)]) : Network.Input;
            Softmax(net, net.Conv(net.Add("Div", [x, net.Number(3_000)]), 10, 3, 3), "probabilities");
            net.Finish("probabilities", 3);
            return net;
        }
        Refused("scale.onnx", Raw(false), (ModelMetadataKeys.Scale, "\"reflectance x 10000\""));
        Taken("factor.onnx", Raw(true), (ModelMetadataKeys.Scale, "\"reflectance 0..1\""));
        Refused("means.onnx", Raw(true), (ModelMetadataKeys.BandMean, Means));
        Taken("divided.onnx", Raw(true), (ModelMetadataKeys.BandMean, Means.Replace("1500", "0.15", StringComparison.Ordinal)));
    }

    [Fact]
    [Fix("write the names of all channels, in their order, into the metadata asm_bands")]
    [Fix("write the names of its bands, in the order of its channels, into the metadata asm_bands")]
    [Fix("write the names of all {} classes, in the order of the channels, into the metadata {}")]
    public void Names_are_written_for_every_channel()
    {
        (string, string)[] nine =
        [
            (ModelMetadataKeys.Bands, """["B02","B03","B04","B05","B06","B07","B08","B8A","B11"]"""),
            (ModelMetadataKeys.BandMean, "[0,0,0,0,0,0,0,0,0]"), (ModelMetadataKeys.BandDeviation, "[1,1,1,1,1,1,1,1,1]"),
        ];
        Refused("nine.onnx", Plain(), nine);
        Refused("letters.onnx", Plain(), (ModelMetadataKeys.Bands, """["a","b","c","d","e","f","g","h","i","j"]"""));
        Refused("classes.onnx", Plain(), (ModelMetadataKeys.Classes, TwoClasses));
        Taken("named.onnx", Plain());
        // The names of colours tell bands as well.
        Taken("colours.onnx", Plain(), (ModelMetadataKeys.Bands, """["blue","green","red","red edge 1","red edge 2","red edge 3","nir","narrow nir","swir 1","swir 2"]"""));
    }

    [Fact]
    [Fix("pad the convolutions, and end the graph with a Resize to the input's size")]
    [Fix("export the model with an output of the input's size")]
    public void Maps_that_are_smaller_than_the_window_are_padded_and_resized()
    {
        Network Strided(int pad, bool resized)
        {
            var net = new Network(10, 1);
            string x = net.Conv(Network.Input, 10, 3, 3, stride: 2);
            foreach (AttributeProto attribute in net.Graph.Node[^1].Attribute.Where(a => a.Name == "pads").ToArray()) (attribute.Ints[0], attribute.Ints[1], attribute.Ints[2], attribute.Ints[3]) = (pad, pad, pad, pad);
            if (resized) x = net.Add("Resize", [x, "", net.Numbers(1, 1, 2, 2)]);
            Softmax(net, x, "probabilities");
            net.Finish("probabilities", 3);
            return net;
        }
        Refused("unpadded.onnx", Strided(pad: 0, resized: true));
        Refused("half.onnx", Strided(pad: 1, resized: false));
        Taken("resized.onnx", Strided(pad: 1, resized: true));
    }

    [Fact]
    [Fix("use a network with less pooling")]
    [Fix("use a smaller network")]
    public void A_network_that_is_too_deep_or_too_large_is_exchanged()
    {
        Network.UNet(depth: 9, width: 1).Save(PathOf("deep.onnx"), window: 512);
        Fails("inspect", "deep.onnx");
        Refused("large.onnx", Ended((n, x) => Softmax(n, n.Conv(n.Conv(x, 3, 4000, 31), 4000, 3, 1), "probabilities")));
        Taken("small.onnx", Network.UNet(depth: 2, width: 2));
    }

    [Fact]
    [Fix("copy it beside the model")]
    [Fix("copy the model's files again, or export it again")]
    [Fix("copy the weights beside the model and name them so in its external_data; where they lie below its folder, save it as one file: onnx.save(onnx.load(MODEL), OUT, save_as_external_data=False)")]
    public void Weights_that_lie_elsewhere_are_copied_or_saved_into_the_model()
    {
        Plain().Save(PathOf("whole.onnx"), window: 32);
        string beside = Outside("beside.onnx", "w.bin"), below = Outside("below.onnx", "weights/w.bin"), above = Outside("above.onnx", "../w.bin");
        Fails("inspect", beside);
        Directory.CreateDirectory(PathOf("weights"));
        File.Copy(PathOf("bytes"), PathOf("w.bin"));
        File.Copy(PathOf("bytes"), PathOf("weights/w.bin"));
        Works("inspect", beside);
        Fails("inspect", below);
        Fails("inspect", above);

        byte[] all = File.ReadAllBytes(PathOf("bytes"));
        File.WriteAllBytes(PathOf("cut.bin"), all[..8]);
        Fails("inspect", Outside("cut.onnx", "cut.bin", all.Length));
        File.Copy(PathOf("bytes"), PathOf("cut.bin"), overwrite: true);
        Works("inspect", "cut.onnx");

        Run("/usr/bin/python3", "-c", """
            import onnx
            m = onnx.load('above.onnx', load_external_data=False)
            for t in m.graph.initializer:
                for e in t.external_data:
                    if e.key == 'location': e.value = 'w.bin'
            onnx.save(m, 'renamed.onnx')
            """);
        Works("inspect", "renamed.onnx");
        Run("/usr/bin/python3", "-c", $"import onnx; onnx.save(onnx.load('{below}'), 'one.onnx', save_as_external_data=False)");
        Works("inspect", "one.onnx");
    }

    [Fact]
    [Fix("export the model again with asm-train export")]
    [Fix("export it with asm-train export, or add the metadata to the ONNX file")]
    public void Damaged_or_missing_metadata_are_written_by_the_export()
    {
        TrainWorks(Fit(Tiny + Simulated));
        string[] export = ["export", "run/best.checkpoint", "-o", "model.onnx", "--overwrite"];
        TrainWorks(export);
        Change("model.onnx", m => m.MetadataProps.Single(p => p.Key == ModelMetadataKeys.WindowPixels).Value = "7");
        Fails("inspect", "model.onnx");
        TrainWorks(export);
        Works("inspect", "model.onnx");
        StringStringEntryProto? taken = null;
        Change("model.onnx", m => m.MetadataProps.Remove(taken = m.MetadataProps.Single(p => p.Key == ModelMetadataKeys.Classes)));
        Fails("inspect", "model.onnx");
        Change("model.onnx", m => m.MetadataProps.Add(taken));
        Works("inspect", "model.onnx");
    }

    [Fact]
    [Fix("build with the GPU packages, or use `device` cpu")]
    public void A_machine_without_a_graphics_card_computes_on_its_processor()
    {
        Stacks.Write(PathOf("scene.tif"), 48, 48);
        Save("model.onnx", Network.UNet(depth: 2, width: 2));
        string[] predict = ["predict", "scene.tif", "--model", "model.onnx", "--no-preflight", "-o", "out"];
        if (Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider")) Assert.Skip("needs a build without the GPU packages");
        Fails([.. predict, "--device", "cuda"]);
        Works([.. predict, "--device", "cpu"]);
    }

    [Fact]
    [Fix("give reflectance: (DN + offset) / 10000 for Sentinel-2, with the scale and offset in the raster's bands, and the value that means no data as its nodata value")]
    public void Numbers_that_are_no_reflectance_are_scaled_before_a_network_is_called()
    {
        using SegmentationModel model = Loaded(Network.UNet(depth: 2, width: 2).Save(PathOf("model.onnx"), window: 32));
        float[] numbers = [.. Enumerable.Range(0, 10 * 32 * 32).Select(i => 2000f + i % 500)], probabilities = new float[3 * 32 * 32];
        Refuses(() => model.Run(numbers, 32, 32, probabilities));
        model.Run(numbers.Select(dn => (dn - 1000) / 10_000).ToArray(), 32, 32, probabilities, TestContext.Current.CancellationToken);
    }

    private static SegmentationModel Loaded(string path) => SegmentationModel.Load(path, 1);

    private void Change(string name, Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(PathOf(name)));
        change(model);
        File.WriteAllBytes(PathOf(name), model.ToByteArray());
    }

    /// <summary>The whole model with its first weights, written to "bytes", at another place.</summary>
    private string Outside(string name, string location, int? length = null)
    {
        File.Copy(PathOf("whole.onnx"), PathOf(name));
        Change(name, model =>
        {
            TensorProto weights = model.Graph.Initializer[0];
            File.WriteAllBytes(PathOf("bytes"), weights.RawData.ToByteArray());
            weights.RawData = ByteString.Empty;
            weights.DataLocation = 1;
            weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
            if (length is { } bytes) weights.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = $"{bytes}" });
        });
        return name;
    }
}
