using Asm.Raster.Grids;

namespace Asm.Raster.Running;

/// <summary>A strip of the grid on its way through a run, with the arrays that hold its samples.</summary>
internal sealed class WindowStrip(WindowRun run, PixelWindow window, WindowBuffers read, WindowBuffers written)
{
    /// <summary>The pixels of the strip: the grid's full width.</summary>
    public PixelWindow Window => window;

    /// <summary>All bands of an input, band after band.</summary>
    public Array SamplesOf(WindowInput input) => read.Samples[IndexOf(run.Inputs, input)];

    /// <summary>All bands of an output, band after band.</summary>
    public Array SamplesOf(WindowOutput output) => written.Samples[IndexOf(run.Outputs, output)];

    /// <summary>Validity of an input.</summary>
    public byte[] ValidOf(WindowInput input) => input.ReadValidity
        ? read.Valid[IndexOf(run.Inputs, input)]
        : throw new InvalidOperationException($"validity of {input.Source.Name} is not read: its WindowInput says so");

    /// <summary>Settles which of some rows' pixels carry data, then calls the function for these rows.</summary>
    public void Call(WindowFunction function, int firstRow, int rows)
    {
        for (int i = 0; i < run.Inputs.Count; i++)
            if (run.Inputs[i].ReadValidity)
                run.Inputs[i].ClearNoData(read.Samples[i], read.Valid[i],
                    (int)window.PixelCount, firstRow * window.Width, rows * window.Width);
        function(new WindowFrame(this, firstRow, rows));
    }

    // A run has few rasters: a look through the list is faster than a dictionary.
    private static int IndexOf<TItem>(IReadOnlyList<TItem> items, TItem item) where TItem : class
    {
        for (int i = 0; i < items.Count; i++)
            if (ReferenceEquals(items[i], item)) return i;
        throw new ArgumentException("is not among the rasters of the run", nameof(item));
    }
}
