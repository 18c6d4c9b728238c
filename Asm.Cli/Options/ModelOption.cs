using System.CommandLine;
using Asm.Terminal;

namespace Asm.Cli.Options;

/// <summary>--model, with the shipped model as default.</summary>
internal static class ModelOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() =>
        CommonOptions.OptionalPath("--model", "An ONNX model with its metadata [default: the starter model that comes with the program]");

    /// <summary>The model's path: the one given, else the shipped one beside the program.</summary>
    public static string PathOf(string? given) => given ?? Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx");
}
