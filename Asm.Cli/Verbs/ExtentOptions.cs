using System.CommandLine;
using System.Globalization;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;
using Asm.Terminal;

namespace Asm.Cli.Verbs;

/// <summary>The part of a scene that prepare cuts out.</summary>
internal sealed class ExtentOptions
{
    private readonly Option<string?> _bounds = new("--bounds") { Description = "xmin,ymin,xmax,ymax in the units of the stack's CRS: cut out the pixels that this rectangle meets" };
    private readonly Option<string?> _area = CommonOptions.NotEmpty<string?>(new("--area") { Description = "Polygons to cut out: .gpkg, .geojson or .shp in any CRS. The stack is their box; pixels whose centres lie in none of them are no data" });
    private readonly Option<string?> _layer = new("--area-layer") { Description = "The layer of --area, where its file has several" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _bounds, _area, _layer }) verb.Options.Add(option);
    }

    /// <summary>The rectangle; null where none was given.</summary>
    /// <exception cref="AsmException">The option is no rectangle.</exception>
    public MapBounds? Bounds(ParseResult parsed)
    {
        if (parsed.GetValue(_bounds) is not { } text) return null;
        double[] values = [.. text.Split(',').Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : double.NaN)];
        return values is [var west, var south, var east, var north] && west < east && south < north ? new MapBounds(west, south, east, north)
            : throw new AsmException(_bounds.Name, $"is '{text}'", "xmin,ymin,xmax,ymax with xmin below xmax and ymin below ymax", "for example --bounds 600000,690000,620000,700000");
    }

    /// <summary>The polygons; null where none were given.</summary>
    /// <exception cref="AsmException">They cannot be read.</exception>
    public PolygonMask? Area(ParseResult parsed)
    {
        string? path = parsed.GetValue(_area), layer = parsed.GetValue(_layer);
        if (path is null && layer is not null) throw new AsmException(_layer.Name, "is given without --area", "a vector file that has the layer", "add --area FILE, or leave it out");
        return path is null ? null : PolygonMask.Read(path, layer);
    }
}
