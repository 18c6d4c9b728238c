using Asm.Inference.Preflighting;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preflighting;

public sealed class RealScenePreflightTests
{
    private const string Amazon = "scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif";
    private static readonly int[] InOrder = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    private static readonly int[] EuroSatRight = [1, 2, 3, 4, 5, 6, 7, 12, 10, 11];
    private static readonly int[] EuroSatAsFound = [1, 2, 3, 4, 5, 6, 7, 10, 11, 12];
    private static readonly int[] TerraMesh = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11];

    private static string[] Told(IRasterSource scene, SceneFacts? facts = null) => [.. Scenes.Check(scene, facts).Select(f => $"{f.Severity} {f.Check}")];

    [Fact]
    public void The_Thailand_scene_raises_nothing()
    {
        using StackSource stack = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        Assert.Empty(Scenes.Check(stack));
    }

    [Fact]
    public void A_small_part_with_turbid_water_raises_nothing()
    {
        using StackSource stack = StackSource.Open([SharedData.Require("scenes/thailand-T48QUE")]);
        Assert.Empty(Scenes.Check(StackExtent.Cut(stack, new(365_000, 1_980_000, 368_200, 1_983_000), null)));
    }

    [Fact]
    public void The_offset_of_the_Amazon_scene_is_found_and_its_removal_clears_it()
    {
        Assert.Equal(["Error Offset"], Told(Scenes.Real(Amazon, InOrder)));
        Assert.Empty(Told(Scenes.Real(Amazon, InOrder, -1000)));
        Assert.Equal(["Error Offset"], Told(Scenes.Real(Amazon, InOrder, -2000)));
    }

    [Fact]
    public void The_offset_of_the_Chile_chip_is_found_and_its_removal_clears_it()
    {
        const string Chip = "patches/terramesh-5chips/S2L2A/433D_629L_3_1.tif";
        Assert.Equal(["Error Offset"], Told(Scenes.Real(Chip, TerraMesh)));
        Assert.Empty(Told(Scenes.Real(Chip, TerraMesh, -1000)));
    }

    [Theory]
    [InlineData("Forest")]
    [InlineData("Pasture")]
    [InlineData("AnnualCrop")]
    [InlineData("HerbaceousVegetation")]
    [InlineData("PermanentCrop")]
    [InlineData("Highway")]
    [InlineData("Residential")]
    [InlineData("Industrial")]
    [InlineData("River")]
    public void EuroSat_chips_are_found_to_be_L1C_with_B8A_last(string kind)
    {
        Assert.Equal(["Error BandOrder", "Warning Level"], Told(Scenes.EuroSat(kind, EuroSatAsFound)).Where(t => !t.EndsWith("Training", StringComparison.Ordinal)));
        Assert.Equal(["Warning Level"], Told(Scenes.EuroSat(kind, EuroSatRight)).Where(t => !t.EndsWith("Training", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("282D_485L_3_3", "")]
    [InlineData("637U_59R_1_3", "")]
    [InlineData("38D_378R_2_3", "Note BandOrder")] // red bare soil: no leaves to check the order of the bands by
    public void Other_L2A_chips_raise_nothing(string chip, string expected) =>
        Assert.Equal(expected, string.Join(' ', Told(Scenes.Real($"patches/terramesh-5chips/S2L2A/{chip}.tif", TerraMesh))));

    [Fact]
    public void Snow_is_told_to_be_unlike_the_training_data_and_stops_nothing() =>
        Assert.Equal("Warning Training Note BandOrder", string.Join(' ', Told(Scenes.Real("patches/terramesh-5chips/S2L2A/609U_541L_3_0.tif", TerraMesh))));

    [Fact]
    public void A_season_greener_than_the_training_data_is_told()
    {
        // Red falls to a third and the near infrared rises by a third, as from parched to lush.
        using MemoryRaster<ushort> lush = Scenes.Changed(Scenes.Real(Amazon, InOrder, -1000), (b, dn) => b == 2 ? dn / 3 : b == 6 ? dn * 4 / 3 : dn);
        Assert.Contains("Warning Season", Told(lush));
    }

    [Fact]
    public void Metadata_alone_give_L1C_and_a_month_away()
    {
        using MemoryRaster<ushort> scene = Scenes.Simulated(1);
        Assert.Equal(["Warning Level"], Told(scene, new() { Level = "L1C" }));
        Assert.Empty(Told(scene, new() { SensingTime = new DateTimeOffset(2019, 7, 7, 10, 24, 1, TimeSpan.Zero) })); // this model does not say its months
        var model = Scenes.Model with { Metadata = new Dictionary<string, string>(Scenes.Model.Metadata) { ["asm_training_months"] = "[11,12,1,2,3]" } };
        IReadOnlyList<PreflightFinding> findings = Preflight.Check(scene, model, new() { SensingTime = new DateTimeOffset(2019, 7, 7, 10, 24, 1, TimeSpan.Zero) }, new RunOptions());
        PreflightFinding finding = Assert.Single(findings);
        Assert.Equal("the scene was taken in July", finding.Found);
        Assert.EndsWith("November, December, January, February, March", finding.Expected, StringComparison.Ordinal);
    }
}
