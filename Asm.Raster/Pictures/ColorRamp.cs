using Asm.Raster.Windows;

namespace Asm.Raster.Pictures;

/// <summary>
/// Colours for values from low to high: dark blue, purple, red, orange, pale yellow. Lightness (CIE L*) rises evenly, so that equal steps
/// look equal, in print without colours too.
/// </summary>
internal static class ColorRamp
{
    // Of highest chroma on a way through the hues 295 to 95 degrees of CIE LCh, with lightness 4 to 96.
    private static readonly Rgb[] Anchors = [.. ((string[])["#030833", "#200466", "#510962", "#751064", "#991766",
        "#be1e63", "#dd325c", "#f15355", "#f87958", "#fa9c66", "#fbbc7e", "#fdd9a0", "#fef3d3"]).Select(Rgb.Parse)];

    /// <summary>The colour of a share from 0 to 1; shares beyond have the colour of the end.</summary>
    public static Rgb At(double share)
    {
        double position = Math.Clamp(share, 0, 1) * (Anchors.Length - 1);
        int index = Math.Min((int)position, Anchors.Length - 2);
        (Rgb low, Rgb high) = (Anchors[index], Anchors[index + 1]);
        double rest = position - index;
        byte Between(byte from, byte to) => (byte)Math.Round(from + (to - from) * rest);
        return new(Between(low.Red, high.Red), Between(low.Green, high.Green), Between(low.Blue, high.Blue));
    }
}
