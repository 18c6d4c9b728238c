using System.Diagnostics;
using Asm.Inference.Model;

namespace Asm.Inference.Prediction;

/// <summary>How fast a network runs on this machine, measured.</summary>
/// <param name="SecondsPerPixel">Seconds of all threads for a pixel of a window, times the threads.</param>
public sealed record NetworkSpeed(double SecondsPerPixel)
{
    /// <summary>Runs a few windows of nothing.</summary>
    public static NetworkSpeed Measure(SegmentationModel model, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        int side = Math.Max(256, model.Description.WindowPixels);
        var input = new float[(long)model.Description.Bands.Count * side * side];
        var output = new float[(long)model.Description.Classes.Count * side * side];
        model.Run(input, side, side, output); // The first one plans memory.
        var clock = Stopwatch.StartNew();
        int runs = 0;
        for (; runs < 5 && clock.Elapsed.TotalSeconds < 1; runs++) model.Run(input, side, side, output);
        return new(clock.Elapsed.TotalSeconds / runs / ((double)side * side) * threads);
    }

    /// <summary>Seconds of one thread for the windows of a plan.</summary>
    internal double Seconds(PredictionPlan plan) =>
        SecondsPerPixel * plan.Rows.Starts.Length * plan.Columns.Starts.Length * ((double)plan.Rows.Window * plan.Columns.Window);
}
