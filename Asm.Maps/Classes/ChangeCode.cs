namespace Asm.Maps.Classes;

/// <summary>
/// The code of a change: 10 x class before + class after, so that every pair has its own; 0 where either is no data (Gallwey et al. 2020,
/// 2.7; the coding is ours).
/// </summary>
public static class ChangeCode
{
    /// <summary>Classes that one decimal digit tells apart.</summary>
    public const int MostClasses = 9;

    /// <summary>The code of a pair; 0 where either class is 0, no data.</summary>
    /// <param name="before">Class before, 0 to 9.</param>
    /// <param name="after">Class after, 0 to 9.</param>
    public static byte Of(int before, int after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(before, MostClasses);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(after, MostClasses);
        return before == 0 || after == 0 ? (byte)0 : (byte)(10 * before + after);
    }

    /// <summary>The classes of a code.</summary>
    public static (int Before, int After) Split(int code) => (code / 10, code % 10);

    /// <summary>The name of a change, such as "vegetation to mines".</summary>
    public static string Name(string before, string after) => $"{before} to {after}";
}
