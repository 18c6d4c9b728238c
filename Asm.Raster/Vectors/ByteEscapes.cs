using System.Globalization;
using System.Text;

namespace Asm.Raster.Vectors;

/// <summary>
/// Text in which bytes that are no letter of its encoding stand as \xNN. The usual question mark would make one name of two that differ
/// in such bytes only.
/// </summary>
internal sealed class ByteEscapes : DecoderFallback
{
    private static readonly ByteEscapes Instance = new();
    private static readonly Encoding Utf8 = Of(Encoding.UTF8);

    /// <inheritdoc/>
    public override int MaxCharCount => 4 * 8;

    /// <summary>An encoding that decodes so.</summary>
    public static Encoding Of(Encoding encoding)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = Instance;
        return copy;
    }

    /// <summary>Text in UTF-8.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="isWhole">False where some of them are no UTF-8.</param>
    public static string FromUtf8(ReadOnlySpan<byte> bytes, out bool isWhole)
    {
        isWhole = System.Text.Unicode.Utf8.IsValid(bytes);
        return (isWhole ? Encoding.UTF8 : Utf8).GetString(bytes);
    }

    /// <inheritdoc/>
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private string _text = "";
        private int _next;

        public override int Remaining => _text.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_text, _next) = (string.Concat(bytesUnknown.Select(b => string.Create(CultureInfo.InvariantCulture, $@"\x{b:X2}"))), 0);
            return true;
        }

        public override char GetNextChar() => _next < _text.Length ? _text[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0) return false;
            _next--;
            return true;
        }

        public override void Reset() => (_text, _next) = ("", 0);
    }
}
