using System.Text;
using System.Text.Unicode;
using Asm.Raster;

namespace Asm.Maps.Tables;

/// <summary>The text of a table that a person made, as spreadsheets save it in this country or that.</summary>
internal static class CsvText
{
    private const int MostBytes = 100_000_000, Western = 1252;

    /// <summary>
    /// Reads the text: UTF-8 or UTF-16 by its byte order mark; without one UTF-16 where every other byte of its start is 0, UTF-8 where all
    /// of it is, else Windows-1252.
    /// </summary>
    /// <exception cref="AsmException">The file is larger than 100 MB.</exception>
    public static string Read(string path)
    {
        if (new FileInfo(path).Length is > MostBytes and var length)
            throw new AsmException(path, $"has {length / 1_000_000} MB", "a table of 100 MB at most", "check the path, or split the table",
                AsmErrorCode.InputFormat);
        byte[] bytes = File.ReadAllBytes(path);
        (Encoding encoding, int mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [not 0, 0, not 0, 0, ..] => (Encoding.Unicode, 0),
            [0, not 0, 0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
            _ => (Encoding.UTF8, 0),
        };
        if (encoding == Encoding.UTF8 && !Utf8.IsValid(bytes.AsSpan(mark)))
            encoding = CodePagesEncodingProvider.Instance.GetEncoding(Western)!;
        return encoding.GetString(bytes, mark, bytes.Length - mark);
    }
}
