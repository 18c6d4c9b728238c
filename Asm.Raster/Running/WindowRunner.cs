using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Raster.Running;

/// <summary>
/// Runs a function over every pixel of rasters on one grid. It reads ahead, calls the function on several windows at a time, and writes
/// behind, in strips whose height follows from the memory that the run may take.
/// </summary>
/// <example>
/// <code>
/// var before = new WindowInput&lt;byte&gt;(first);
/// var after = new WindowInput&lt;byte&gt;(second);
/// var change = new WindowOutput&lt;byte&gt;(sink);
/// WindowRunner.Run("change", [before, after], [change], (in WindowFrame frame) =>
/// {
///     ReadOnlySpan&lt;byte&gt; a = frame.Samples(before), b = frame.Samples(after);
///     Span&lt;byte&gt; to = frame.Samples(change);
///     for (int i = 0; i &lt; to.Length; i++) to[i] = a[i] == b[i] ? (byte)0 : (byte)1;
/// });
/// </code>
/// </example>
public static class WindowRunner
{
    /// <summary>Runs the function and completes the outputs: all of them, or none where anything fails.</summary>
    /// <param name="stage">What is being done, in a few words, for progress and messages.</param>
    /// <param name="inputs">The rasters that are read; none for a raster that is computed from nothing.</param>
    /// <param name="outputs">The rasters that are written.</param>
    /// <param name="function">Sets every sample of the outputs; the result must not depend on how the grid is cut into windows.</param>
    /// <param name="options">Threads, memory, progress and cancellation; null for the defaults.</param>
    /// <exception cref="GridMismatchException">The rasters are not on one grid.</exception>
    /// <exception cref="AsmException">The memory is too little, or a raster cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run(string stage, IReadOnlyList<WindowInput> inputs,
        IReadOnlyList<WindowOutput> outputs, WindowFunction function, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(function);
        IReadOnlyList<IRasterSink> sinks = [.. outputs.Select(o => o.Sink)];
        try
        {
            new WindowRun(stage, inputs, outputs, options ?? new()).Execute(function);
            RasterSinks.CompleteAll(sinks);
        }
        catch
        {
            foreach (IRasterSink sink in sinks) sink.Dispose();
            throw;
        }
    }
}
