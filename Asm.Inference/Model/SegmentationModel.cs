using System.Numerics.Tensors;
using Asm.Raster;
using Microsoft.ML.OnnxRuntime;

namespace Asm.Inference.Model;

/// <summary>A segmentation network, loaded and ready to run. Calls from several threads run one after the other.</summary>
public sealed class SegmentationModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Microsoft.ML.OnnxRuntime.RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly string _path;

    /// <summary>Held while the network runs: it is not freed before.</summary>
    private readonly Lock _running = new();

    private volatile bool _disposed;
    private int _freed;

    private SegmentationModel(string path, ModelDescription description, InferenceSession session, GraphEnds ends)
    {
        (_path, Description, _session) = (path, description, session);
        (_inputs, _outputs) = ([ends.Input], [ends.Output]);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Loads a model, and runs it on a small window to see that it gives probabilities.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="threads">Threads of one run, 1 or more.</param>
    /// <param name="device">Where to run; a device that is not there is an error, never replaced by another.</param>
    /// <exception cref="AsmException">The model cannot be read or run, or the device is not there.</exception>
    public static SegmentationModel Load(string path, int threads, Device device = Device.Cpu) => LoadAndProbe(path, threads, device, default);

    /// <inheritdoc cref="Load(string, int, Device)"/>
    /// <param name="path">The .onnx file.</param>
    /// <param name="run">Threads and cancellation.</param>
    /// <param name="device">Where to run.</param>
    internal static SegmentationModel Load(string path, Asm.Raster.RunOptions run, Device device = Device.Cpu) =>
        LoadAndProbe(path, run.Threads, device, run.Cancellation);

    private static SegmentationModel LoadAndProbe(string path, int threads, Device device, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        OnnxRuntimeTelemetry.SwitchOff();
        OnnxFile file = OnnxFile.Read(path);
        ModelDescription description = ModelFile.Describe(file);
        ModelFile.RequireKnownBands(path, description.Bands);
        cancellation.ThrowIfCancellationRequested();
        var model = new SegmentationModel(path, description, Open(file, threads, device),
            GraphEnds.Of(file.Model.Graph, description.Bands.Count, path));
        try
        {
            ModelProbe.Run(model, path, cancellation);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static InferenceSession Open(OnnxFile file, int threads, Device device)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            // Errors come as exceptions; the log would write names of the file to the terminal as they are.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Reading and encoding use the same cores: a worker that spins for its next part takes them away.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (device == Device.Cuda)
            try
            {
                options.AppendExecutionProvider_CUDA();
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
            {
                throw new AsmException("`device` cuda: this build or machine has no CUDA execution provider"
                    + "\n  expected: a build with -p:AsmGpu=true, an NVIDIA driver and cuDNN"
                    + "\n  fix: build with the GPU packages, or use `device` cpu", e, AsmErrorCode.Machine);
            }
        try
        {
            // The graph as it was checked, not the file: ONNX Runtime would look for weights in the current folder.
            return new InferenceSession(file.ToBytes(), options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new AsmException($"{file.Path}: ONNX Runtime cannot load it: {OnnxText.Quote(e.Message)}"
                + "\n  expected: a graph that ONNX Runtime runs"
                + "\n  fix: export the model again with asm-train export", e, AsmErrorCode.Model);
        }
    }

    /// <summary>Runs the network on one window.</summary>
    /// <param name="reflectance">Bands x height x width, reflectance 0..1; the band means where there is no data.</param>
    /// <param name="height">Rows, a multiple of the alignment.</param>
    /// <param name="width">Columns, a multiple of the alignment.</param>
    /// <param name="probabilities">Receives classes x height x width probabilities 0..1.</param>
    /// <param name="cancellation">Stops the network between two of its layers.</param>
    /// <exception cref="AsmException">
    /// The samples are no reflectances but raw numbers, the network cannot run on such a window, or what it gives are no probabilities.
    /// </exception>
    /// <exception cref="ArgumentException">A buffer is not of the window's size.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed, before or meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(Memory<float> reflectance, int height, int width, Memory<float> probabilities, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long pixels = (long)height * width;
        if (reflectance.Length < pixels * Description.Bands.Count)
            throw new ArgumentException(
                $"{reflectance.Length} samples, not {Description.Bands.Count} x {height} x {width}", nameof(reflectance));
        if (probabilities.Length < pixels * Description.Classes.Count)
            throw new ArgumentException(
                $"{probabilities.Length} places, not {Description.Classes.Count} x {height} x {width}", nameof(probabilities));
        reflectance = reflectance[..(int)(pixels * Description.Bands.Count)];
        probabilities = probabilities[..(int)(pixels * Description.Classes.Count)];
        RequireReflectance(reflectance.Span);
        using (CancellationTokenRegistration stop = cancellation.Register(Terminate))
            RunWhole(reflectance, height, width, probabilities, cancellation);
        Probabilities.Require(probabilities.Span, Description.Classes.Count, (int)pixels, Description.Name);
    }

    private void RunWhole(Memory<float> reflectance, int height, int width, Memory<float> probabilities, CancellationToken cancellation)
    {
        lock (_running)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellation.ThrowIfCancellationRequested();
            OrtMemoryInfo memory = OrtMemoryInfo.DefaultInstance;
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(memory, reflectance, [1, Description.Bands.Count, height, width]);
            using OrtValue output =
                OrtValue.CreateTensorValueFromMemory(memory, probabilities, [1, Description.Classes.Count, height, width]);
            try
            {
                _session.Run(_run, _inputs, [input], _outputs, [output]);
            }
            catch (OnnxRuntimeException e)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                cancellation.ThrowIfCancellationRequested();
                throw new AsmException(
                    $"{_path}: ONNX Runtime cannot run it on a window of {width} x {height} px: {OnnxText.Quote(e.Message)}"
                    + "\n  expected: a fully convolutional network, as docs/model-format.md has it"
                    + "\n  fix: export the model again, or use another one", e, AsmErrorCode.Model);
            }
            finally
            {
                // A cancelled run does not end the next one.
                _run.Terminate = _disposed;
            }
        }
    }

    private void Terminate()
    {
        if (!_disposed) _run.Terminate = true;
    }

    /// <summary>Samples that are no reflectance on average: DNs, or fill values that were declared nowhere.</summary>
    private void RequireReflectance(ReadOnlySpan<float> samples)
    {
        float mean = TensorPrimitives.Sum(samples) / samples.Length;
        if (mean is >= ModelFile.LeastMean and <= ModelFile.MostMean) return;
        throw new AsmException(FormattableString.Invariant($"a window for {Description.Name}"),
            FormattableString.Invariant($"its samples are {mean:G4} on average"), "surface reflectance, 0..1",
            "give reflectance: (DN + offset) / 10000 for Sentinel-2, with the scale and offset in the raster's bands, "
            + "and the value that means no data as its nodata value");
    }

    /// <summary>Frees the network. A run at work is ended, and throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _freed, 1) != 0) return;
        _disposed = true;
        _run.Terminate = true;
        lock (_running)
        {
            _run.Dispose();
            _session.Dispose();
        }
    }
}
