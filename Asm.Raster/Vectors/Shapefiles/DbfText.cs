using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Text and values of the .dbf file of a Shapefile.</summary>
internal static partial class DbfText
{
    private const int LanguageDriverOffset = 29;

    /// <summary>The encoding that the .cpg file names, else the one of the code page in the .dbf, else UTF-8.</summary>
    /// <exception cref="AsmException">The .cpg names an encoding that is not known.</exception>
    public static Encoding FindEncoding(string? cpg, string table)
    {
        string name = cpg is null ? "" : File.ReadAllText(cpg).Trim();
        if (name.Length == 0) return FromLanguageDriver(table);
        return Find(name) ?? throw new AsmException(cpg!,
            $"names the encoding '{name}', which is not known", "UTF-8, ISO-8859-1, 1252 or another code page",
            "correct the name, or write the file anew: "
            + $"ogr2ogr -lco ENCODING=UTF-8 OUT.shp {Path.ChangeExtension(Path.GetFileName(table), ".shp")}", AsmErrorCode.InputFormat);
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

    /// <summary>The code page of a language driver (ESRI technical article 000013192), without which text is taken as UTF-8.</summary>
    private static Encoding FromLanguageDriver(string table)
    {
        using FileStream file = File.OpenRead(table);
        file.Position = LanguageDriverOffset;
        int page = file.ReadByte() switch
        {
            0x01 or 0x09 or 0x0B or 0x0D or 0x0F or 0x11 or 0x15 or 0x18 or 0x19 or 0x1B => 437,
            0x02 or 0x0A or 0x0E or 0x10 or 0x12 or 0x14 or 0x16 or 0x1A or 0x1D or 0x25 or 0x37 => 850,
            0x03 or 0x57 or 0x58 or 0x59 => 1252,
            0x26 or 0x65 => 866,
            0xC8 => 1250,
            0xC9 => 1251,
            0xCA => 1254,
            0xCB => 1253,
            0xCC => 1257,
            _ => 0,
        };
        return page == 0 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(page)!;
    }

    private static Encoding? Find(string name)
    {
        // Code pages are not registered for the whole process: an embedder may not want that.
        EncodingProvider pages = CodePagesEncodingProvider.Instance;
        if (Latin().Match(name) is { Success: true } latin) name = $"iso-8859-{latin.Groups[1].Value}";
        else if (CodePage().Match(name) is { Success: true } page && int.TryParse(page.Groups[1].ValueSpan, out int number))
            return pages.GetEncoding(number) ?? (number is 65001 ? Encoding.UTF8 : number is 28591 ? Encoding.Latin1 : null);
        try
        {
            return pages.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // ESRI writes 88591, GDAL ISO-8859-1, others ISO 8859-1 or ISO88591.
    [GeneratedRegex(@"^(?:ISO)?[ -]?8859[ -]?([0-9]{1,2})$", RegexOptions.IgnoreCase)]
    private static partial Regex Latin();

    [GeneratedRegex(@"^(?:CP|ANSI|OEM|WINDOWS)?[ -]?([0-9]{3,5})$", RegexOptions.IgnoreCase)]
    private static partial Regex CodePage();
}
