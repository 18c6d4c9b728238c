using Asm.Maps.Bands;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Analysis.Accuracy.Chips;

/// <summary>One scene that chips are cut from.</summary>
internal sealed class ChipScene
{
    // Land fills these ranges; the same for every scene, so that dates can be compared.
    private const float FullVisible = 0.28f, FullInfrared = 0.45f;

    private static readonly string[] TrueBands = ["B04", "B03", "B02"], FalseBands = ["B11", "B08", "B04"];

    private readonly IRasterSource _source;
    private readonly int[] _true, _false;

    /// <summary>Finds the bands by name; of ten bands whose names say nothing by the order of stacks.</summary>
    /// <exception cref="AsmException">A band is missing, or the scene has no coordinate reference system.</exception>
    public ChipScene(IRasterSource source)
    {
        _source = source;
        source.Info.Grid.RequireCrs(source.Name);
        (_true, _false) = (Find(TrueBands), Find(FalseBands));
    }

    public string Name => Path.GetFileNameWithoutExtension(_source.Name);

    public Crs Crs => _source.Info.Grid.Crs!;

    /// <summary>The pixels around a position as red, green, blue and opacity; transparent where there is no data.</summary>
    public byte[] Read(ChipColors colors, MapPoint position, int side)
    {
        GeoGrid grid = _source.Info.Grid;
        var rgba = new byte[4 * side * side];
        (double column, double row) = grid.ToPixel(position);
        if (!(Math.Abs(column) < int.MaxValue / 2 && Math.Abs(row) < int.MaxValue / 2)) return rgba;
        var window = new PixelWindow((int)Math.Floor(column) - side / 2, (int)Math.Floor(row) - side / 2, side, side);
        PixelWindow inside = window.Intersect(grid.FullWindow);
        if (inside.IsEmpty) return rgba;
        int[] bands = colors == ChipColors.True ? _true : _false;
        int plane = (int)inside.PixelCount;
        var samples = new float[3 * plane];
        var valid = new byte[plane];
        _source.ReadWithValidity<float>(inside, bands, samples, valid);
        for (int i = 0; i < plane; i++)
        {
            if (valid[i] == 0) continue;
            int to = 4 * ((inside.Row - window.Row + i / inside.Width) * side + inside.Column - window.Column + i % inside.Width);
            for (int channel = 0; channel < 3; channel++) rgba[to + channel] = Shade(samples[channel * plane + i], bands[channel]);
            rgba[to + 3] = 255;
        }
        return rgba;
    }

    private byte Shade(float sample, int band)
    {
        (float scale, float offset) = StackBands.ToReflectanceOf(_source.Info, band);
        float full = Array.IndexOf(_true, band) >= 0 ? FullVisible : FullInfrared;
        return (byte)Math.Round(255 * Math.Clamp((sample * scale + offset) / full, 0, 1));
    }

    private int[] Find(string[] names) => BandMatch.Find(_source.Info, names, _source.Name, StackBands.Names);
}
