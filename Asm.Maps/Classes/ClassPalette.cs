using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>Colours for classes of which only the names are known.</summary>
internal static class ClassPalette
{
    private static readonly Rgb Plain = Rgb.Parse("#999999");

    /// <summary>
    /// The colours of Okabe and Ito (2008) that the default classes leave over; people with any kind of colour blindness tell them apart.
    /// </summary>
    private static readonly Rgb[] Others = [Rgb.Parse("#e69f00"), Rgb.Parse("#cc79a7"), Rgb.Parse("#0072b2"), Rgb.Parse("#f0e442")];

    /// <summary>
    /// Classes of these names, with codes from 1: the default classes in their own colours, others in their order in
    /// those left over, then grey.
    /// </summary>
    public static IReadOnlyList<MapClass> Classes(IReadOnlyList<string> names)
    {
        int used = 0;
        return
        [
            .. names.Select((name, i) => new MapClass(i + 1, name,
                ClassMap.DefaultClasses.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))?.Color
                ?? (used < Others.Length ? Others[used++] : Plain))),
        ];
    }
}
