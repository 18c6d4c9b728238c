using Asm.Raster;
using Asm.Raster.Windows;

namespace Asm.Maps.Bands;

/// <summary>Finds bands in a raster: by name, or by position where no name says anything. Every verb finds them here.</summary>
internal static class BandMatch
{
    /// <summary>The best known file of bands in another order.</summary>
    public const string EuroSat = "EuroSAT's 13 bands are B01,B02,B03,B04,B05,B06,B07,B08,B09,B10,B11,B12,B8A";

    private const int MostNames = 20;

    /// <summary>The positions of bands.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="wanted">The bands, in the order of the positions.</param>
    /// <param name="rasterName">What messages call the raster.</param>
    /// <param name="order">The order of bands whose names say nothing, if there are as many; null: that of the wanted ones.</param>
    /// <param name="fix">What to do where they are not found; null: name them with asm prepare.</param>
    /// <exception cref="AsmException">A band is missing or there twice, or names tell some bands but not all that are wanted.</exception>
    public static int[] Find(
        RasterInfo raster, IReadOnlyList<string> wanted, string rasterName, IReadOnlyList<string>? order = null, string? fix = null)
    {
        order ??= wanted;
        if (raster.Bands.Count < wanted.Count) fix = $"give a file that holds {string.Join(", ", wanted)}, or a folder of a file for each";
        fix ??= wanted.All(StackBands.Names.Contains)
            ? $"name the bands in the file's order, '{BandList.Unwanted}' for those not wanted: "
              + $"asm prepare {CommandText.Quote(rasterName)} -o stack.tif --bands {string.Join(',', StackBands.Names)}; {EuroSat}"
            : $"name the bands in the file as the model's: {string.Join(' ', wanted)}";
        string[] names = [.. raster.Bands.Select(band => band.Name)];
        if (Positions(names, wanted) is not { } found)
            return names.Length == order.Count
                ? [.. wanted.Select(name => order.ToList().IndexOf(name))]
                : throw new AsmException(rasterName, $"has {names.Length} band{(names.Length == 1 ? "" : "s")} whose names say nothing",
                    $"names that tell {string.Join(", ", wanted)}, or {order.Count} bands in the order {string.Join(", ", order)}",
                    fix);
        if (Array.FindIndex(found, positions => positions.Length > 1) is var twice and >= 0)
            throw new AsmException(rasterName,
                $"has {found[twice].Length} bands that may be {wanted[twice]}: "
                + string.Join(", ", found[twice].Select(i => $"band {i + 1} '{names[i]}'")),
                $"each of {string.Join(", ", wanted)} once", fix);
        string[] missing = [.. wanted.Where((_, i) => found[i].Length == 0)];
        return missing.Length == 0
            ? [.. found.Select(positions => positions[0])]
            : throw new AsmException(rasterName, $"has no band named {string.Join(", ", missing)}; its bands are: {Text(names)}",
                $"each of {string.Join(", ", wanted)} by name, or {order.Count} bands whose names say nothing, in their order",
                fix);
    }

    /// <summary>The positions of bands where all of them are named, each once; null where not.</summary>
    public static int[]? FindNamed(RasterInfo raster, IReadOnlyList<string> wanted) =>
        Positions([.. raster.Bands.Select(band => band.Name)], wanted) is { } found && found.All(positions => positions.Length == 1)
            ? [.. found.Select(positions => positions[0])]
            : null;

    /// <summary>The names of bands as messages show them.</summary>
    public static string Text(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(name => name.Length == 0 ? "(no name)" : name))
        + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    /// <summary>Where each of the bands may be; null where no name says anything.</summary>
    private static int[][]? Positions(string[] names, IReadOnlyList<string> wanted)
    {
        string?[] told = BandNames.Read(names), asked = BandNames.Read(wanted);
        int[][] found = [.. wanted.Select((name, w) => (int[])[.. Enumerable.Range(0, names.Length).Where(i =>
            string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase) || told[i] is { } band && band == asked[w])])];
        return found.All(positions => positions.Length == 0) && BandNames.AreSilent(names) ? null : found;
    }
}
