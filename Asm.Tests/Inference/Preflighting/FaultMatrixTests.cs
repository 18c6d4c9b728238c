using Asm.Inference.Preflighting;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preflighting;

/// <summary>Every fault on clean scenes of many kinds, and the clean scenes themselves. The figures of docs/preflight.md come from here.</summary>
public sealed class FaultMatrixTests
{
    private const int Seeds = 12;

    private static readonly Lazy<MemoryRaster<ushort>[]> Clean = new(() =>
    {
        var scenes = new MemoryRaster<ushort>[Seeds];
        Parallel.For(0, Seeds, i => scenes[i] = Scenes.Simulated(i));
        return scenes;
    });

    /// <summary>Spoils every clean scene and counts those where a check found it.</summary>
    private static int Caught(Func<MemoryRaster<ushort>, IRasterSource> spoil, PreflightCheck check, PreflightSeverity severity) =>
        Clean.Value.AsParallel().Count(scene => Scenes.Check(spoil(scene)).Any(f => f.Check == check && f.Severity == severity));

    [Fact]
    public void Clean_scenes_with_haze_and_season_shifts_raise_nothing()
    {
        string[] alarms = [.. Clean.Value.AsParallel().SelectMany(scene => Scenes.Check(scene).Select(f => $"{scene.Name}: {f.Severity} {f}"))];
        Assert.Empty(alarms);
    }

    [Fact]
    public void An_offset_that_was_left_in_is_an_error() =>
        Assert.Equal(Seeds, Caught(s => Scenes.Changed(s, (_, dn) => dn + 1000), PreflightCheck.Offset, PreflightSeverity.Error));

    [Theory]
    [InlineData(1)] // clipped at 1, as asm prepare does
    [InlineData(0)] // clipped at 0, which is no data
    [InlineData(65536)] // wrapped around in 16 bits
    public void An_offset_that_was_removed_twice_is_an_error(int clipped)
    {
        int caught = Clean.Value.AsParallel().Count(scene => Scenes.Check(Scenes.Changed(scene, (_, dn) => dn - 1000 > 0 ? dn - 1000 : clipped == 65536 ? dn - 1000 + 65536 : clipped))
            .Any(f => f.Severity == PreflightSeverity.Error && f.ToString().Contains("removed twice", StringComparison.Ordinal)));
        Assert.Equal(Seeds, caught);
    }

    [Fact]
    public void Numbers_of_a_wrong_scale_are_an_error()
    {
        Assert.Equal(Seeds, Caught(s => Scaled(s, 1f), PreflightCheck.Scale, PreflightSeverity.Error)); // 0..10,000 as floating point
        Assert.Equal(Seeds, Caught(s => Scaled(s, 1e-8f), PreflightCheck.Scale, PreflightSeverity.Error)); // scaled twice
        Assert.Equal(Seeds, Caught(s => Scenes.Changed(s, (_, dn) => Math.Min(dn / 20, 255)), PreflightCheck.Scale, PreflightSeverity.Error)); // a picture of 8 bits
        Assert.Equal(Seeds, Caught(s => Scaled(s, 1e-5f), PreflightCheck.Scale, PreflightSeverity.Warning)); // reflectance x 1,000
        Assert.InRange(Caught(s => Scaled(s, 4e-4f), PreflightCheck.Scale, PreflightSeverity.Error), 8, Seeds); // four times as bright: where leaves are half of it
    }

    private static MemoryRaster<float> Scaled(MemoryRaster<ushort> scene, float factor) =>
        new(scene.Info.Grid, [.. Stacks.BandNames.Select(n => new BandInfo { Name = n, NoData = double.NaN })], [.. scene.Samples.Select(dn => dn * factor)], scene.Name);

    [Theory]
    [InlineData("B02", "B8A")]
    [InlineData("B04", "B08")]
    [InlineData("B03", "B11")]
    [InlineData("B05", "B06")]
    [InlineData("B06", "B07")]
    [InlineData("B08", "B11")]
    [InlineData("B8A", "B12")]
    [InlineData("B11", "B12")]
    [InlineData("B04", "B05")]
    [InlineData("B02", "B05")]
    [InlineData("B06", "B08")]
    [InlineData("B07", "B08")]
    [InlineData("B08", "B8A")]
    public void Two_bands_changed_over_are_an_error(string first, string second) =>
        Assert.Equal(Seeds, Caught(s => Scenes.Swapped(s, first, second), PreflightCheck.BandOrder, PreflightSeverity.Error));

    [Fact]
    public void Whole_orders_of_other_data_sets_are_errors()
    {
        Assert.Equal(Seeds, Caught(s => Scenes.Reordered(s, 0, 1, 2, 3, 4, 5, 6, 8, 9, 7), PreflightCheck.BandOrder, PreflightSeverity.Error)); // EuroSAT: B8A last
        Assert.Equal(Seeds, Caught(s => Scenes.Reordered(s, 0, 1, 2, 6, 3, 4, 5, 7, 8, 9), PreflightCheck.BandOrder, PreflightSeverity.Error)); // 10 m bands first
        Assert.Equal(Seeds, Caught(s => Scenes.Reordered(s, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), PreflightCheck.BandOrder, PreflightSeverity.Error));
    }

    [Theory]
    [InlineData("B02", "B04", 11)]
    [InlineData("B02", "B03", 9)]
    [InlineData("B03", "B04", 11)]
    [InlineData("B07", "B8A", 12)]
    public void Bands_that_are_much_alike_are_found_on_most_scenes_when_changed_over(string first, string second, int least)
    {
        int caught = Clean.Value.AsParallel().Count(scene => Scenes.Check(Scenes.Swapped(scene, first, second)).Any(f => f.Check == PreflightCheck.BandOrder && f.Severity != PreflightSeverity.Note));
        Assert.True(caught >= least, $"{caught} of {Seeds}");
    }

    [Fact]
    public void A_band_or_a_scene_without_data_and_a_constant_band_are_errors()
    {
        Assert.Equal(Seeds, Caught(s => Scenes.Changed(s, (b, dn) => b == 4 ? 0 : dn), PreflightCheck.Data, PreflightSeverity.Error));
        Assert.Equal(Seeds, Caught(s => Scenes.Changed(s, (_, _) => 0), PreflightCheck.Data, PreflightSeverity.Error));
        Assert.Equal(Seeds, Caught(s => Scenes.Changed(s, (b, dn) => b == 9 ? 1200 : dn), PreflightCheck.Data, PreflightSeverity.Error));
    }
}
