using System.Numerics;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation.Imaging;
using Asm.Simulation.Landscape;

namespace Asm.Simulation.Scenes;

/// <summary>The land use of one season as a source of windows.</summary>
internal sealed class SimulatedTruth : IRasterSource
{
    private readonly SimulationOptions _options;
    private readonly SceneStyle _style;
    private readonly int _season;

    public SimulatedTruth(SimulationOptions options, SceneStyle style, int season)
    {
        (_options, _style, _season) = (options, style, season);
        Name = $"truth of simulated scene {options.Seed}, season {season}";
        Info = new RasterInfo
        {
            Grid = options.Grid,
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }],
            ClassNames = ["no data", "mines", "built", "vegetation"],
            Colors = [new(0, 0, 0), new(230, 159, 0), new(204, 51, 102), new(34, 139, 84)],
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
            PixelWindow inner = tile.OnPlane(_options);
            Painter.Paint(_style, _season, Imager.Expand(inner), canvas);
            for (int k = 0; k < bands.Length; k++)
                for (int y = 0; y < tile.Height; y++)
                {
                    Span<byte> row = canvas.LandUses.AsSpan(canvas.At(inner.Column, inner.Row + y), tile.Width);
                    int at = checked(k * plane + (tile.Row + y - window.Row) * window.Width + tile.Column - window.Column);
                    SampleTypes.Convert<byte, T>(row, destination.Slice(at, tile.Width));
                }
        }
        Canvas.Return(canvas);
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose() { }
}
