namespace Asm.Training.Datasets;

/// <summary>Counts of classes, and mean and standard deviation of the bands.</summary>
internal static class DatasetStatistics
{
    /// <summary>Counts every labelled pixel of a data set, and adds the figures to its description.</summary>
    public static DatasetManifest AddTo(DatasetManifest manifest, Dataset dataset, CancellationToken cancellation)
    {
        int bands = manifest.Bands.Length;
        long[][] counts = [.. Enumerable.Range(0, 4).Select(_ => new long[manifest.Classes.Length])];
        long pixels = 0;
        double[] sum = new double[bands], squares = new double[bands];
        foreach (DatasetScene scene in manifest.Scenes)
            for (int row = 0; row < scene.Height; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> labels = dataset.LabelRow(scene, row);
                ReadOnlySpan<Split> splits = dataset.SplitRow(scene, row);
                ReadOnlySpan<ushort> samples = dataset.SampleRow(scene, row);
                for (int i = 0; i < labels.Length; i++)
                {
                    if (labels[i] == 0) continue;
                    counts[(int)splits[i]][labels[i] - 1]++;
                    if (splits[i] != Split.Train) continue;
                    pixels++;
                    for (int band = 0; band < bands; band++)
                    {
                        double value = samples[band * scene.Width + i] / (double)DatasetFiles.Quantification;
                        sum[band] += value;
                        squares[band] += value * value;
                    }
                }
            }

        return manifest with
        {
            LabelledPixels = new[] { Split.Train, Split.Validation, Split.Test }.ToDictionary(DatasetWriter.Key, s => counts[(int)s]),
            BandMean = pixels == 0 ? [] : [.. sum.Select(s => (float)(s / pixels))],
            BandDeviation = pixels == 0
                ? []
                : [.. sum.Select((s, b) => (float)Math.Sqrt(Math.Max(0, squares[b] / pixels - s / pixels * (s / pixels))))],
        };
    }
}
