using Asm.Inference.Model;
using Asm.Raster;
using Asm.Raster.Grids;

namespace Asm.Inference.Prediction;

/// <summary>The windows of one scene, and the memory that running them takes.</summary>
internal sealed record PredictionPlan(AxisPlan Rows, AxisPlan Columns, long MemoryBytes)
{
    /// <summary>Windows that wait between reading, running and writing.</summary>
    public const int WindowsInFlight = 4;

    /// <summary>
    /// Measured on depth-4 U-Nets of widths 8 to 64: what ONNX Runtime's arena takes over the activations alive at once, because of padded
    /// layouts and the growth of the arena.
    /// </summary>
    private const double ArenaFactor = 2.0;

    /// <summary>
    /// The paper's window. Networks trained on smaller patches lose nothing in a larger window: they see more of the surroundings.
    /// </summary>
    private const int SmallestDefaultWindow = 256;

    /// <summary>What the program takes without any pixel: the runtime, ONNX Runtime, compiled code. Measured.</summary>
    private const long ProgramBytes = 150L << 20;

    /// <summary>Valid, kept, what the cloud rules say.</summary>
    private const int PixelFlagBytes = 3;

    private const int SmallestExactWindow = 256;
    private const int LargestExactWindow = 2048;

    /// <summary>Lays the windows out within the memory limit.</summary>
    /// <exception cref="AsmException">The model cannot be tiled this way, or the limit is too low; the message names the need.</exception>
    public static PredictionPlan Lay(GeoGrid grid, ModelDescription model,
        PredictionOptions options, int sampleBytes, long bufferBytes, long maxMemoryBytes)
    {
        int alignment = model.ReceptiveField?.AlignmentPixels ?? model.Alignment;
        PredictionPlan Plan(int window) => options.Tiling == Tiling.Exact
            ? Measure(AxisPlan.Exact(grid.Height, window, model.ReceptiveField!.HaloPixels, alignment),
                AxisPlan.Exact(grid.Width, window, model.ReceptiveField.HaloPixels, alignment), grid, model, sampleBytes, bufferBytes)
            : Measure(AxisPlan.Blend(grid.Height, window, options.OverlapPixels, alignment),
                AxisPlan.Blend(grid.Width, window, options.OverlapPixels, alignment), grid, model, sampleBytes, bufferBytes);

        PredictionPlan plan;
        if (options.Tiling == Tiling.Exact)
        {
            if (model.ReceptiveField is not { } field)
                throw new AsmException(model.Name, $"has no bounded receptive field: {model.Unbounded}",
                    "a fully convolutional network", "use `tiling` blend");
            int smallest = Math.Max(SmallestExactWindow, 2 * field.HaloPixels + alignment);
            if (options.WindowPixels != 0 && options.WindowPixels < smallest && options.WindowPixels < Math.Max(grid.Width, grid.Height))
                throw new SettingException("window", $"is {options.WindowPixels}",
                    $"at least {smallest}: twice the halo of {field.HaloPixels} px and something between", "leave `window` out");
            int window = options.WindowPixels;
            if (window == 0)
                for (window = Math.Max(LargestExactWindow, smallest); window > smallest && Plan(window).MemoryBytes > maxMemoryBytes;)
                    window = Math.Max(smallest, window - 128);
            plan = Plan(window);
        }
        else
        {
            int window = options.WindowPixels == 0 ? Math.Max(SmallestDefaultWindow, model.WindowPixels) : options.WindowPixels;
            if (options.OverlapPixels < 0 || options.OverlapPixels + alignment > window)
                throw new SettingException("overlap", $"is {options.OverlapPixels}",
                    $"0 to {window - alignment} for windows of {window} px", "give a smaller overlap or a larger `window`");
            plan = Plan(window);
        }
        if (plan.MemoryBytes > maxMemoryBytes)
            throw new SettingException("max-memory",
                $"{maxMemoryBytes / 1e6:0} MB allowed, about {plan.MemoryBytes / 1e6:0} MB needed for "
                + $"windows of {plan.Rows.Window} x {plan.Columns.Window} px of {grid.Width} columns",
                "a limit above the need",
                $"give `max-memory` {Math.Ceiling(plan.MemoryBytes / 1e6):0}MB or more, or a smaller `window`", AsmErrorCode.Memory);
        return plan;
    }

    private static PredictionPlan Measure(AxisPlan rows, AxisPlan columns,
        GeoGrid grid, ModelDescription model, int sampleBytes, long bufferBytes)
    {
        long window = (long)rows.Window * columns.Window, width = grid.Width;
        int blocks = (rows.Window - 1) / StackReader<float>.BlockRows + 3; // those a window touches, and one ahead
        long input =
            width * Math.Min((long)blocks * StackReader<float>.BlockRows, grid.Height) * (model.Bands.Count * sampleBytes + PixelFlagBytes);
        long sums = width * rows.Window * model.Classes.Count * sizeof(float);
        long inFlight = window * (model.Bands.Count + model.Classes.Count) * sizeof(float) * WindowsInFlight;
        // What grows faster than the window, as attention does, shows in its sizes only.
        double sizes = model.Shapes?.At(rows.Window, columns.Window).PeakBytes ?? 0;
        double activations = Math.Max(window * model.PeakActivationBytesPerPixel, sizes);
        double network = activations * ArenaFactor + 3.0 * model.FileBytes;
        return new(rows, columns, ProgramBytes + input + sums + inFlight + (long)Math.Min(network, long.MaxValue / 4) + bufferBytes);
    }
}
