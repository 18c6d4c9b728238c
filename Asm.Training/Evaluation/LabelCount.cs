using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Evaluation;

/// <summary>Counts the labels of a tile, so that what is wrong with them is known before the first model runs.</summary>
internal static class LabelCount
{
    private const int StripRows = 256;

    /// <summary>Pixels of each value; [0] counts those without a label.</summary>
    /// <param name="labels">One band of integers; 0 and no data mean no label.</param>
    /// <param name="names">Names of the values; every other value is refused.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="AsmException">A value has no name, or the file cannot be read.</exception>
    public static long[] Of(IRasterSource labels, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        (int width, int height) = (labels.Info.Grid.Width, labels.Info.Grid.Height);
        var counts = new long[names.Count];
        int[] values = new int[width * Math.Min(StripRows, height)];
        byte[] valid = new byte[values.Length];
        for (int row = 0; row < height; row += StripRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var strip = new PixelWindow(0, row, width, Math.Min(StripRows, height - row));
            int count = (int)strip.PixelCount;
            labels.ReadWithValidity(strip, [0], values.AsSpan(0, count), valid.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                int value = valid[i] == 0 ? 0 : values[i];
                if (value < 0 || value >= counts.Length || (value > 0 && names[value].Length == 0))
                    throw new AsmException(labels.Name, $"holds the value {value}, in row {row + i / width}, column {i % width}",
                        $"0 (no label) or {Known(names)}", "name the class of every value with --classes, or correct the labels");
                counts[value]++;
            }
        }

        return counts;
    }

    private static string Known(IReadOnlyList<string> names) =>
        string.Join(", ",
            names.Select((name, value) => (name, value)).Where(n => n.value > 0 && n.name.Length > 0).Select(n => $"{n.value} ({n.name})"));
}
