using Asm.Maps.Classes;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>
/// What became of one class over many seasons. Only seasons with data count, in their order; K is the number of seasons that confirm
/// (<see cref="ChangeOptions.ConfirmingSeasons"/>).
/// </summary>
/// <remarks>
/// The codes: 0 no data, fewer than two seasons with data; 1 never, present in none; 2 new, absent in the first seasons and present in all
/// later ones, which are K or more; 3 persistent, present in all; 4 recovered, present in the first seasons and absent in all later ones,
/// which are K or more; 5 transient, any other sequence.
/// </remarks>
public static class Persistence
{
    /// <summary>The codes as classes of a map.</summary>
    public static IReadOnlyList<MapClass> Classes { get; } =
    [
        new(1, "never", Rgb.Parse("#d9dfd6")), new(2, "new", Rgb.Parse("#d55e00")), new(3, "persistent", Rgb.Parse("#7f3800")),
        new(4, "recovered", Rgb.Parse("#0072b2")), new(5, "transient", Rgb.Parse("#f0e442")),
    ];

    /// <summary>The code of a pixel.</summary>
    /// <param name="seasons">The pixel's class in each season, 0 no data.</param>
    /// <param name="code">The class that is followed.</param>
    /// <param name="confirming">K, 1 or more.</param>
    public static byte Of(ReadOnlySpan<byte> seasons, byte code, int confirming)
    {
        int seen = 0, switches = 0, run = 0;
        bool first = false, last = false;
        foreach (byte season in seasons)
        {
            if (season == 0) continue;
            bool present = season == code;
            if (seen == 0) first = present;
            else if (present != last)
            {
                switches++;
                run = 0;
            }
            seen++;
            run++;
            last = present;
        }
        if (seen < 2) return 0;
        return switches switch
        {
            0 => first ? (byte)3 : (byte)1,
            1 when run >= confirming => last ? (byte)2 : (byte)4,
            _ => 5,
        };
    }
}
