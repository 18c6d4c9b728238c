using System.Numerics.Tensors;

namespace Asm.Training.Quantizing;

/// <summary>What the values of a tensor were over the calibration windows, channel by channel.</summary>
/// <param name="channels">Number of channels.</param>
/// <param name="withMoments">Whether products of channels are taken too.</param>
internal sealed class TensorStatistics(int channels, bool withMoments)
{
    private readonly double[] _sum = new double[channels];

    /// <summary>Number of channels.</summary>
    public int Channels => channels;

    /// <summary>Pixels taken in.</summary>
    public long Pixels { get; private set; }

    /// <summary>Lowest value of each channel.</summary>
    public float[] Min { get; } = [.. Enumerable.Repeat(float.MaxValue, channels)];

    /// <summary>Highest value of each channel.</summary>
    public float[] Max { get; } = [.. Enumerable.Repeat(float.MinValue, channels)];

    /// <summary>The values of each channel.</summary>
    public ChannelHistogram[] Histogram { get; } = [.. Enumerable.Range(0, channels).Select(_ => new ChannelHistogram())];

    /// <summary>Mean products of the channels; null where they were not taken.</summary>
    public ChannelMoments? Moments { get; } = withMoments ? new(channels) : null;

    /// <summary>Mean value of a channel.</summary>
    public double Mean(int channel) => _sum[channel] / Pixels;

    /// <summary>Takes in the values of a window, channels x height x width.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        int plane = values.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> channel = values.Slice(c * plane, plane);
            Min[c] = Math.Min(Min[c], TensorPrimitives.Min(channel));
            Max[c] = Math.Max(Max[c], TensorPrimitives.Max(channel));
            _sum[c] += TensorPrimitives.Sum(channel);
            Histogram[c].Add(channel);
        }
        Pixels += plane;
        Moments?.Add(values);
    }
}
