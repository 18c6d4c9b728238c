using Asm.Raster;

namespace Asm.Inference.Model;

/// <summary>Runs a network once on a small window of likely reflectances, before a scene is believed to it.</summary>
internal static class ModelProbe
{
    /// <summary>Enough for the heaviest network that <see cref="ModelLimits"/> lets pass.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>A window that takes more is left to the prediction, which checks every window.</summary>
    private const double MostBytes = 128 << 20;

    /// <summary>Runs it.</summary>
    /// <exception cref="AsmException">What it gives are no probabilities, or it cannot be run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run(SegmentationModel model, string path, CancellationToken cancellation)
    {
        ModelDescription description = model.Description;
        int side = description.ProbePixels, pixels = side * side;
        if (description.Shapes!.At(side, side).PeakBytes > MostBytes) return;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(MostTime);
        try
        {
            model.Run(Window(description, pixels), side, side, new float[description.Classes.Count * pixels], time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new AsmException(path, $"a window of {side} x {side} px takes more than {MostTime.TotalSeconds:0} s",
                "a network that runs in seconds", "use a smaller network", AsmErrorCode.Model);
        }
    }

    /// <summary>Every band around its mean, one and two deviations up and down and at it, in an order of its own.</summary>
    private static float[] Window(ModelDescription description, int pixels)
    {
        float[] window = new float[description.Bands.Count * pixels];
        for (int b = 0; b < description.Bands.Count; b++)
            for (int i = 0; i < pixels; i++)
            {
                uint mixed = (uint)(i * description.Bands.Count + b) * 2_654_435_761;
                int step = (int)((mixed >> 16) % 5) - 2;
                window[b * pixels + i] = Math.Clamp(description.BandMean[b] + step * description.BandStandardDeviation[b], 0, 1);
            }
        return window;
    }
}
