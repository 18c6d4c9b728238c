namespace Asm.Analysis.Accuracy.Chips;

/// <summary>Which bands a chip shows as red, green and blue.</summary>
internal enum ChipColors
{
    /// <summary>B04, B03, B02: as the eye sees it.</summary>
    True,

    /// <summary>B11, B08, B04: bare ground is pink to brown, plants are green, water is dark.</summary>
    False,
}
