using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Raster.Vectors;

/// <summary>Encodings of text in vector files whose letters are bytes.</summary>
internal static partial class TextEncoding
{
    /// <summary>The code page of Windows-1252.</summary>
    public const int WesternPage = 1252;

    /// <summary>What is told of text that nothing says the encoding of.</summary>
    public const string ReadAsWestern = "it is no UTF-8 and was read as Windows-1252";

    private const int Latin1 = 28591;

    /// <summary>Windows-1252.</summary>
    public static Encoding Western { get; } = OfPage(WesternPage)!;

    /// <summary>The encoding of a name, however it is spelt; null where it is not known, or no encoding of bytes.</summary>
    public static Encoding? Find(string name)
    {
        string letters = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (letters is "UTF8" or "CPUTF8") return Encoding.UTF8;
        if (Iso().Match(letters) is { Success: true } iso) return Named($"iso-8859-{iso.Groups[1].Value}");
        if (Latin().Match(letters) is { Success: true } latin)
        {
            string part = latin.Groups[1].Value switch { "5" => "9", "6" => "10", "7" => "13", "8" => "14", "9" => "15", var same => same };
            return Named($"iso-8859-{part}");
        }
        if (CodePage().Match(letters) is { Success: true } page && int.TryParse(page.Groups[1].ValueSpan, out int number))
            return number is 65001 ? Encoding.UTF8 : OfPage(number);
        return Named(name);
    }

    // Code pages are not registered for the whole process: an embedder may not want that.
    private static Encoding? Named(string name)
    {
        try
        {
            return OneByteLetters(CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The encoding of a code page; null where it is not known, or no encoding of bytes.</summary>
    public static Encoding? OfPage(int number)
    {
        try
        {
            return OneByteLetters(CodePagesEncodingProvider.Instance.GetEncoding(number)
                ?? (number == Latin1 ? Encoding.Latin1 : Encoding.GetEncoding(number)));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // Such text is of bytes: UTF-16 and EBCDIC cannot be meant.
    private static Encoding? OneByteLetters(Encoding encoding) => encoding.GetBytes("A") is [0x41] ? encoding : null;

    // ESRI writes 88591, GDAL ISO-8859-1, others ISO 8859-1, ISO88591 or 8859_1.
    [GeneratedRegex("^(?:ISO)?8859([0-9]{1,2})$")]
    private static partial Regex Iso();

    [GeneratedRegex("^L(?:ATIN)?([1-9])$")]
    private static partial Regex Latin();

    [GeneratedRegex("^(?:CP|MS|ANSI|OEM|IBM|DOS|WIN|WINDOWS|CODEPAGE|CODE|PAGE|X)*([0-9]{3,5})$")]
    private static partial Regex CodePage();
}
