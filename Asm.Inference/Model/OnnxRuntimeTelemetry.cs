using System.Runtime.InteropServices;

namespace Asm.Inference.Model;

/// <summary>
/// ONNX Runtime collects usage events and writes a device id into the user's cache folder; this program works offline
/// and leaves no such traces.
/// </summary>
internal static partial class OnnxRuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Switches it off for this process; must run before ONNX Runtime is loaded.</summary>
    internal static void SwitchOff()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        // .NET keeps its own copy of the environment on Unix; native code reads the real one.
        if (!OperatingSystem.IsWindows()) _ = SetEnvironment(Variable, "1", 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
