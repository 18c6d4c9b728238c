namespace Asm.Hardening.Mutations;

/// <summary>Values that break sums, products, signs, parsers and terminals.</summary>
internal static class Nasty
{
    /// <summary>Numbers as bits.</summary>
    public static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 4096, 10_000, 16_384, 32_767, 32_768, 65_535, 65_536, 1 << 20, 1 << 24, 0x3FFF_FFFF,
        0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x7F80_0000, 0x7FC0_0000, 0x7FF0_0000_0000_0000, 0x7FF8_0000_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    /// <summary>Texts.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "0", "-0", "-1", "1", "2147483647", "2147483648", "-9223372036854775808",
        "99999999999999999999", "1e308", "1e999", "-1e999", "NaN",
        "Infinity", "null", "true", "[]", "{}", "[[[[[[[[", "{\"a\":", "\"", "'",
        "<", "</", "&amp;", "&a;", "]]>", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "\0", "\u001b[31m", "\u202e", "\ufeff", "\r\n", "\t", "../../../../etc/hostname",
        "/etc/hostname", "C:\\CON", "nul", "a:b", "=1+1", "@x", "`id`",
        "http://127.0.0.1:9/x", "file:///etc/hostname", "EPSG:0", "EPSG:99999999",
        "EPSG:4326", "%s%n", "*", "&a", "!!int", ": ", "- ", "# ", "|", "~",
    ];

    /// <summary>One of the numbers.</summary>
    public static ulong Number(Random random) => Numbers[random.Next(Numbers.Length)];

    /// <summary>One of the texts, or a long or deeply nested one.</summary>
    public static string Text(Random random) => random.Next(12) switch
    {
        0 => new string('a', random.Next(1, 40_000)),
        1 => new string('[', random.Next(1, 40_000)),
        2 => string.Concat(Enumerable.Repeat("<a>", random.Next(1, 4_000))),
        3 => new string('9', random.Next(1, 400)),
        _ => Texts[random.Next(Texts.Length)],
    };
}
