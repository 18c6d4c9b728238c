using System.Text.Json;
using System.Text.Json.Nodes;
using Asm.Inference.Model;
using Asm.Maps.Classes;
using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Training.Export;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using RunOptions = Asm.Raster.RunOptions;

namespace Asm.Training.Quantizing;

/// <summary>
/// Post-training static quantisation of a network: <see cref="Calibrate"/>, <see cref="Choose"/>,
/// <see cref="Compare(IReadOnlyList{IRasterSource}, IProgress{RunProgress})"/>, <see cref="Write"/>, in this order.
/// </summary>
internal sealed class Quantizer
{
    private const int MostWindowsToChooseOn = 32;

    private readonly QuantizeOptions _options;
    private readonly RunOptions _run;
    private readonly ModelDescription _description;
    private readonly ModelProto _model;
    private readonly ConvGraph _graph;
    private readonly WindowCutter _cutter;
    private readonly string _probabilities;
    private readonly List<(string Name, List<CalibrationWindow> Calibrate, List<CalibrationWindow> HeldOut)> _sources = [];
    private readonly Dictionary<ConvLayer, QuantisedWeights> _weights = [];
    private readonly List<ComparedScene> _compared = [];
    private readonly HashSet<string> _stacks = [];
    private Calibration? _calibration;
    private ModelProto? _result;
    private HashSet<ConvLayer> _integer = [];

    /// <summary>Reads a float32 network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">How.</param>
    /// <param name="run">Threads, and the cancellation of any step; null for the defaults.</param>
    /// <exception cref="AsmException">The file cannot be read or quantised.</exception>
    public Quantizer(string path, QuantizeOptions options, RunOptions? run = null)
    {
        OnnxFile file = OnnxFile.Read(path);
        _description = ModelFile.Describe(file);
        _model = file.Model;
        _graph = ConvGraph.Read(_model, path);
        (_options, _run, _cutter) = (options, run ?? new(), new WindowCutter(_description, options.Seed));
        _probabilities = GraphEnds.Of(_model.Graph, _description.Bands.Count, path).Output;
        if (Candidates.Length == 0)
            throw new AsmException(path, "has one convolution only, which gives the result",
                "a network of several", "use this model as it is");
    }

    /// <summary>Agreement with the float32 network, scene by scene.</summary>
    public IReadOnlyList<ComparedScene> Compared => _compared;

    /// <summary>
    /// True where the labels of calibration windows agree as wanted; false where they do not, and no more layers may stay float32.
    /// </summary>
    public bool TargetReached { get; private set; }

    /// <summary>The model's classes.</summary>
    public IReadOnlyList<MapClass> Classes => _description.Classes;

    /// <summary>Names of the layers that stay float32.</summary>
    public IEnumerable<string> FloatLayers => _graph.Layers.Where(l => !_integer.Contains(l)).Select(l => l.Name);

    /// <summary>Share of the network's multiplications that are integer ones, 0..1.</summary>
    public double IntegerShare => _integer.Sum(Cost) / _graph.Layers.Sum(Cost);

    // What no convolution reads is the result: its rounding would be the answer's.
    private ConvLayer[] Candidates => [.. _graph.Layers.Where(l => _graph.Layers.Any(r => _graph.Sources(r.Input).Contains(l.Output)))];

    /// <summary>Draws windows to calibrate and to compare on from a stack.</summary>
    public void AddStack(IRasterSource stack)
    {
        _stacks.Add(Path.GetFullPath(stack.Name));
        List<CalibrationWindow> windows = _cutter.Draw(stack, 2 * _options.Windows);
        _sources.Add((Path.GetFileName(stack.Name), [.. windows.Where((_, i) => i % 2 == 0)], [.. windows.Where((_, i) => i % 2 == 1)]));
    }

    /// <summary>Takes windows to calibrate and to compare on from simulated scenes.</summary>
    public void AddSimulation() =>
        _sources.Add(("simulated scenes", [.. _cutter.Simulate(0, _options.Windows)],
            [.. _cutter.Simulate(_options.Windows, _options.Windows)]));

    /// <summary>Finds the ranges of activations and equalises channels.</summary>
    public void Calibrate(IProgress<RunProgress>? progress = null)
    {
        List<CalibrationWindow> windows = [.. _sources.SelectMany(s => s.Calibrate)];
        Action each = Counter("calibrate", 2 * windows.Count, progress);
        Equalisation.Apply(_graph,
            Calibration.Run(_model, _graph, windows, _options.Range, false, _run.Threads, each), _options.Equalisation);
        _calibration = Calibration.Run(_model, _graph, windows, _options.Range, true, _run.Threads, each);
    }

    /// <summary>Chooses the layers that become integer ones, and builds the network.</summary>
    public void Choose(IProgress<RunProgress>? progress = null)
    {
        CalibrationWindow[] windows = [.. _sources.SelectMany(s => s.Calibrate)];
        int step = (windows.Length + MostWindowsToChooseOn - 1) / MostWindowsToChooseOn;
        windows = [.. windows.Where((_, i) => i % step == 0)];
        List<float[]> expected = [.. Probabilities(_model, windows)];
        Action each = Counter("choose layers", Candidates.Length + 2, progress);
        (_integer, TargetReached) = LayerChoice.Choose(Candidates, Cost, integer =>
        {
            each();
            var agreement = new Agreement(_description.Classes.Count);
            int i = 0;
            foreach (float[] found in Probabilities(Build(integer), windows)) agreement.Add(expected[i], found, windows[i++].Valid);
            return agreement;
        }, _options.Target);
        _result = Build(_integer);
    }

    /// <summary>Compares the networks on the windows that calibration did not see, and on whole stacks.</summary>
    /// <param name="stacks">The stacks.</param>
    /// <param name="progress">Told of windows.</param>
    public void Compare(IReadOnlyList<IRasterSource> stacks, IProgress<RunProgress>? progress = null)
    {
        Action each = Counter("compare", _sources.Sum(s => s.HeldOut.Count) + stacks.Sum(_cutter.Count), progress);
        foreach ((string name, _, List<CalibrationWindow> heldOut) in _sources)
            _compared.Add(new($"{name}, windows held out", Compare(heldOut, each), Calibrated: true));
        foreach (IRasterSource stack in stacks)
            _compared.Add(new(Path.GetFileName(stack.Name), Compare(_cutter.All(stack), each),
                _stacks.Contains(Path.GetFullPath(stack.Name))));
    }

    /// <summary>Writes the model and its STAC item; both get their names when both are whole.</summary>
    /// <exception cref="AsmException">A file is there and may not be replaced, or cannot be written.</exception>
    public void Write(string path, bool overwrite)
    {
        ModelProto model = _result!.Clone();
        JsonObject record = Record();
        model.ProducerName = "asm-train";
        model.ProducerVersion = Provenance.ToolVersion;
        Set(model, ModelMetadataKeys.Name, JsonSerializer.Serialize(_options.Name));
        Set(model, ModelMetadataKeys.ToolVersion, JsonSerializer.Serialize($"asm-train {Provenance.ToolVersion}"));
        Set(model, ModelMetadataKeys.Quantization, record.ToJsonString());
        byte[] bytes = model.ToByteArray();
        using AsideFile file = AsideFile.Create(path, overwrite), item = AsideFile.Create(Path.ChangeExtension(path, ".json"), overwrite);
        file.Stream.Write(bytes);
        item.Stream.Write(System.Text.Encoding.UTF8.GetBytes(StacModelItem.Write(ModelCard.Of(_description, _options.Name, record),
            Path.GetFileName(path), bytes)));
        file.Flush();
        item.Complete();
        file.Complete();
    }

    private static void Set(ModelProto model, string key, string value)
    {
        StringStringEntryProto? entry = model.MetadataProps.FirstOrDefault(p => p.Key == key);
        if (entry is null) model.MetadataProps.Add(entry = new StringStringEntryProto { Key = key });
        entry.Value = value;
    }

    private JsonObject Record() => new()
    {
        ["method"] = "static QDQ: uint8 activations, int8 weights by channel, int32 biases",
        ["weight_bits"] = _options.WeightBits,
        ["range"] = _options.Range.ToString().ToLowerInvariant(),
        ["equalisation"] = _options.Equalisation,
        ["integer_share"] = Math.Round(IntegerShare, 4),
        ["float_layers"] = new JsonArray([.. FloatLayers.Select(l => JsonValue.Create(l))]),
        ["calibration"] = new JsonObject
        {
            ["seed"] = _options.Seed,
            ["windows"] = new JsonObject(_sources.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Calibrate.Count))),
        },
        ["float32"] = new JsonObject { ["name"] = _description.Name, ["sha256"] = _description.Sha256 },
        ["agreement"] = new JsonArray([.. _compared.Select(c => new JsonObject
        {
            ["on"] = c.Name,
            ["pixels"] = c.Agreement.Pixels,
            ["labels"] = Math.Round(c.Agreement.LabelAgreement, 6),
            ["largest_difference"] = Math.Round(c.Agreement.LargestDifference, 6),
            ["mean_difference"] = Math.Round(c.Agreement.MeanDifference, 6),
            ["iou"] = new JsonObject(_description.Classes.Select(k => KeyValuePair.Create(k.Name,
                (JsonNode?)(c.Agreement.IntersectionOverUnion(k.Code) is var iou && double.IsNaN(iou) ? null : Math.Round(iou, 6))))),
        })]),
    };

    private double Cost(ConvLayer layer) => (double)_calibration!.Of(layer.Output).Pixels * layer.Weight.Length;

    private ModelProto Build(HashSet<ConvLayer> integer)
    {
        ModelProto model = _model.Clone();
        model.Graph = QdqWriter.Write(_graph, integer, _calibration!.Range, Weights);
        return model;
    }

    private QuantisedWeights Weights(ConvLayer layer)
    {
        if (!_weights.TryGetValue(layer, out QuantisedWeights? weights))
            _weights[layer] = weights = QuantisedWeights.Of(layer, _options.LargestWeight,
                _calibration!.Of(layer.Input), _calibration.Range(layer.Input).Scale, _run);
        return weights;
    }

    private Agreement Compare(IEnumerable<CalibrationWindow> windows, Action each)
    {
        using NetworkSession first = new(_model, [_probabilities], _run.Threads),
            second = new(_result!, [_probabilities], _run.Threads);
        var agreement = new Agreement(_description.Classes.Count);
        foreach (CalibrationWindow window in windows)
        {
            using IDisposableReadOnlyCollection<OrtValue> expected = first.Run(window), found = second.Run(window);
            agreement.Add(expected[0].GetTensorDataAsSpan<float>(), found[0].GetTensorDataAsSpan<float>(), window.Valid);
            each();
        }
        return agreement;
    }

    private IEnumerable<float[]> Probabilities(ModelProto model, IEnumerable<CalibrationWindow> windows)
    {
        using var session = new NetworkSession(model, [_probabilities], _run.Threads);
        foreach (CalibrationWindow window in windows)
        {
            _run.Cancellation.ThrowIfCancellationRequested();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(window);
            yield return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
    }

    private Action Counter(string stage, long total, IProgress<RunProgress>? progress)
    {
        long done = 0;
        return () =>
        {
            _run.Cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(stage, Math.Min(++done, total), total));
        };
    }
}
