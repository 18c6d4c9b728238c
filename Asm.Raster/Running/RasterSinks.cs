using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>Operations on several sinks together.</summary>
public static class RasterSinks
{
    /// <summary>
    /// Completes sinks that belong together. All that may fail for lack of space is done for every one of them before the
    /// first output becomes visible.
    /// </summary>
    public static void CompleteAll(IEnumerable<IRasterSink> sinks)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        IRasterSink[] all = [.. sinks];
        foreach (IStagedSink sink in all.OfType<IStagedSink>()) sink.Stage();
        foreach (IRasterSink sink in all) sink.Complete();
    }
}
