namespace Asm.Training.Quantizing;

/// <summary>
/// Gives the channels of each tensor ranges that one scale serves better, without changing what the network computes: a channel is divided
/// by a number where it is made and multiplied again in the weights that read it, which ReLU, MaxPool, DepthToSpace and Concat let pass
/// (Nagel et al. 2019, "Data-Free Quantization Through Weight Equalization and Bias Correction"). How much of a channel's range moves into
/// the weights is the square root, as in Xiao et al. 2023, "SmoothQuant", equation 4.
/// </summary>
internal static class Equalisation
{
    private const double Share = 0.9999;

    /// <summary>Changes the weights of a graph's layers.</summary>
    public static void Apply(ConvGraph graph, Calibration calibration, double strength)
    {
        foreach (ConvLayer layer in graph.Layers)
        {
            if (!layer.HasRelu || Readers(graph, layer) is not { Count: > 0 } readers) continue;
            var divisor = new float[layer.Filters];
            int[][] sets = Sets(readers, layer.Filters);
            double[] wanted = new double[sets.Length];
            for (int i = 0; i < sets.Length; i++)
            {
                double range = 0, weight = 0;
                foreach (int c in sets[i])
                {
                    range = Math.Max(range, calibration.Of(layer.Output).Histogram[c].Quantile(Share));
                    foreach ((ConvLayer reader, (int From, int To)[] channels) in readers)
                        foreach ((int from, int to) in channels)
                            if (from == c) weight = Math.Max(weight, reader.LargestWeightOn(to));
                }
                wanted[i] = range > 0 && weight > 0 ? Math.Pow(range, strength) / Math.Pow(weight, 1 - strength) : 0;
            }
            // the mean keeps the tensor as a whole where it was
            double mean = Math.Exp(wanted.Where(w => w > 0).Select(w => Math.Log(w)).DefaultIfEmpty(0).Average());
            for (int i = 0; i < sets.Length; i++)
                foreach (int c in sets[i]) divisor[c] = wanted[i] > 0 ? (float)(wanted[i] / mean) : 1;
            layer.DivideFilters(divisor);
            foreach ((ConvLayer reader, (int From, int To)[] channels) in readers)
                foreach ((int from, int to) in channels.DistinctBy(c => c.To)) reader.MultiplyInput(to, divisor[from]);
        }
    }

    /// <summary>The layers that read a layer's channels, and which of its channels is which of theirs.</summary>
    private static List<(ConvLayer Layer, (int From, int To)[] Channels)> Readers(ConvGraph graph, ConvLayer layer) =>
        [.. graph.Layers.Where(r => graph.Sources(r.Input).Contains(layer.Output)).Select(r => (r, Shared(graph, layer, r)))];

    private static (int From, int To)[] Shared(ConvGraph graph, ConvLayer layer, ConvLayer reader)
    {
        var shared = new List<(int From, int To)>();
        List<(string Source, int[] Channels)> channels = graph.Channels(reader.Input);
        for (int to = 0; to < channels.Count; to++)
            if (channels[to].Source == layer.Output) shared.AddRange(channels[to].Channels.Select(from => (from, to)));
        return [.. shared];
    }

    /// <summary>Channels that DepthToSpace makes one image of get one number.</summary>
    private static int[][] Sets(List<(ConvLayer Layer, (int From, int To)[] Channels)> readers, int filters)
    {
        int[] set = [.. Enumerable.Range(0, filters)];
        foreach ((_, (int From, int To)[] channels) in readers)
            foreach (IGrouping<int, (int From, int To)> one in channels.GroupBy(c => c.To))
            {
                int[] members = [.. one.Select(c => set[c.From])];
                for (int c = 0; c < filters; c++)
                    if (members.Contains(set[c])) set[c] = members[0];
            }
        return [.. Enumerable.Range(0, filters).GroupBy(c => set[c]).Select(g => g.ToArray())];
    }
}
