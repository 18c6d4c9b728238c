namespace Asm.Terminal;

/// <summary>How a program tells what it does.</summary>
internal enum LogFormat
{
    /// <summary>For people: a live bar on a terminal, plain lines elsewhere.</summary>
    Text,

    /// <summary>For programs: one JSON object a line on standard error.</summary>
    Json,
}
