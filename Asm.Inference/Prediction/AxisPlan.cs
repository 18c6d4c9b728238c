namespace Asm.Inference.Prediction;

/// <summary>
/// Where windows start along one axis and how much each of their pixels counts. At every pixel of the raster the weights of all windows sum
/// to 1. Starts are multiples of the network's alignment, so that pooling falls on the same pixels as in a whole-scene run.
/// </summary>
internal sealed class AxisPlan
{
    private AxisPlan(int window, int[] starts, float[][] weights) => (Window, Starts, Weights) = (window, starts, weights);

    /// <summary>Pixels of each window; the last window may reach past the raster's end by less than the alignment.</summary>
    public int Window { get; }

    /// <summary>First pixel of each window, ascending from 0.</summary>
    public int[] Starts { get; }

    /// <summary>Weight of each pixel of each window.</summary>
    public float[][] Weights { get; }

    /// <summary>The first pixel that later windows touch too: pixels before it are final after window <paramref name="index"/>.</summary>
    public int FinalAfter(int index, int size) => index + 1 < Starts.Length ? Starts[index + 1] : size;

    /// <summary>Keeps of each window what lies <paramref name="halo"/> pixels inside, and all at the raster's ends.</summary>
    public static AxisPlan Exact(int size, int window, int halo, int alignment)
    {
        int padded = RoundUp(size, alignment);
        window = Math.Min(RoundUp(window, alignment), padded);
        if (window == padded) return Single(window);
        // k counts 1, h (the halo) 0: a pixel is taken from a window only that holds all that the network looks at for it.
        //
        //     raster    |--------------------------------|
        //     window 0  kkkkkkkkkkkhhh
        //     window 1          hhhkkkkkkkkhhh
        //     window 2                  hhhkkkkkkkkhhh
        //     window 3                      hhhhhhhkkkkkkk    the last one ends with the raster
        //     taken     0000000000011111111222222223333333
        int step = window - 2 * halo;
        if (step <= 0) throw new ArgumentOutOfRangeException(nameof(window), window, $"must be above {2 * halo}");
        var starts = new List<int> { 0 };
        while (starts[^1] + window < padded) starts.Add(Math.Min(starts[^1] + step, padded - window));
        var weights = new float[starts.Count][];
        int keptTo = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = new float[window];
            int end = i + 1 < weights.Length ? starts[i] + window - halo : padded;
            weights[i].AsSpan(keptTo - starts[i], end - keptTo).Fill(1);
            keptTo = end;
        }
        return new(window, [.. starts], weights);
    }

    /// <summary>
    /// Spreads windows evenly with at least <paramref name="overlap"/> pixels in common; weights fall towards inner edges and
    /// are normalised to sum to 1.
    /// </summary>
    public static AxisPlan Blend(int size, int window, int overlap, int alignment)
    {
        int padded = RoundUp(size, alignment);
        window = Math.Min(RoundUp(window, alignment), padded);
        if (window == padded) return Single(window);
        // Where windows share pixels one fades out while the next fades in; at the raster's ends nothing fades.
        //
        //     weight 1  -------------.   .---------.   .-------------
        //                             \ /           \ /
        //                              X             X
        //                             / \           / \
        //            0               '   '         '   '
        //     window 0  |----------------|
        //     window 1               |----------------|
        //     window 2                            |----------------|
        overlap = RoundUp(overlap, alignment);
        if (overlap >= window) throw new ArgumentOutOfRangeException(nameof(overlap), overlap, $"must be below the window, {window}");
        int count = (padded - overlap + window - overlap - 1) / (window - overlap);
        int[] starts = [.. Enumerable.Range(0, count)
            .Select(i => (int)((long)i * (padded - window) / (count - 1) / alignment * alignment))];
        float[][] weights = [.. starts.Select((_, i) => Ramp(window, overlap, fallsLeft: i > 0, fallsRight: i + 1 < count))];
        Normalise(weights, starts, padded);
        return new(window, starts, weights);
    }

    private static AxisPlan Single(int window) => new(window, [0], [[.. Enumerable.Repeat(1f, window)]]);

    /// <summary>
    /// sin^2 over the overlap, from almost 0 at the edge to 1; the smallest weight stays above 0 so that a sum of weights never is 0.
    /// </summary>
    private static float[] Ramp(int window, int overlap, bool fallsLeft, bool fallsRight)
    {
        var weights = new float[window];
        if (overlap == 0)
        {
            weights.AsSpan().Fill(1);
            return weights;
        }
        for (int i = 0; i < window; i++)
        {
            double distance = Math.Min(fallsLeft ? i + 0.5 : overlap, fallsRight ? window - i - 0.5 : overlap);
            double sine = Math.Sin(0.5 * Math.PI * Math.Min(1, distance / overlap));
            weights[i] = (float)Math.Max(sine * sine, 1e-6);
        }
        return weights;
    }

    private static void Normalise(float[][] weights, int[] starts, int padded)
    {
        var sum = new double[padded];
        for (int i = 0; i < starts.Length; i++)
            for (int j = 0; j < weights[i].Length; j++) sum[starts[i] + j] += weights[i][j];
        for (int i = 0; i < starts.Length; i++)
            for (int j = 0; j < weights[i].Length; j++) weights[i][j] = (float)(weights[i][j] / sum[starts[i] + j]);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
