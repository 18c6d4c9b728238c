using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using Asm.Training.Configuration;

namespace Asm.Training.Patches;

/// <summary>
/// Patches of simulated scenes. Every patch is a region of its own: landscape, radiometry, weather, season and date
/// follow from seed and number.
/// </summary>
/// <param name="config">The ranges that scenes draw from.</param>
/// <param name="sizePixels">Rows and columns of a patch.</param>
/// <param name="seed">Chooses the scenes; sets with different seeds share none.</param>
internal sealed class SimulatedPatches(SimulatedPatchConfig config, int sizePixels, ulong seed) : IPatchSource
{
    private static readonly int[] AllBands = [.. Enumerable.Range(0, 10)];

    /// <inheritdoc/>
    public string Description => "simulated Sentinel-2 scenes of AsmOnnx";

    /// <inheritdoc/>
    public IReadOnlyList<string> BandNames { get; } = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];

    /// <inheritdoc/>
    public int SizePixels => sizePixels;

    /// <inheritdoc/>
    public long? Count => null;

    /// <inheritdoc/>
    public void Read(long index, Span<float> reflectance, Span<byte> label)
    {
        Random random = PatchHash.Generator(seed, (ulong)index);
        var scene = new SimulatedScene(new SimulationOptions
        {
            Width = sizePixels,
            Height = sizePixels,
            Seed = PatchHash.Mix(seed, (ulong)index),
            Offset = new PixelOffset(random.Next(-50_000, 50_000), random.Next(-50_000, 50_000)),
            MineDensity = config.MineDensityMin + (config.MineDensityMax - config.MineDensityMin) * random.NextDouble(),
            HazeStrength = config.HazeMax * random.NextDouble(),
            RadiometricShift = config.RadiometricShiftMax * random.NextDouble(),
            CloudCover = random.NextDouble() < config.CloudyShare ? config.CloudCoverMax * random.NextDouble() : 0,
            NoDataWedge = random.NextDouble() < config.NoDataShare,
        });
        (int season, int date) = (random.Next(scene.Options.Seasons), random.Next(scene.Options.DatesPerSeason));
        var window = new PixelWindow(0, 0, sizePixels, sizePixels);
        using IRasterSource bands = scene.Bands(season, date);
        using IRasterSource truth = scene.Truth(season);
        bands.Read(window, AllBands, reflectance);
        truth.Read(window, [0], label);
        int plane = sizePixels * sizePixels;
        for (int i = 0; i < plane; i++)
            if (reflectance[i] == 0) label[i] = 0;
        for (int i = 0; i < reflectance.Length; i++) reflectance[i] *= 1e-4f;
    }
}
