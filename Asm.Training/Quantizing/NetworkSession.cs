using Asm.Inference.Model;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Asm.Training.Quantizing;

/// <summary>A network in memory, run as the engine runs it, with any tensors of it as outputs.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Microsoft.ML.OnnxRuntime.RunOptions _run = new();
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <summary>Loads a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="tensors">The tensors wanted, outputs of the graph or not.</param>
    /// <param name="threads">Threads of a run.</param>
    public NetworkSession(ModelProto model, IReadOnlyCollection<string> tensors, int threads)
    {
        OnnxRuntimeTelemetry.SwitchOff();
        ModelProto wanted = model.Clone();
        foreach (string tensor in tensors.Where(t => wanted.Graph.Output.All(o => o.Name != t)))
            wanted.Graph.Output.Add(new ValueInfoProto { Name = tensor });
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(wanted.ToByteArray(), options);
        _inputs = [_session.InputMetadata.Keys.First()];
        _outputs = [.. tensors];
    }

    /// <summary>Runs the network on a window and returns the tensors wanted, in the order given.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(CalibrationWindow window)
    {
        int bands = window.Reflectance.Length / (window.Height * window.Width);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(window.Reflectance, [1, bands, window.Height, window.Width]);
        return _session.Run(_run, _inputs, [input], _outputs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
