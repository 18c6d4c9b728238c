using Asm.Simulation.Landscape;
using Asm.Simulation.Noise;
using Asm.Simulation.Spectra;

namespace Asm.Simulation.Imaging;

/// <summary>Gives each object of the landscape its look on a date, from the real statistics of <see cref="SpectrumTable"/>.</summary>
internal sealed class Looks(SceneStyle style, Climate climate)
{
    private static readonly string[] Laterite = ["soil-red", "sand-red", "gully", "soil-red"];
    private static readonly string[] PaleSpoil = ["sand", "barren", "sand-red", "soil-grey"];
    private static readonly string[] ClearWaters = ["water-dark", "water-lake", "water-sea", "water-river"];

    /// <summary>Fills in the look of an object.</summary>
    public void Make(Surface surface, ulong key, ref Look look)
    {
        var draw = new Draw(key);
        switch (surface)
        {
            case Surface.Forest: Trees(style.Forests[0], 0.14f, ref look); break;
            case Surface.TreeClump: Trees(style.Forests[1], 0.17f, ref look); break;
            case Surface.Plantation: Trees(draw.Chance(0, 0.5f) ? "woodland-farm" : style.Forests[1], 0.08f, ref look); break;
            case Surface.Shrub: Wild("woodland-dry", "shrub", draw, ref look); break;
            case Surface.Grass: Wild("grass-green", "grass-dry", draw, ref look); break;
            case Surface.Wetland: Wetland(draw, ref look); break;
            case Surface.BurntGround: Burnt(draw, ref look); break;
            case Surface.Field: Field(draw, ref look); break;
            case Surface.FieldMargin: Wild("grass-green", "grass-dry", draw, ref look); break;
            case Surface.Paddy: Paddy(draw, ref look); break;
            case Surface.River: River(style.RiverTurbidity, ref look); break;
            case Surface.Stream:
                River(0.6f * style.RiverTurbidity, ref look);
                look.Blend("soil-farm", new Draw(style.Sub(80)), 0, 0.3f);
                break;
            case Surface.SandBar: Soil(style.MineSoil < 0.6f ? "sand" : "sand-red", draw, draw.Between(0, 0.6f, 1), ref look); break;
            case Surface.Lake: Water(draw, 0.12f * draw.Uniform(1), 0.5f * draw.Uniform(2) * draw.Uniform(3), ref look); break;
            case Surface.NaturalPond:
                Water(draw, 0.25f * draw.Uniform(1), 0.2f * draw.Uniform(2), ref look);
                look.Blend("wetland", draw, 60, draw.Between(4, 0, 0.35f));
                break;
            case Surface.FishPond: Water(draw, 0.35f * draw.Uniform(1), 0.6f * draw.Uniform(2), ref look); break;
            case Surface.Shore: Soil("soil-farm", draw, draw.Between(0, 0.7f, 1.2f), ref look); break;
            case Surface.AsphaltRoad: Road("roof-dark", draw, draw.Between(0, 0.7f, 1.4f), ref look); break;
            case Surface.DirtRoad: Soil(style.Soils[0], draw, 1.12f, ref look); break;
            case Surface.Roof: Roof(draw, ref look); break;
            case Surface.Yard:
                Soil(draw.Chance(0, 0.4f) ? "village" : style.Soils[draw.Index(1, 2)], draw, draw.Between(2, 0.8f, 1.2f), ref look);
                break;
            case Surface.TownGround: Road("urban", draw, 1.1f, ref look); break;
            case Surface.Park: Trees("settlement", 0.12f, ref look); look.Blend(style.Forests[1], draw, 20, 0.5f); break;
            case Surface.MinePond: MinePond(draw, ref look); break;
            case Surface.MineSpoil: Spoil(draw, draw.Between(0, 0.75f, 1.25f), ref look); break;
            case Surface.MineBank: Spoil(draw, draw.Between(0, 0.5f, 0.95f), ref look); break;
            case Surface.MineTrack: Spoil(draw, draw.Between(0, 0.95f, 1.2f), ref look); break;
            case Surface.MineGreen: Wild("grass-green", "shrub", draw, ref look); break;
            case Surface.MineRegrowth: Wild("woodland-farm", "grass-dry", draw, ref look); break;
            default: throw new ArgumentOutOfRangeException(nameof(surface), surface, null);
        }
    }

    // Crowns: the shadow between them is the texture. Trees lose some green in the dry season where they are of a dry kind.
    private void Trees(string spectrumClass, float shadow, ref Look look)
    {
        var region = new Draw(Hash.Of(style.Sub(81), SpectrumTable.Get(spectrumClass).Key));
        look.Draw(spectrumClass, region, 0, 0.6f);
        look.Blend("woodland-dry", region, 10, 0.35f * climate.Dryness * region.Uniform(20));
        look.Texture(shadow, 0.15f, 0.7f, 0.6f, 0.35f);
    }

    private void Wild(string green, string dry, Draw draw, ref Look look)
    {
        look.Draw(green, draw, 10, 0.7f);
        look.Blend(dry, draw, 20, Math.Clamp(1.5f * climate.Dryness - 0.25f + 0.2f * draw.Normal(5), 0, 1));
        look.Blend(style.Soils[1], new Draw(style.Sub(82)), 0, 0.35f * climate.Dryness);
        look.Texture(0.07f, 0.3f, 0.35f, 0.35f, 0.85f);
    }

    private static void Wetland(Draw draw, ref Look look)
    {
        look.Draw("wetland", draw, 10, 0.7f);
        look.Blend("water-dark", draw, 20, draw.Between(0, 0.2f, 0.75f));
        look.Texture(0.14f, 0.3f, 0.3f, 0.3f, 0.9f);
    }

    // Char darkens the soil and plants it lies on and takes most of the near infrared; it leaves the short-wave infrared high.
    private static void Burnt(Draw draw, ref Look look)
    {
        look.Draw("soil-dark", draw, 10, 0.6f);
        ReadOnlySpan<float> kept = [0.55f, 0.48f, 0.42f, 0.4f, 0.42f, 0.42f, 0.42f, 0.43f, 0.7f, 0.85f];
        float fresh = draw.Between(0, 0.5f, 1);
        for (int b = 0; b < SpectrumClass.BandCount; b++) look.Mean[b] *= 1 - fresh * (1 - kept[b]);
        look.Texture(0.15f, 0.1f, 0.3f, 0.3f, 0.9f);
    }

    // What stands on a field changes from season to season; the soil below does not.
    private void Field(Draw draw, ref Look look)
    {
        var crop = new Draw(draw.Child(climate.Season + 500));
        float stage = crop.Uniform(0), bare = 0.25f + 0.5f * climate.Dryness;
        if (stage < bare)
        {
            Soil(style.Soils[SoilIndex(draw)], draw, draw.Between(1, 0.72f, 1.22f), ref look);
            look.Blend("crop-dry", crop, 40, 0.6f * crop.Uniform(1) * crop.Uniform(2));
        }
        else
        {
            look.Draw(crop.Chance(3, 0.5f) ? "crop-green" : "crop-lush", crop, 10);
            look.Blend(crop.Chance(4, 0.5f) ? "crop-dry" : "grass-dry", crop, 20,
                MathF.Min(1, (1 - stage) / (1 - bare) * (0.4f + climate.Dryness)));
        }
        look.Texture(0.04f, 0.2f, 0.3f, 0.4f, 0.7f);
    }

    private void Paddy(Draw draw, ref Look look)
    {
        var crop = new Draw(draw.Child(climate.Season + 500));
        look.Draw("crop-lush", crop, 10, 0.7f);
        if (crop.Chance(0, 0.3f + 0.4f * climate.Dryness)) look.Blend(style.Soils[2], draw, 20, 0.9f);
        else if (crop.Chance(1, 0.35f)) look.Blend("water-silty", crop, 30, crop.Between(2, 0.5f, 1));
        look.Texture(0.03f, 0.1f, 0.3f, 0.3f, 0.8f);
    }

    private void River(float turbidity, ref Look look)
    {
        var region = new Draw(style.Sub(83));
        string clear = ClearWaters[region.Index(0, ClearWaters.Length)];
        WaterLook.Mix(ref look, region, 10, clear, style.MineSoil < 0.4f ? "soil-brown" : "silt",
            MathF.Max(turbidity - 0.35f, 0) * 1.2f, 0.3f * region.Uniform(1));
    }

    private void Water(Draw draw, float sediment, float turquoise, ref Look look) =>
        WaterLook.Mix(ref look, draw, 10, ClearWaters[draw.Index(0, ClearWaters.Length)], style.Soils[0], sediment, turquoise);

    // Milky, yellow, brown or turquoise while they are worked; dark and clear when abandoned. The water changes from date to date.
    private void MinePond(Draw draw, ref Look look)
    {
        var today = new Draw(Hash.Of(draw.Key, climate.DateKey));
        float sediment = Math.Clamp(draw.Uniform(1) * 1.15f - 0.2f + 0.08f * today.Normal(0), 0, 1);
        float turquoise = draw.Chance(2, 0.45f) ? 1.3f * draw.Uniform(3) : 0.1f;
        string soil = draw.Chance(4, 0.3f + 0.4f * style.MineSoil) ? Laterite[draw.Index(5, 4)] : PaleSpoil[draw.Index(6, 4)];
        WaterLook.Mix(ref look, draw, 10, ClearWaters[draw.Index(7, 3)], soil, 0.85f * sediment, turquoise);
    }

    private void Spoil(Draw draw, float brightness, ref Look look)
    {
        var region = new Draw(style.Sub(84));
        string soil = draw.Chance(1, style.MineSoil) ? Laterite[region.Index(0, 4)] : PaleSpoil[region.Index(1, 4)];
        Soil(soil, draw, brightness, ref look);
        look.Texture(0.06f, 0.15f, 0.5f, 0.7f, 0.4f);
    }

    private void Soil(string spectrumClass, Draw draw, float brightness, ref Look look)
    {
        // Neighbouring fields share most of their soil: two thirds of the variance is the region's.
        var region = new Draw(Hash.Of(style.Sub(85), SpectrumTable.Get(spectrumClass).Key));
        look.Draw(spectrumClass, region, 0, 0.75f);
        SpectrumClass spectra = SpectrumTable.Get(spectrumClass);
        for (int k = 0; k < SpectrumClass.ComponentCount; k++)
        {
            float z = 0.5f * draw.Normal(30 + k);
            for (int b = 0; b < SpectrumClass.BandCount; b++)
                look.Mean[b] = MathF.Max(look.Mean[b] + z * spectra.Components[k][b], spectra.Mean[b] / 3);
        }
        look.Brighten(brightness * climate.Moisture);
        look.Texture(0.04f, 0.15f, 0.4f, 0.4f, 0.7f);
    }

    private static void Road(string spectrumClass, Draw draw, float brightness, ref Look look)
    {
        look.Draw(spectrumClass, draw, 10, 0.5f);
        look.Brighten(brightness);
        look.Texture(0.05f, 0.2f, 0.8f, 0.3f, 0.3f);
    }

    private void Roof(Draw draw, ref Look look)
    {
        look.Draw(draw.Chance(0, style.BrightRoofs) ? draw.Chance(1, 0.5f) ? "roof-bright" : "town"
            : draw.Chance(2, 0.5f) ? "roof-dark"
            : "urban", draw, 10);
        if (draw.Chance(3, 0.2f)) look.Blend("soil-red", draw, 20, 0.7f);
        else if (draw.Chance(5, 0.18f))
        {
            // Painted metal sheets, mostly blue.
            for (int b = 0; b < 3; b++) look.Mean[b] *= 1.35f - 0.28f * b;
        }
        look.Brighten(draw.Between(4, 0.75f, 1.2f));
        look.Texture(0.12f, 0.3f, 1, 0.2f, 0.1f);
    }

    private static int SoilIndex(Draw draw) => draw.Uniform(6) is var u && u < 0.55f ? 0 : u < 0.85f ? 1 : 2;
}
