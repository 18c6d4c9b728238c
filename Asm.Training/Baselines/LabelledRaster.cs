using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Baselines;

/// <summary>A stack and the labels of its pixels, on one grid.</summary>
/// <param name="Stack">The bands; integer samples without a scale are reflectance x 10,000.</param>
/// <param name="Labels">One band of class codes from 1; 0 and no data: not labelled.</param>
internal sealed record LabelledRaster(IRasterSource Stack, IRasterSource Labels)
{
    // Rows of the tiles that this project writes, so that each is decoded once.
    private const int BlockRows = 512;

    /// <summary>Reads block after block; a pixel that has no data in a band has no label.</summary>
    /// <param name="bandNames">The bands wanted.</param>
    /// <param name="visit">
    /// Receives reflectance (bands x pixels, the very numbers that <c>asm predict</c> gives a model) and codes of a block.
    /// </param>
    /// <param name="cancellation">Ends the reading.</param>
    public void Read(string[] bandNames, Action<ReadOnlyMemory<float>, ReadOnlyMemory<byte>> visit, CancellationToken cancellation)
    {
        GeoGrid grid = Stack.Info.Grid;
        grid.RequireSame(Labels.Info.Grid, Stack.Name, Labels.Name);
        int[] bands = BandMatch.Find(Stack.Info, bandNames, Stack.Name);
        (float Scale, float Offset)[] reflectance = [.. bands.Select(b => StackBands.ToReflectanceOf(Stack.Info, b))];
        int rows = Math.Clamp((1 << 22) / grid.Width, 1, BlockRows);
        for (int row = 0; row < grid.Height; row += rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = new PixelWindow(0, row, grid.Width, Math.Min(rows, grid.Height - row));
            int pixels = window.Width * window.Height;
            float[] samples = new float[bands.Length * pixels];
            int[] codes = new int[pixels];
            byte[] valid = new byte[pixels], labelled = new byte[pixels], labels = new byte[pixels];
            Labels.ReadWithValidity<int>(window, [0], codes, labelled);
            if (!labelled.AsSpan().Contains((byte)1)) continue;
            Stack.ReadWithValidity<float>(window, bands, samples, valid);
            for (int i = 0; i < samples.Length; i++)
            {
                (float scale, float offset) = reflectance[i / pixels];
                samples[i] = samples[i] * scale + offset;
            }

            for (int i = 0; i < pixels; i++)
            {
                if ((valid[i] & labelled[i]) == 0) continue;
                if (codes[i] is < 0 or > 254)
                    throw new AsmException(Labels.Name, $"class code {codes[i]}", "0 to 254", "correct the labels");
                labels[i] = (byte)codes[i];
            }

            visit(samples, labels);
        }
    }
}
