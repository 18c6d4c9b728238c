using Asm.Raster;
using Microsoft.ML.OnnxRuntime;

namespace Asm.Inference.Model;

/// <summary>A segmentation network, loaded and ready to run. Not safe for concurrent calls.</summary>
public sealed class SegmentationModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Microsoft.ML.OnnxRuntime.RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private SegmentationModel(ModelDescription description, InferenceSession session, string input, string output)
    {
        (Description, _session) = (description, session);
        (_inputs, _outputs) = ([input], [output]);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="threads">Threads of one run, 1 or more.</param>
    /// <param name="device">Where to run; a device that is not there is an error, never replaced by another.</param>
    /// <exception cref="AsmException">The model cannot be read or run, or the device is not there.</exception>
    public static SegmentationModel Load(string path, int threads, Device device = Device.Cpu)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        OnnxRuntimeTelemetry.SwitchOff();
        byte[] bytes = ModelFile.ReadBytes(path);
        ModelDescription description = ModelFile.Describe(path, bytes);
        GraphProto graph = ModelFile.Parse(path, bytes).Graph;
        string output = ModelFile.ProbabilityOutput(graph, path);
        InferenceSession session = Open(path, bytes, threads, device);
        try
        {
            (string input, NodeMetadata shape) = session.InputMetadata.First();
            if (shape.ElementType != typeof(float) || shape.Dimensions.Length != 4)
                throw new AsmException(path, $"its input {input} is {shape.ElementType.Name} with {shape.Dimensions.Length} dimensions",
                    "float32 N x bands x height x width", "export the model again with asm-train export", AsmErrorCode.Model);
            if (shape.Dimensions[1] > 0 && shape.Dimensions[1] != description.Bands.Count)
                throw new AsmException(path, $"its graph takes {shape.Dimensions[1]} bands, its metadata names {description.Bands.Count}",
                    "the same count", "export the model again with asm-train export", AsmErrorCode.Model);
            return new(description, session, input, output);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static InferenceSession Open(string path, byte[] bytes, int threads, Device device)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
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
            return new InferenceSession(bytes, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new AsmException($"{path}: ONNX Runtime cannot load it: {e.Message}\n  fix: export the model again with asm-train export",
                e, AsmErrorCode.Model);
        }
    }

    /// <summary>Runs the network on one window.</summary>
    /// <param name="reflectance">Bands x height x width, reflectance 0..1; the band means where there is no data.</param>
    /// <param name="height">Rows, a multiple of the alignment.</param>
    /// <param name="width">Columns, a multiple of the alignment.</param>
    /// <param name="probabilities">Receives classes x height x width probabilities 0..1.</param>
    public void Run(Memory<float> reflectance, int height, int width, Memory<float> probabilities)
    {
        OrtMemoryInfo memory = OrtMemoryInfo.DefaultInstance;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(memory, reflectance, [1, Description.Bands.Count, height, width]);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(memory, probabilities, [1, Description.Classes.Count, height, width]);
        _session.Run(_run, _inputs, [input], _outputs, [output]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
