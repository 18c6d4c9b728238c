namespace Asm.Inference.Preflighting;

/// <summary>Are the bands what they are called? Green leaves and bare ground have spectra that no other order of the bands has.</summary>
internal static class BandOrderChecks
{
    private const string Expected = "over green leaves B06, B07, B08 and B8A the brightest, B06 below B07, B12 below B11, B04 below B05, B03 between B02 and B05";
    private const string Fix = "put the bands in the order of the model (asm inspect MODEL.onnx) or name them in the file; in EuroSAT files B8A is the last band";

    /// <summary>Over bare ground reflectance rises with the wavelength; a pair is the wrong way round where the longer one is this much darker.</summary>
    private const double WrongWay = 0.85;

    /// <summary>Contrast over land grows with the wavelength in the visible range; clouds in part of a scene make it equal.</summary>
    private const double Contrast = 1.1;

    private static readonly string[] All = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];
    private static readonly string[] Plateau = ["B06", "B07", "B08", "B8A"];

    // Darker and brighter band of green leaves: chlorophyll, the red edge, water in the leaves.
    private static readonly (string Darker, string Brighter)[] LeafPairs = [("B06", "B07"), ("B12", "B11"), ("B05", "B11"), ("B04", "B05"), ("B03", "B05")];

    // Darker and brighter band of bare ground; visible pairs are looked at apart.
    private static readonly (string Darker, string Brighter)[] GroundPairs = [("B03", "B12"), ("B04", "B12"), ("B05", "B12")];

    public static IEnumerable<PreflightFinding> Run(SceneSpectra spectra, bool isTopOfAtmosphere)
    {
        if (!spectra.Has(All)) yield break;
        SceneSpectra clear = spectra.Only(All);
        if (Leaves.Find(clear) is not { } leaves)
        {
            yield return new(PreflightSeverity.Note, PreflightCheck.BandOrder, "there is too little green vegetation to check the order of the bands by", "some pixels of dense green leaves", "nothing to fix; look at the map with care");
            yield break;
        }
        if (!leaves.Brightest.SetEquals(Plateau))
        {
            yield return Error($"over green leaves the four brightest bands are {string.Join(", ", leaves.Brightest.Order(StringComparer.Ordinal))}");
            yield break;
        }
        double Leaf(string band) => leaves.Mean[Array.IndexOf(All, band)];
        foreach ((string darker, string brighter) in LeafPairs)
            if (Leaf(darker) > Leaf(brighter) && !(isTopOfAtmosphere && darker == "B03")) yield return Error($"over green leaves {darker} ({Leaf(darker):0.000}) is above {brighter} ({Leaf(brighter):0.000})");

        (float[] narrow, float[] infrared, float[] shortWave) = (clear["B8A"], clear["B08"], clear["B11"]);
        SceneSpectra land = clear.Where(i => narrow[i] > 0.1f), bare = clear.Where(i => narrow[i] > 0.1f && shortWave[i] >= infrared[i]);
        double[]? ground = bare.Count > 0.01 * clear.Count ? bare.Means() : null;
        double Ground(string band) => ground![Array.IndexOf(All, band)];
        if (ground is not null)
            foreach ((string darker, string brighter) in GroundPairs)
                if (Ground(brighter) < WrongWay * Ground(darker)) yield return Error($"over bare ground {brighter} ({Ground(brighter):0.000}) is below {darker} ({Ground(darker):0.000})");
        if (land.Count == 0) yield break;
        (double blue, double green, double red) = (land.Spread("B02"), land.Spread("B03"), land.Spread("B04"));
        if (ground is not null && !isTopOfAtmosphere && blue > red && Ground("B04") < WrongWay * Ground("B02"))
            yield return Error($"over bare ground B04 ({Ground("B04"):0.000}) is below B02 ({Ground("B02"):0.000})");
        // Neither sign is enough alone: haze makes leaves bluer, and some ground is grey. Both together speak for a swap, not for certain.
        if (!isTopOfAtmosphere && blue > Contrast * green && Leaf("B02") > Leaf("B03")) yield return Visible("B02", "B03", blue, green, Leaf);
        if (green > Contrast * red && Leaf("B03") < Leaf("B04")) yield return Visible("B03", "B04", green, red, Leaf);
    }

    private static PreflightFinding Error(string found) => new(PreflightSeverity.Error, PreflightCheck.BandOrder, $"{found}: bands seem to be swapped", Expected, Fix);

    private static PreflightFinding Visible(string first, string second, double firstSpread, double secondSpread, Func<string, double> leaf) =>
        new(PreflightSeverity.Warning, PreflightCheck.BandOrder, $"{first} and {second} may be swapped: over land {first} varies by {firstSpread:0.000} and {second} by {secondSpread:0.000}, over green leaves they are {leaf(first):0.000} and {leaf(second):0.000}",
            "more contrast at the longer wavelength, and leaves that are green", Fix);
}
