using System.Buffers;
using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation.Imaging;
using Asm.Simulation.Landscape;

namespace Asm.Simulation.Scenes;

/// <summary>The ten bands of one date as a source of windows.</summary>
internal sealed class SimulatedBands : IRasterSource
{
    private static readonly string[] BandNames = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    private readonly SimulationOptions _options;
    private readonly Imager _imager;
    private readonly Sky _sky;

    public SimulatedBands(SimulationOptions options, SceneStyle style, int season, int date)
    {
        var climate = Climate.Of(style, season, date);
        (_options, _sky) = (options, new Sky(options, climate, date));
        _imager = new Imager(style, climate, _sky);
        Name = $"simulated scene {options.Seed}, season {season}, date {date}";
        Info = new RasterInfo
        {
            Grid = options.Grid,
            SampleType = SampleType.UInt16,
            Bands = [.. BandNames.Select(name => new BandInfo { Name = name, NoData = 0, Scale = 1e-4 })],
            Metadata = new Dictionary<string, string> { ["simulation"] = Name },
        };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        IEnumerable<PixelWindow> tiles = Tiles.Of(window, Info.Grid);
        Canvas canvas = Canvas.Rent();
        int plane = checked((int)window.PixelCount);
        foreach (PixelWindow tile in tiles)
        {
            int count = tile.Width * tile.Height;
            ushort[] samples = ArrayPool<ushort>.Shared.Rent(count * bands.Length);
            _imager.Render(tile.OnPlane(_options), bands, canvas, samples);
            for (int k = 0; k < bands.Length; k++)
                for (int y = 0; y < tile.Height; y++)
                {
                    Span<ushort> row = samples.AsSpan(k * count + y * tile.Width, tile.Width);
                    ClearOutside(row, tile.Column, tile.Row + y);
                    int at = checked(k * plane + (tile.Row + y - window.Row) * window.Width + tile.Column - window.Column);
                    SampleTypes.Convert<ushort, T>(row, destination.Slice(at, tile.Width));
                }
            ArrayPool<ushort>.Shared.Return(samples);
        }
        Canvas.Return(canvas);
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }

    private void ClearOutside(Span<ushort> samples, int column, int row)
    {
        for (int x = 0; x < samples.Length; x++)
            if (_sky.IsOutside(column + x, row)) samples[x] = 0;
    }
}
