using System.Text;
using Asm.Raster;

namespace Asm.Terminal;

/// <summary>
/// The door to the terminal: names come from files, and what steers a terminal or turns the direction of writing is shown as an escape.
/// </summary>
internal static class PlainOutput
{
    private static int s_isGuarded;

    /// <summary>From now on all that is written to standard output is plain.</summary>
    public static void GuardStandardOutput()
    {
        if (Interlocked.Exchange(ref s_isGuarded, 1) == 0) Console.SetOut(new PlainWriter(Console.Out));
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
