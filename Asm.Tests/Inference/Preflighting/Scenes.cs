using Asm.Inference.Model;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preflighting;

/// <summary>Scenes that are known to be right, and ways to spoil them.</summary>
internal static class Scenes
{
    public const int Side = 192;

    public static readonly ModelDescription Model = ModelFile.Describe(Path.Combine(AppContext.BaseDirectory, "models", "asm-starter.onnx"));

    /// <summary>A simulated scene without clouds; haze, season and date differ from seed to seed.</summary>
    public static MemoryRaster<ushort> Simulated(int seed)
    {
        double[] haze = [0, 0.2, 0.5, 1];
        var scene = new SimulatedScene(new SimulationOptions { Width = Side, Height = Side, Seed = (ulong)(7000 + seed), Seasons = 3, HazeStrength = haze[seed % 4] });
        using IRasterSource bands = scene.Bands(season: seed % 3, date: seed / 4 % 3);
        var samples = new ushort[10 * Side * Side];
        bands.Read<ushort>(bands.Info.Grid.FullWindow, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], samples);
        return new(bands.Info, samples, bands.Name);
    }

    /// <summary>Ten bands of a file of shared/data, picked by position, with numbers added to what is not 0.</summary>
    public static MemoryRaster<ushort> Real(string relativePath, int[] positions, int added = 0)
    {
        using GeoTiffSource file = GeoTiffSource.Open(SharedData.Require(relativePath));
        var samples = new ushort[10 * file.Info.Grid.Width * file.Info.Grid.Height];
        file.Read<ushort>(file.Info.Grid.FullWindow, positions, samples);
        return Changed(Named(file.Info.Grid, samples, relativePath), (_, dn) => dn == 0 ? 0 : Math.Max(1, dn + added));
    }

    /// <summary>Chips of EuroSAT side by side, L1C. Its files are B01 .. B08, B09, B10, B11, B12, B8A.</summary>
    public static MemoryRaster<ushort> EuroSat(string kind, int[] positions)
    {
        string[] chips = [.. Directory.EnumerateFiles(SharedData.Require($"patches/eurosat100/{kind}"), "*.tif").Order(StringComparer.Ordinal)];
        var samples = new ushort[10 * 64 * 64 * chips.Length];
        for (int c = 0; c < chips.Length; c++)
        {
            using GeoTiffSource chip = GeoTiffSource.Open(chips[c]);
            var own = new ushort[10 * 64 * 64];
            chip.Read<ushort>(chip.Info.Grid.FullWindow, positions, own);
            for (int b = 0; b < 10; b++) own.AsSpan(b * 4096, 4096).CopyTo(samples.AsSpan((b * chips.Length + c) * 4096));
        }
        return Named(Stacks.Grid(64, 64 * chips.Length), samples, kind);
    }

    /// <summary>The scene with other numbers: a function of the band's position and the number.</summary>
    public static MemoryRaster<ushort> Changed(MemoryRaster<ushort> scene, Func<int, int, int> change)
    {
        int plane = scene.Samples.Length / 10;
        var samples = new ushort[scene.Samples.Length];
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)Math.Clamp(change(i / plane, scene.Samples[i]), 0, 65535);
        return Named(scene.Info.Grid, samples, scene.Name);
    }

    /// <summary>The scene with bands in another order: band i of the result is band order[i].</summary>
    public static MemoryRaster<ushort> Reordered(MemoryRaster<ushort> scene, params int[] order)
    {
        int plane = scene.Samples.Length / 10;
        return Named(scene.Info.Grid, [.. order.SelectMany(b => scene.Samples.AsSpan(b * plane, plane).ToArray())], scene.Name);
    }

    /// <summary>Two bands changed over.</summary>
    public static MemoryRaster<ushort> Swapped(MemoryRaster<ushort> scene, string first, string second)
    {
        int[] order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        (int a, int b) = (Array.IndexOf(Stacks.BandNames, first), Array.IndexOf(Stacks.BandNames, second));
        (order[a], order[b]) = (b, a);
        return Reordered(scene, order);
    }

    public static IReadOnlyList<PreflightFinding> Check(IRasterSource scene, SceneFacts? facts = null) =>
        Preflight.Check(scene, Model, facts ?? new SceneFacts(), new RunOptions { Cancellation = TestContext.Current.CancellationToken });

    private static MemoryRaster<ushort> Named(GeoGrid grid, ushort[] samples, string name) => new(grid, [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1e-4 })], samples, name);
}
