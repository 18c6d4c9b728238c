using Asm.Inference.Prediction;
using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Resampling;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preflighting;

/// <summary>Bands of 10 m and 20 m changed over, in stacks whose bands of 20 m were interpolated and in those where each pixel was doubled.</summary>
public sealed class ResolutionTests
{
    private static readonly string[] Ten = ["B02", "B03", "B04", "B08"], Twenty = ["B05", "B06", "B07", "B8A", "B11", "B12"];
    private static readonly int[] InOrder = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], TerraMesh = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11], EuroSatRight = [1, 2, 3, 4, 5, 6, 7, 12, 10, 11];

    private static void EverySwapIsFound(MemoryRaster<ushort> scene)
    {
        // The textures of bands are changed over instead of the bands, so that each scene is measured once.
        SceneSample sample = SceneSample.Read(scene, ModelBands.Match(scene, Scenes.Model), new RunOptions());
        var spectra = new SceneSpectra(Stacks.BandNames, sample.Bands);
        Assert.Null(ResolutionCheck.Find(spectra, sample.Textures));
        foreach (string ten in Ten)
            foreach (string twenty in Twenty)
            {
                BandTexture[] textures = [.. sample.Textures];
                (int a, int b) = (Array.IndexOf(Stacks.BandNames, ten), Array.IndexOf(Stacks.BandNames, twenty));
                (textures[a], textures[b]) = (textures[b], textures[a]);
                string? found = ResolutionCheck.Find(spectra, textures);
                Assert.Contains(ten, found, StringComparison.Ordinal);
                Assert.Contains(twenty, found, StringComparison.Ordinal);
            }
    }

    private static string[] OrderAlarms(IRasterSource scene) => [.. Scenes.Check(scene).Where(f => f.Check == PreflightCheck.BandOrder && f.Severity != PreflightSeverity.Note).Select(f => f.Found)];

    /// <summary>Bands averaged over 2 x 2 pixels, on a grid of 20 m.</summary>
    private static MemoryRaster<ushort> Halved(MemoryRaster<ushort> scene)
    {
        (int width, int height, int plane) = (scene.Info.Grid.Width, scene.Info.Grid.Height, scene.Samples.Length / 10);
        var samples = new ushort[scene.Samples.Length / 4];
        for (int b = 0, i = 0; b < 10; b++)
            for (int y = 0; y < height; y += 2)
                for (int x = 0; x < width; x += 2, i++)
                {
                    int at = b * plane + y * width + x;
                    samples[i] = (ushort)((scene.Samples[at] + scene.Samples[at + 1] + scene.Samples[at + width] + scene.Samples[at + width + 1] + 2) / 4);
                }
        return new(scene.Info with { Grid = scene.Info.Grid.Coarsen(2) }, samples, scene.Name);
    }

    /// <summary>The scene with each pixel of 20 m four times, in all bands or in those of 20 m.</summary>
    private static MemoryRaster<ushort> Doubled(MemoryRaster<ushort> scene, bool inAllBands)
    {
        (int width, int plane) = (scene.Info.Grid.Width, scene.Samples.Length / 10);
        MemoryRaster<ushort> half = Halved(scene);
        ushort[] samples = [.. scene.Samples];
        for (int i = 0; i < samples.Length; i++)
            if (inAllBands || Twenty.Contains(Stacks.BandNames[i / plane]))
                samples[i] = half.Samples[i / plane * (plane / 4) + i % plane / width / 2 * (width / 2) + i % width / 2];
        return new(scene.Info, samples, scene.Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Every_swap_of_a_simulated_scene_is_found(int seed)
    {
        using MemoryRaster<ushort> scene = Scenes.Simulated(seed);
        EverySwapIsFound(scene);
        EverySwapIsFound(Doubled(scene, inAllBands: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Scenes_that_are_equally_smooth_or_sharp_in_all_bands_raise_nothing(int seed)
    {
        using MemoryRaster<ushort> scene = Scenes.Simulated(seed), half = Halved(scene);
        using var smooth = new UpsampledSource(half, scene.Info.Grid);
        Assert.Empty(OrderAlarms(half));
        Assert.Empty(OrderAlarms(smooth));
        Assert.Empty(OrderAlarms(Doubled(scene, inAllBands: true)));
        Assert.Empty(OrderAlarms(Doubled(scene, inAllBands: false)));
    }

    [Fact]
    public void Every_swap_of_the_Thailand_scene_is_found()
    {
        using StackSource stack = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        var samples = new ushort[10 * stack.Info.Grid.FullWindow.PixelCount];
        stack.Read<ushort>(stack.Info.Grid.FullWindow, InOrder, samples);
        using var scene = new MemoryRaster<ushort>(stack.Info, samples, stack.Name);
        EverySwapIsFound(scene);
        Assert.Contains("B07 and B8A may be swapped", Assert.Single(OrderAlarms(Scenes.Swapped(scene, "B07", "B8A"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_swap_of_the_Amazon_scene_is_found()
    {
        using MemoryRaster<ushort> scene = Scenes.Real("scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif", InOrder, -1000);
        EverySwapIsFound(scene);
        Assert.Contains("B07 and B8A may be swapped", Assert.Single(OrderAlarms(Scenes.Swapped(scene, "B07", "B8A"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("433D_629L_3_1", -1000)]
    [InlineData("282D_485L_3_3", 0)]
    [InlineData("637U_59R_1_3", 0)]
    [InlineData("38D_378R_2_3", 0)] // red bare soil: found without leaves
    [InlineData("609U_541L_3_0", 0)] // snow
    public void Every_swap_of_chips_with_doubled_pixels_is_found(string chip, int added)
    {
        using MemoryRaster<ushort> scene = Scenes.Real($"patches/terramesh-5chips/S2L2A/{chip}.tif", TerraMesh, added);
        EverySwapIsFound(scene);
    }

    [Theory]
    [InlineData("Forest")]
    [InlineData("AnnualCrop")]
    [InlineData("SeaLake")]
    public void Every_swap_of_EuroSat_chips_is_found(string kind)
    {
        using MemoryRaster<ushort> scene = Scenes.EuroSat(kind, EuroSatRight);
        EverySwapIsFound(scene);
        Assert.Empty(OrderAlarms(scene));
    }
}
