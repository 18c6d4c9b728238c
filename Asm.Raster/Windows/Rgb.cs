namespace Asm.Raster.Windows;

/// <summary>A colour, 8 bits a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as "#rrggbb".</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Reads "#rrggbb".</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static Rgb Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 7 || text[0] != '#') throw new FormatException($"'{text}' is not a colour of the form #rrggbb");
        byte[] bytes = Convert.FromHexString(text.AsSpan(1));
        return new(bytes[0], bytes[1], bytes[2]);
    }
}
