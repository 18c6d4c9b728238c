using System.CommandLine;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Vectors.Masking;
using Asm.Terminal;

namespace Asm.Cli.Options;

/// <summary>--mask, --mask-layer and --buffer, on every verb that makes a raster.</summary>
internal sealed class MaskOptions
{
    private readonly Option<string[]> _masks = CommonOptions.NotEmpty<string[]>(new("--mask")
    {
        Description = "Polygons to leave out (lakes, large mines, the sea): .gpkg, .geojson or .shp in any CRS. "
            + "Pixels whose centres lie inside are no data. May be given several times",
        DefaultValueFactory = _ => []
    });
    private readonly Option<string[]> _layers = new("--mask-layer")
    {
        Description = "The layer of the mask: once for all masks, or once for each",
        DefaultValueFactory = _ => []
    };
    private readonly Option<double[]> _buffers = new("--buffer")
    {
        Description =
            "Metres by which the mask grows; negative shrinks it; lines such as a coast need it. Once for all masks, or once for each",
        DefaultValueFactory = _ => []
    };

    public MaskOptions() => _buffers.Validators.Add(result =>
    {
        foreach (System.CommandLine.Parsing.Token token in result.Tokens)
            if (double.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out double metres)
                && !double.IsFinite(metres))
                result.AddError($"--buffer is {token.Value}; expected: metres");
    });

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _masks, _layers, _buffers }) verb.Options.Add(option);
    }

    /// <summary>The masks that were given, read from their files.</summary>
    /// <exception cref="AsmException">A mask cannot be read, or there are more layers or buffers than masks.</exception>
    public IReadOnlyList<PolygonMask> Of(ParseResult parsed)
    {
        string[] masks = parsed.GetValue(_masks) ?? [], layers = parsed.GetValue(_layers) ?? [];
        double[] buffers = parsed.GetValue(_buffers) ?? [];
        RequireCount(_layers, layers.Length, masks.Length);
        RequireCount(_buffers, buffers.Length, masks.Length);
        return [.. masks.Select((path, i) => PolygonMask.Read(path, At(layers, i), At(buffers, i)))];
    }

    /// <summary>Warns of masks that leave nothing out.</summary>
    public static void Warn(IReadOnlyList<PolygonMask> masks, GeoGrid grid, string raster, Reporter reporter)
    {
        foreach (PolygonMask mask in masks)
            if (mask.On(grid).Count == 0) reporter.Note($"warning: the mask {mask} does not meet {raster}");
    }

    private static T? At<T>(T[] values, int i) => values.Length == 0 ? default : values[values.Length == 1 ? 0 : i];

    private static void RequireCount(Option option, int count, int masks)
    {
        if (count > 1 && count != masks || count > 0 && masks == 0)
            throw new AsmException(option.Name, $"is given {count} times for {masks} masks",
                "one for all masks, or one for each of them", "put one after each --mask");
    }
}
