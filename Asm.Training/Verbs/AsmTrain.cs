using System.CommandLine;
using Asm.Terminal;

namespace Asm.Training.Verbs;

/// <summary>The program asm-train.</summary>
internal static class AsmTrain
{
    /// <summary>The command line with all verbs.</summary>
    public static RootCommand Create() =>
        new("Trains the network that asm predicts with, and exports it to ONNX.")
        {
            DatasetVerb.Create(),
            FitVerb.Create(),
            ExportVerb.Create(),
            QuantizeVerb.Create(),
            BaselineVerb.Create(),
            EvaluateVerb.Create(),
        };

    /// <summary>Runs a command line and returns the exit code: 0 done, 1 failed, 2 usage, 130 interrupted.</summary>
    public static int Run(string[] args) => CommandLine.Invoke(Create(), args);
}
