using Asm.Simulation.Noise;

namespace Asm.Simulation.Landscape;

/// <summary>
/// The character of the region that a seed stands for. All lengths in pixels of 10 m; the ranges are wide on purpose, so that a network
/// cannot learn one region by heart.
/// </summary>
internal sealed class SceneStyle
{
    private static readonly string[] ForestClasses =
        ["rainforest", "forest-coast", "forest-deciduous", "forest-conifer", "woodland-dry", "woodland-farm"];
    private static readonly string[] SoilClasses =
        ["soil-brown", "soil-red", "soil-grey", "soil-dark", "soil-farm", "barren", "gully", "sand-red", "crop-dry"];

    /// <summary>Draws the character.</summary>
    public SceneStyle(ulong seed, double mineDensity)
    {
        Key = Hash.Of(seed, 0x5CE4E);
        var draw = new Draw(Key);
        MineDensity = (float)mineDensity * draw.Between(1, 0.5f, 1.5f);
        Dryness = draw.Between(2, 0.1f, 1);
        TreeBias = draw.Between(3, -1.1f, 0.9f);
        FarmShare = draw.Between(4, -0.6f, 1.6f);
        Wetness = draw.Between(5, -0.6f, 0.5f);
        BlockPixels = draw.Between(6, 35, 110);
        ParcelPixels = draw.Between(7, 4, 15);
        River = draw.Direction(8);
        RiverSpacing = draw.Between(9, 260, 700);
        RiverWidth = 0.8f + 5.5f * draw.Uniform(10) * draw.Uniform(11);
        MeanderPixels = draw.Between(12, 12, 55);
        RiverTurbidity = draw.Uniform(13);
        SandBars = draw.Between(14, -1, 1);
        SettlementShare = draw.Between(15, 0.1f, 0.8f);
        BrightRoofs = draw.Between(16, 0.1f, 0.8f);
        TrackShare = draw.Between(17, 0.05f, 0.4f);
        PaddyShare = draw.Chance(18, 0.4f) ? draw.Between(19, 0, 0.35f) : 0;
        Relief = draw.Chance(20, 0.4f) ? draw.Between(21, 0, 0.25f) : 0.02f;
        Forests = [Forest(22), Forest(23)];
        Soils = [Soil(24), Soil(25), Soil(26)];
        MineSoil = draw.Uniform(27);
        string Forest(int slot) => ForestClasses[draw.Index(slot, ForestClasses.Length)];
        string Soil(int slot) => SoilClasses[draw.Index(slot, SoilClasses.Length)];
    }

    /// <summary>The key that all choices of the scene descend from.</summary>
    public ulong Key { get; }

    /// <summary>Share of possible mines that exist, 0 .. 6.</summary>
    public float MineDensity { get; }

    /// <summary>0 lush .. 1 parched.</summary>
    public float Dryness { get; }

    /// <summary>Added to the field that makes trees where it exceeds 1.</summary>
    public float TreeBias { get; }

    /// <summary>Added to the field that makes farmland where it exceeds 0.</summary>
    public float FarmShare { get; }

    /// <summary>Added to the field that makes wetland.</summary>
    public float Wetness { get; }

    /// <summary>Size of the blocks between tracks.</summary>
    public float BlockPixels { get; }

    /// <summary>Mean width of a field.</summary>
    public float ParcelPixels { get; }

    /// <summary>Direction across the rivers.</summary>
    public (float X, float Y) River { get; }

    /// <summary>Mean distance between rivers.</summary>
    public float RiverSpacing { get; }

    /// <summary>Mean half-width of a river.</summary>
    public float RiverWidth { get; }

    /// <summary>How far rivers swing.</summary>
    public float MeanderPixels { get; }

    /// <summary>0 clear .. 1 laden with sediment.</summary>
    public float RiverTurbidity { get; }

    /// <summary>Above 0 where rivers have sand bars.</summary>
    public float SandBars { get; }

    /// <summary>Probability of a settlement at a place where one may be.</summary>
    public float SettlementShare { get; }

    /// <summary>Share of roofs that are bright metal or concrete.</summary>
    public float BrightRoofs { get; }

    /// <summary>Share of block borders that carry a dirt road.</summary>
    public float TrackShare { get; }

    /// <summary>Share of farmed blocks that are paddies.</summary>
    public float PaddyShare { get; }

    /// <summary>Strength of the shading of slopes.</summary>
    public float Relief { get; }

    /// <summary>Spectrum classes of the woods.</summary>
    public IReadOnlyList<string> Forests { get; }

    /// <summary>Spectrum classes of the fields' soils.</summary>
    public IReadOnlyList<string> Soils { get; }

    /// <summary>0 pale sandy spoil .. 1 red laterite.</summary>
    public float MineSoil { get; }

    /// <summary>A key for a kind of thing of this scene.</summary>
    public ulong Sub(int kind) => Hash.Of(Key, (ulong)kind);
}
