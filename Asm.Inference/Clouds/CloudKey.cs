namespace Asm.Inference.Clouds;

/// <summary>
/// What the cloud rules say of one pixel, in a byte: the scene classification's class in the lower half, then a bit for each rule.
/// </summary>
internal static class CloudKey
{
    /// <summary>The pixel has no data in the stack: no rule is asked.</summary>
    public const byte NoData = byte.MaxValue;

    /// <summary>The pixel's class where no classification is given.</summary>
    public const byte NoClass = 0x0F;

    /// <summary>Set where the three visible bands are above the counted threshold.</summary>
    public const byte Bright = 0x10;

    /// <summary>Set where the run makes the pixel no data.</summary>
    public const byte Removed = 0x20;

    /// <summary>The class of the scene classification.</summary>
    public static int ClassOf(int key) => key & NoClass;
}
