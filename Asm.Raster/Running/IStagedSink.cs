using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>
/// A sink that can do all that may fail before its output becomes visible, so that several outputs appear together or not at all.
/// </summary>
internal interface IStagedSink
{
    /// <summary>Does everything of <see cref="IRasterSink.Complete"/> but making the output visible.</summary>
    void Stage();
}
