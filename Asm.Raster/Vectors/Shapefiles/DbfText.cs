using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Text and values of the .dbf file of a Shapefile.</summary>
internal static partial class DbfText
{
    private const int Latin1 = 28591, Western = 1252;

    /// <summary>
    /// The encoding that the .cpg file names, else the one of the language of the .dbf; where neither says anything, UTF-8 if all text is,
    /// else Windows-1252.
    /// </summary>
    /// <param name="cpg">The .cpg file, or null.</param>
    /// <param name="table">The path of the .dbf file.</param>
    /// <param name="rows">The .dbf file; left at its start.</param>
    /// <param name="header">Its header.</param>
    /// <returns>The encoding, and what is to be told where it was guessed.</returns>
    /// <exception cref="AsmException">The .cpg names an encoding that is not known.</exception>
    public static (Encoding Encoding, string? Note) FindEncoding(string? cpg, string table, Stream rows, DbfHeader header)
    {
        string name = cpg is null ? "" : FirstLine(cpg);
        if (name.Length > 0)
            return (Find(name) ?? throw new AsmException(cpg!,
                $"names the encoding '{name}', which is not known", "UTF-8, ISO-8859-1, 1252 or another code page",
                "correct the name, or write the file anew: "
                + $"ogr2ogr -lco ENCODING=UTF-8 OUT.shp {CommandText.Quote(Path.ChangeExtension(Path.GetFileName(table), ".shp"))}",
                AsmErrorCode.InputFormat), null);
        if (PageOf(header.Language) is > 0 and var page) return (PageEncoding(page)!, null);
        return header.FindText(rows) switch
        {
            DbfTextKind.Ascii => (Encoding.UTF8, null),
            DbfTextKind.Utf8 => (Encoding.UTF8, "no .cpg file says how its text is encoded: it was read as UTF-8, which it is"),
            _ => (PageEncoding(Western)!, "no .cpg file says how its text is encoded: it is no UTF-8 and was read as Windows-1252; "
                + "where names are wrong, write the encoding into a .cpg file"),
        };
    }

    /// <summary>A value as this product hands it on. A .dbf has no null text: blank is null.</summary>
    public static object? Value(object? value) => value switch
    {
        string text => text.TrimEnd('\0', ' ') is { Length: > 0 } trimmed ? trimmed : null,
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => (double)number,
        float number => (double)number,
        int number => (long)number,
        long or double or bool => value,
        _ => null,
    };

    // A .cpg file is a word; whatever else has that name is not read whole.
    private static string FirstLine(string path)
    {
        using var reader = new StreamReader(path);
        char[] start = new char[200];
        return new string(start, 0, reader.ReadBlock(start))
            .Trim('\0', '\uFEFF', ' ', '\t', '\r', '\n', '"', '\'', ';').Split('\n')[0].Trim();
    }

    /// <summary>The code page of a language driver (ESRI technical article 000013192, and GDAL); 0 where it says none.</summary>
    private static int PageOf(byte language) => language switch
    {
        0x01 or 0x09 or 0x0B or 0x0D or 0x0F or 0x11 or 0x15 or 0x18 or 0x19 or 0x1B => 437,
        0x02 or 0x0A or 0x0E or 0x10 or 0x12 or 0x14 or 0x16 or 0x1A or 0x1D or 0x25 or 0x37 => 850,
        0x03 or 0x57 or 0x58 or 0x59 => Western,
        0x04 => 10000,
        0x08 or 0x17 or 0x66 => 865,
        0x13 or 0x7B => 932,
        0x1C or 0x6C => 863,
        0x1F or 0x22 or 0x23 or 0x40 or 0x64 or 0x87 => 852,
        0x24 => 860,
        0x26 or 0x65 => 866,
        0x4D or 0x7A => 936,
        0x4E or 0x79 => 949,
        0x4F or 0x78 => 950,
        0x50 or 0x7C => 874,
        0x67 => 861,
        0x6A or 0x86 => 737,
        0x6B or 0x88 => 857,
        0x7D => 1255,
        0x7E => 1256,
        0x96 => 10007,
        0x97 => 10029,
        0x98 => 10006,
        0xC8 => 1250,
        0xC9 => 1251,
        0xCA => 1254,
        0xCB => 1253,
        0xCC => 1257,
        _ => 0,
    };

    private static Encoding? Find(string name)
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
            return number is 65001 ? Encoding.UTF8 : PageEncoding(number);
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

    private static Encoding? PageEncoding(int number)
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

    // A table's text is of bytes: UTF-16 and EBCDIC cannot be meant.
    private static Encoding? OneByteLetters(Encoding encoding) => encoding.GetBytes("A") is [0x41] ? encoding : null;

    // ESRI writes 88591, GDAL ISO-8859-1, others ISO 8859-1, ISO88591 or 8859_1.
    [GeneratedRegex("^(?:ISO)?8859([0-9]{1,2})$")]
    private static partial Regex Iso();

    [GeneratedRegex("^L(?:ATIN)?([1-9])$")]
    private static partial Regex Latin();

    [GeneratedRegex("^(?:CP|MS|ANSI|OEM|IBM|DOS|WIN|WINDOWS|CODEPAGE|CODE|PAGE|X)*([0-9]{3,5})$")]
    private static partial Regex CodePage();
}
