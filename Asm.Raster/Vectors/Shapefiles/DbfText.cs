using System.Globalization;
using System.Text;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Text and values of the .dbf file of a Shapefile.</summary>
internal static class DbfText
{
    /// <summary>What QGIS writes: the code page of the machine that wrote the file, whichever that was.</summary>
    private const string OfTheMachine = "SYSTEM";

    /// <summary>What GDAL writes before the number of a language driver, which is decimal.</summary>
    private const string LanguagePrefix = "LDID/";

    /// <summary>
    /// The encoding or language that the .cpg file names, else that of the language of the .dbf; where neither says anything, UTF-8 if all
    /// text is, else Windows-1252.
    /// </summary>
    /// <param name="cpg">The .cpg file, or null.</param>
    /// <param name="rows">The .dbf file; left at its start.</param>
    /// <param name="header">Its header.</param>
    /// <returns>The encoding, and what is to be told where it was guessed.</returns>
    /// <exception cref="AsmException">The .cpg names an encoding that is not known.</exception>
    public static (Encoding Encoding, string? Note) FindEncoding(string? cpg, Stream rows, DbfHeader header)
    {
        string name = cpg is null ? "" : FirstLine(cpg);
        byte language = header.Language;
        if (name.StartsWith(LanguagePrefix, StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(name.AsSpan(LanguagePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out byte named))
            language = named;
        else if (name.Length > 0 && !name.Equals(OfTheMachine, StringComparison.OrdinalIgnoreCase))
            return (TextEncoding.Find(name) ?? throw new AsmException(cpg!,
                $"names the encoding '{name}', which is not known", "UTF-8, ISO-8859-1, 1252 or another code page",
                "correct the name, or remove the .cpg file", AsmErrorCode.InputFormat), null);
        if (PageOf(language) is > 0 and var page) return (TextEncoding.OfPage(page)!, null);
        return header.FindText(rows) switch
        {
            DbfTextKind.Ascii => (Encoding.UTF8, null),
            DbfTextKind.Utf8 => (Encoding.UTF8, "no .cpg file says how its text is encoded: it was read as UTF-8, which it is"),
            _ => (TextEncoding.Western, $"no .cpg file says how its text is encoded: {TextEncoding.ReadAsWestern}; "
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
        0x03 or 0x57 or 0x58 or 0x59 => TextEncoding.WesternPage,
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
}
