using System.Text;
using Asm.Raster;

namespace Asm.Terminal;

/// <summary>
/// The door to the terminal: names come from files, and what steers a terminal or turns the direction of writing is shown as an escape.
/// </summary>
internal static class PlainOutput
{
    private static TextWriter? s_guarded;

    /// <summary>From now on all that is written to standard output is plain.</summary>
    public static void GuardStandardOutput()
    {
        if (ReferenceEquals(Console.Out, s_guarded)) return;
        Console.SetOut(new PlainWriter(Console.Out));
        s_guarded = Console.Out;
    }

    /// <summary>Writes a message, of one or more lines, to standard error.</summary>
    public static void Error(string message) => Console.Error.WriteLine(PlainText.Show(SecretText.Hide(message), keepLines: true));

    private sealed class PlainWriter(TextWriter inner) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value) => inner.Write(Plain(value));

        public override void WriteLine(string? value) => inner.WriteLine(Plain(value));

        public override void WriteLine() => inner.WriteLine();

        public override void Flush() => inner.Flush();

        private static string Plain(string? text) =>
            PlainText.Show((text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal), keepLines: true);
    }
}
