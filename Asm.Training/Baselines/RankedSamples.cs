namespace Asm.Training.Baselines;

/// <summary>
/// Training pixels with each band's values replaced by their ranks: a split depends on the order alone, and small integers sort fast.
/// </summary>
internal sealed class RankedSamples
{
    /// <summary>Ranks the pixels.</summary>
    public RankedSamples(PixelSamples samples)
    {
        int bands = samples.BandNames.Length;
        (Classes, Positions) = (samples.Classes.Length, [.. samples.Codes.Select(c => (byte)(c - 1))]);
        (Ranks, Values) = (new int[bands][], new float[bands][]);
        for (int b = 0; b < bands; b++)
        {
            float[] values = new float[samples.Count];
            for (int i = 0; i < values.Length; i++) values[i] = samples.Reflectance[i * bands + b];
            float[] distinct = [.. values];
            Array.Sort(distinct);
            int count = 0;
            foreach (float value in distinct)
                if (count == 0 || value > distinct[count - 1]) distinct[count++] = value;
            Values[b] = distinct[..count];
            int[] ranks = new int[values.Length];
            for (int i = 0; i < ranks.Length; i++) ranks[i] = Array.BinarySearch(Values[b], values[i]);
            Ranks[b] = ranks;
        }
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Class position of each pixel, from 0.</summary>
    public byte[] Positions { get; }

    /// <summary>By band: rank of each pixel's value among the distinct ones, from 0.</summary>
    public int[][] Ranks { get; }

    /// <summary>By band: the distinct values, ascending.</summary>
    public float[][] Values { get; }

    /// <summary>
    /// A threshold between a rank and a higher one: half way, rounded so that the first is at most the threshold and the second above it.
    /// </summary>
    public float Threshold(int band, int rank, int next)
    {
        (float low, float high) = (Values[band][rank], Values[band][next]);
        float middle = (float)(0.5 * ((double)low + high));
        return middle < high ? middle : low;
    }
}
