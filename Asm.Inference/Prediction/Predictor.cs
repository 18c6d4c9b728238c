using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using Asm.Inference.Clouds;
using Asm.Inference.Model;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Inference.Prediction;

/// <summary>
/// Runs a segmentation network over a stack of any size. Reading and cutting windows, the network, and blending and writing overlap in
/// time, so that the network never waits; memory does not grow with the stack's height.
/// </summary>
public static class Predictor
{
    /// <summary>
    /// Predicts a stack. The sinks are completed; on failure or cancellation they are left for the caller to dispose, which discards them.
    /// </summary>
    /// <param name="stack">Reflectance; bands by the model's names, or as many as the model's and unnamed.</param>
    /// <param name="model">The network.</param>
    /// <param name="sinks">Where the results go, on the stack's grid; <see cref="PredictionProducts"/> makes their descriptions.</param>
    /// <param name="options">Tiling and cloud rule.</param>
    /// <param name="run">Memory, progress and cancellation.</param>
    /// <exception cref="AsmException">
    /// Stack and model do not fit, the memory limit is too low, or what the network gives for a window are no probabilities.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static PredictionSummary Run(IRasterSource stack, SegmentationModel model,
        PredictionSinks sinks, PredictionOptions options, RunOptions run)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sinks);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        foreach (IRasterSink sink in sinks.All) stack.Info.Grid.RequireSame(sink.Info.Grid, stack.Name, "the output");
        ModelBands bands = ModelBands.Match(stack, model.Description);
        bool small = stack.Info.SampleType is SampleType.UInt8 or SampleType.UInt16;
        long buffers = stack.BufferBytes + (options.SceneClassification?.BufferBytes ?? 0) + sinks.All.Sum(s => s.BufferBytes);
        PredictionPlan plan = PredictionPlan.Lay(stack.Info.Grid, model.Description,
            options, small ? sizeof(ushort) : sizeof(float), buffers, run.MaxMemoryBytes);
        return small
            ? Run<ushort>(stack, bands, model, plan, sinks, options, run)
            : Run<float>(stack, bands, model, plan, sinks, options, run);
    }

    private static PredictionSummary Run<T>(IRasterSource stack, ModelBands bands, SegmentationModel model,
        PredictionPlan plan, PredictionSinks sinks, PredictionOptions options, RunOptions run)
        where T : unmanaged, INumber<T>
    {
        var total = Stopwatch.StartNew();
        var inModel = new Stopwatch();
        (AxisPlan rows, AxisPlan columns) = (plan.Rows, plan.Columns);
        (int width, int height) = (stack.Info.Grid.Width, stack.Info.Grid.Height);
        int classes = model.Description.Classes.Count, windowPixels = rows.Window * columns.Window;
        var reader = new StackReader<T>(stack, bands, model.Description, options);
        CloudTally? tally = options.CountCloudsAbove is null ? null : new CloudTally(classes);
        var sums = new Accumulator(classes, rows.Window, width);
        var writer = new ResultWriter(sinks, classes, width, run, tally);
        var inputs = new BufferPool(model.Description.Bands.Count * windowPixels);
        var outputs = new BufferPool(classes * windowPixels);
        long windowsRun = 0, skipped = 0, done = 0, all = (long)rows.Starts.Length * columns.Starts.Length;

        IEnumerable<Step> Cut()
        {
            for (int i = 0; i < rows.Starts.Length; i++)
            {
                int top = rows.Starts[i], final = rows.FinalAfter(i, height);
                reader.Advance(top, top + rows.Window);
                for (int j = 0; j < columns.Starts.Length; j++)
                {
                    PixelWindow decided = Decided(rows, i, columns, j);
                    if (!reader.AnyValid(decided))
                    {
                        yield return new(i, j, null, null, []);
                        continue;
                    }
                    float[] input = inputs.Take();
                    reader.Fill(new(columns.Starts[j], top, columns.Window, rows.Window), input);
                    yield return new(i, j, input, null, []);
                }
                yield return new(i, -1, null, reader.CopyKept(top, final), reader.CopyKeys(top, final));
            }
        }

        Step Predict(Step step)
        {
            if (step.Buffer is null) return step;
            float[] output = outputs.Take();
            inModel.Start();
            model.Run(step.Buffer, rows.Window, columns.Window, output, run.Cancellation);
            inModel.Stop();
            inputs.Return(step.Buffer);
            return step with { Buffer = output };
        }

        void Collect(Step step)
        {
            (int i, int j, float[]? probabilities, byte[]? kept, byte[] keys) = step;
            if (kept is not null)
            {
                writer.Write(sums, rows.Starts[i], kept.Length / width, kept, keys);
                sums.MoveTo(rows.FinalAfter(i, height));
                return;
            }
            if (probabilities is null) skipped++;
            else
            {
                windowsRun++;
                int inside = Math.Min(rows.Window, height - rows.Starts[i]);
                sums.Add(probabilities, rows.Starts[i], rows.Weights[i].AsSpan(0, inside),
                    rows.Window, columns.Starts[j], columns.Weights[j]);
                outputs.Return(probabilities);
            }
            run.Progress?.Report(new("predict", ++done, all));
        }

        try
        {
            Pipeline.Run(Cut(), Predict, Collect, PredictionPlan.WindowsInFlight / 2, run.Cancellation);
        }
        finally
        {
            reader.Drain();
        }
        RasterSinks.CompleteAll(sinks.All);
        NoDataNotice.Tell(stack.Name, reader.Undeclared.Zeros, reader.Undeclared.Impossible, run);
        return new()
        {
            Window = (rows.Window, columns.Window),
            WindowsRun = windowsRun,
            WindowsSkipped = skipped,
            ClassPixels = writer.ClassPixels,
            NoDataPixels = reader.NoDataPixels,
            CloudPixels = reader.CloudPixels,
            Clouds = tally?.Report(options.CountCloudsAbove!.Value,
                options.SceneClassification is null ? null : options.SceneClasses, model.Description.Classes),
            ModelTime = inModel.Elapsed,
            TotalTime = total.Elapsed,
        };
    }

    /// <summary>The pixels that one window has a say in.</summary>
    private static PixelWindow Decided(AxisPlan rows, int i, AxisPlan columns, int j)
    {
        (int top, int bottom) = Span(rows, i);
        (int left, int right) = Span(columns, j);
        return new(left, top, right - left, bottom - top);

        static (int From, int To) Span(AxisPlan axis, int index) =>
            (axis.Starts[index] + axis.Weights[index].AsSpan().IndexOfAnyExcept(0f),
                axis.Starts[index] + axis.Weights[index].AsSpan().LastIndexOfAnyExcept(0f) + 1);
    }

    /// <summary>
    /// One window on its way (input, then probabilities), or the end of a row of windows with the pixels that are data in its finished rows
    /// and what cloud rules say of them.
    /// </summary>
    private sealed record Step(int Row, int Column, float[]? Buffer, byte[]? Kept, byte[] Keys);

    /// <summary>Buffers of one size, used again and again: windows are too large for the garbage collector to come and go.</summary>
    private sealed class BufferPool(int length)
    {
        private readonly ConcurrentBag<float[]> _free = [];

        public float[] Take() => _free.TryTake(out float[]? buffer) ? buffer : GC.AllocateUninitializedArray<float>(length, pinned: true);

        public void Return(float[] buffer) => _free.Add(buffer);
    }
}
