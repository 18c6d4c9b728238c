using Asm.Inference.Model;
using Microsoft.ML.OnnxRuntime;

namespace Asm.Training.Quantizing;

/// <summary>The values that the tensors of a network took on calibration windows, and the ranges that follow.</summary>
internal sealed class Calibration
{
    private const double Share = 0.99999;
    private const int Steps = byte.MaxValue;

    private readonly ConvGraph _graph;
    private readonly Dictionary<string, TensorStatistics> _statistics = [];
    private readonly Dictionary<string, ActivationRange> _ranges = [];

    private Calibration(ConvGraph graph) => _graph = graph;

    /// <summary>The statistics of the tensors that layers read and give.</summary>
    public TensorStatistics Of(string tensor) => _statistics[tensor];

    /// <summary>The range of a tensor.</summary>
    public ActivationRange Range(string tensor) => _ranges[_graph.Sources(tensor).First()];

    /// <summary>Runs a network over windows.</summary>
    /// <param name="model">The network; its graph is replaced by <paramref name="graph"/>'s.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="windows">The windows, at least one.</param>
    /// <param name="rule">How ranges follow from values.</param>
    /// <param name="withMoments">Whether products of the channels that layers read are taken too, for <see cref="WeightRounding"/>.</param>
    /// <param name="threads">Threads of a run.</param>
    /// <param name="each">Called after each window.</param>
    public static Calibration Run(ModelProto model, ConvGraph graph,
        IReadOnlyList<CalibrationWindow> windows, RangeRule rule, bool withMoments, int threads, Action each)
    {
        var calibration = new Calibration(graph);
        string[] tensors = [.. graph.Layers.SelectMany(l => (string[])[l.Input, l.Output, .. graph.Sources(l.Input)]).Distinct()];
        ModelProto observed = model.Clone();
        observed.Graph = graph.WithWeights();
        using (var session = new NetworkSession(observed, tensors, threads))
            foreach (CalibrationWindow window in windows)
            {
                using IDisposableReadOnlyCollection<OrtValue> values = session.Run(window);
                for (int i = 0; i < tensors.Length; i++)
                {
                    if (!calibration._statistics.TryGetValue(tensors[i], out TensorStatistics? statistics))
                        calibration._statistics[tensors[i]] = statistics = new((int)values[i].GetTensorTypeAndShape().Shape[1],
                            withMoments && graph.Layers.Any(l => l.Input == tensors[i]));
                    statistics.Add(values[i].GetTensorDataAsSpan<float>());
                }
                each();
            }
        calibration.SetRanges(rule);
        return calibration;
    }

    private void SetRanges(RangeRule rule)
    {
        // tensors that carriers join share one range
        var group = _graph.Layers.SelectMany(l => (string[])[l.Output, .. _graph.Sources(l.Input)]).Distinct().ToDictionary(t => t, t => t);
        foreach (ConvLayer layer in _graph.Layers)
        {
            string[] joined = [.. _graph.Sources(layer.Input).Select(s => group[s])];
            foreach (string tensor in group.Keys.ToArray())
                if (joined.Contains(group[tensor])) group[tensor] = joined[0];
        }
        foreach (IGrouping<string, string> members in group.Keys.GroupBy(t => group[t]))
        {
            TensorStatistics[] all = [.. members.Select(Of)];
            double low = all.Min(s => s.Min.Min()), high = all.Max(s => s.Max.Max());
            var histogram = new Lazy<ChannelHistogram>(() => ChannelHistogram.Sum(all.SelectMany(s => s.Histogram)));
            high = rule switch
            {
                RangeRule.Percentile => Math.Min(high, histogram.Value.Quantile(Share)),
                RangeRule.LeastSquares => Math.Min(high, histogram.Value.LeastSquaresTop(Steps)),
                _ => high,
            };
            foreach (string tensor in members) _ranges[tensor] = ActivationRange.Of(low, high);
        }
    }
}
