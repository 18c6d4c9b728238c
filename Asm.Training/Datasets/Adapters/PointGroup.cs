using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Training.Datasets.Adapters;

/// <summary>The points of one place.</summary>
internal sealed class PointGroup
{
    private readonly List<ushort> _samples = [];
    private readonly List<byte> _codes = [];

    /// <summary>Adds a spectrum, band after band, and its class.</summary>
    public void Add(ReadOnlySpan<ushort> spectrum, byte code)
    {
        _samples.AddRange(spectrum);
        _codes.Add(code);
    }

    /// <summary>The points as a raster of one row.</summary>
    public OpenScene Open(string name, string[] bands, ClassScheme scheme)
    {
        int count = _codes.Count;
        var grid = new GeoGrid(count, 1, new MapPoint(0, 0), 1, 1, null);
        var planes = new ushort[count * bands.Length];
        for (int i = 0; i < count; i++)
            for (int b = 0; b < bands.Length; b++) planes[b * count + i] = _samples[i * bands.Length + b];
        return new OpenScene(
            new MemoryRaster<ushort>(grid,
                [.. bands.Select(b => new BandInfo { Name = b, NoData = 0, Scale = 1 / (double)DatasetFiles.Quantification })],
                planes, name),
            new MemoryRaster<byte>(scheme.Info(grid), [.. _codes], name));
    }
}
