using System.Text.Encodings.Web;
using System.Text.Json;
using Asm.Maps.Classes;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Changes;

/// <summary>What the rasters of changes are. See docs/file-formats.md.</summary>
internal static class ChangeProducts
{
    // Vermillion and blue of Okabe and Ito (2008), told apart with any kind of colour blindness; the pair that stays
    // is the first one, darker.
    private static readonly Rgb New = Rgb.Parse("#d55e00"), Persistent = Rgb.Parse("#7f3800"), Recovered = Rgb.Parse("#0072b2");
    private static readonly Rgb Light = Rgb.Parse("#e6e6e6"), Middle = Rgb.Parse("#bdbdbd");
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// A change map: uint8, 10 x before + after, 0 no data. Changes to the followed class are vermillion, from it blue; where it stays it
    /// is dark brown. Everything else is quiet: a pale shade of the class where it stays, a darker one of the class after where it changes.
    /// </summary>
    /// <param name="grid">The grid.</param>
    /// <param name="classes">The classes of both maps, 2 to 9 with codes from 1.</param>
    /// <param name="followed">The code of the class that stands out.</param>
    /// <param name="metadata">Provenance.</param>
    public static RasterInfo ChangeMap(GeoGrid grid, IReadOnlyList<MapClass> classes,
        int followed, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int codes = ChangeCode.Of(classes.Count, classes.Count) + 1;
        var colors = new Rgb[codes];
        string[] names = [.. Enumerable.Repeat("", codes)];
        (colors[0], names[0]) = (MapProducts.NoDataColor, MapProducts.NoDataName);
        foreach (MapClass before in classes)
            foreach (MapClass after in classes)
            {
                byte code = ChangeCode.Of(before.Code, after.Code);
                names[code] = ChangeCode.Name(before.Name, after.Name);
                colors[code] = before.Code == after.Code
                    ? before.Code == followed ? Persistent : Mix(before.Color, Light)
                    : after.Code == followed ? New : before.Code == followed ? Recovered : Mix(after.Color, Middle);
            }
        return new()
        {
            Grid = grid,
            SampleType = SampleType.UInt8,
            Bands = [new() { Name = "change", NoData = 0 }],
            Colors = colors,
            ClassNames = names,
            Metadata = new Dictionary<string, string>(metadata)
            {
                [ClassMap.ChangeClassesKey] = JsonSerializer.Serialize(classes.Select(c => c.Name), Json)
            },
        };
    }

    /// <summary>A map of <see cref="Persistence"/>: uint8, 0 no data.</summary>
    public static RasterInfo PersistenceMap(GeoGrid grid, IReadOnlyDictionary<string, string> metadata) =>
        MapProducts.Classes(grid, Persistence.Classes, metadata);

    private static Rgb Mix(Rgb color, Rgb grey)
    {
        static byte Channel(byte a, byte b) => (byte)((a + 3 * b + 2) / 4);
        return new(Channel(color.Red, grey.Red), Channel(color.Green, grey.Green), Channel(color.Blue, grey.Blue));
    }
}
