using System.Globalization;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>
/// What 0 means in a raster of labels. Where it declares another number for no data and names nothing, 0 may be its first class; its codes
/// then count from 0, and taken from 1 on each would be the class before its own.
/// </summary>
internal static class LabelZero
{
    private const int StripRows = 256;

    /// <summary>True where the raster has pixels of 0 and does not say what they are.</summary>
    /// <param name="labels">One band; others are never so.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static bool IsUnknown(IRasterSource labels, CancellationToken cancellation)
    {
        RasterInfo info = labels.Info;
        return info.Bands is [{ NoData: { } noData }] && noData != 0 && info.ClassNames.All(name => name.Length == 0)
            && Holds(labels, cancellation);
    }

    /// <summary>What is found in such a raster.</summary>
    public static string Finding(RasterInfo info) => string.Create(CultureInfo.InvariantCulture,
        $"holds 0, declares {info.Bands[0].NoData} for no data and names no classes, so that its codes may count from 0");

    private static bool Holds(IRasterSource labels, CancellationToken cancellation)
    {
        (int width, int height) = (labels.Info.Grid.Width, labels.Info.Grid.Height);
        double[] values = new double[width * Math.Min(StripRows, height)];
        byte[] valid = new byte[values.Length];
        for (int row = 0; row < height; row += StripRows)
        {
            cancellation.ThrowIfCancellationRequested();
            PixelWindow strip = new(0, row, width, Math.Min(StripRows, height - row));
            int count = (int)strip.PixelCount;
            labels.ReadWithValidity(strip, [0], values.AsSpan(0, count), valid.AsSpan(0, count));
            for (int i = 0; i < count; i++)
                if (valid[i] != 0 && values[i] == 0) return true;
        }

        return false;
    }
}
