using System.Numerics.Tensors;
using Asm.Inference.Clouds;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>Turns finished rows of probabilities into the outputs that are wanted.</summary>
internal sealed class ResultWriter(PredictionSinks sinks, int classes, int width, RunOptions run, CloudTally? tally = null)
{
    /// <summary>Pixels of each class so far.</summary>
    public long[] ClassPixels { get; } = new long[classes];

    /// <summary>Writes rows that no later window touches.</summary>
    /// <param name="sums">Holds the probabilities of the rows.</param>
    /// <param name="row">The first row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="kept">Height x width; 0 where the outputs have no data.</param>
    /// <param name="keys">Height x width; what the cloud rules say of each pixel, for the tally. Empty without one.</param>
    public void Write(Accumulator sums, int row, int height, byte[] kept, byte[] keys)
    {
        int count = height * width;
        var codes = new byte[count];
        var confidence = new byte[sinks.Confidence is null ? 0 : count];
        bool floats = sinks.Probabilities?.Info.SampleType == SampleType.Float32;
        var bytes = new byte[sinks.Probabilities is null || floats ? 0 : classes * count];
        var singles = new float[floats ? classes * count : 0];
        var perRow = new long[height][];
        SharedWork.For(0, height, run, y =>
        {
            ReadOnlySpan<byte> keptRow = kept.AsSpan(y * width, width);
            Span<float> best = new float[width], scaled = new float[width];
            Span<byte> codeRow = codes.AsSpan(y * width, width);
            Winners(sums, row + y, best, codeRow);
            tally?.Add(keys.AsSpan(y * width, width), codeRow);
            for (int x = 0; x < width; x++)
                if (keptRow[x] == 0) codeRow[x] = 0;
            perRow[y] = Count(codeRow);
            if (confidence.Length > 0) Encode(best, keptRow, scaled, confidence.AsSpan(y * width, width));
            for (int c = 0; c < classes; c++)
                if (bytes.Length > 0) Encode(sums.Row(c, row + y), keptRow, scaled, bytes.AsSpan(c * count + y * width, width));
                else if (floats) Mask(sums.Row(c, row + y), keptRow, singles.AsSpan(c * count + y * width, width));
        });
        foreach (long[] counts in perRow)
            for (int c = 0; c < classes; c++) ClassPixels[c] += counts[c + 1];
        sinks.Classes?.WriteRows<byte>(height, codes);
        sinks.Confidence?.WriteRows<byte>(height, confidence);
        if (floats) sinks.Probabilities!.WriteRows<float>(height, singles);
        else sinks.Probabilities?.WriteRows<byte>(height, bytes);
    }

    /// <summary>Highest probability and its class's code; ties go to the lowest code.</summary>
    private void Winners(Accumulator sums, int y, Span<float> best, Span<byte> codes)
    {
        sums.Row(0, y).CopyTo(best);
        codes.Fill(1);
        for (int c = 1; c < classes; c++)
        {
            ReadOnlySpan<float> row = sums.Row(c, y);
            byte code = (byte)(c + 1);
            for (int x = 0; x < best.Length; x++)
            {
                bool higher = row[x] > best[x];
                best[x] = higher ? row[x] : best[x];
                codes[x] = higher ? code : codes[x];
            }
        }
    }

    /// <summary>255 p rounded, at least 1, so that 0 can mean no data: a probability below 1/510 reads back as 1/255.</summary>
    private static void Encode(ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> kept, Span<float> scaled, Span<byte> encoded)
    {
        TensorPrimitives.Multiply(probabilities, 255f, scaled);
        TensorPrimitives.Add(scaled, 0.5f, scaled);
        TensorPrimitives.Max(scaled, 1f, scaled);
        TensorPrimitives.Min(scaled, 255f, scaled);
        TensorPrimitives.ConvertTruncating<float, byte>(scaled, encoded);
        for (int x = 0; x < encoded.Length; x++)
            if (kept[x] == 0) encoded[x] = 0;
    }

    private static void Mask(ReadOnlySpan<float> probabilities, ReadOnlySpan<byte> kept, Span<float> masked)
    {
        for (int x = 0; x < masked.Length; x++) masked[x] = kept[x] == 0 ? MapProducts.NoProbability : probabilities[x];
    }

    private static long[] Count(ReadOnlySpan<byte> codes)
    {
        var counts = new long[256];
        foreach (byte code in codes) counts[code]++;
        return counts;
    }
}
