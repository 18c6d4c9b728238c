namespace Asm.Inference.Preflighting;

/// <summary>
/// Are the bands what they are called? Bands of 10 m are sharper than those of 20 m, and green leaves and bare ground have spectra that no
/// other order of the bands has.
/// </summary>
internal static class BandOrderChecks
{
    private const string Expected =
        "over green leaves B06, B07, B08 and B8A the brightest, B06 below B07, B12 below B11, B04 below B05, B03 between B02 and B05";
    private const string Fix =
        "name the bands of the file in its order with `bands`, or put them in the order of the model (asm inspect MODEL.onnx); "
        + "in EuroSAT files B8A is the last band";

    /// <summary>
    /// Over bare ground reflectance rises with the wavelength; a pair is the wrong way round where the longer one is this much darker.
    /// </summary>
    private const double WrongWay = 0.85;

    /// <summary>In a small part of a scene the bands of a pair may be as bright as each other over leaves.</summary>
    private const double AsBright = 1.05;

    private const double LeastBareShare = 0.01;

    private static readonly string[] All = ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12"];
    private static readonly string[] Plateau = ["B06", "B07", "B08", "B8A"], Water = ["B02", "B03", "B04", "B05"];

    // Darker and brighter band of green leaves: chlorophyll, the red edge, water in the leaves.
    private static readonly (string Darker, string Brighter)[] LeafPairs =
        [("B06", "B07"), ("B12", "B11"), ("B05", "B11"), ("B04", "B05"), ("B03", "B05")];

    // Darker and brighter band of bare ground; visible pairs are looked at apart.
    private static readonly (string Darker, string Brighter)[] GroundPairs = [("B03", "B12"), ("B04", "B12"), ("B05", "B12")];

    public static IEnumerable<PreflightFinding> Run(SceneSpectra spectra, IReadOnlyList<BandTexture> textures, bool isTopOfAtmosphere)
    {
        if (ResolutionCheck.Find(spectra, textures) is { } swapped)
        {
            yield return new(PreflightSeverity.Error, PreflightCheck.BandOrder, $"{swapped}: bands seem to be swapped",
                "B02, B03, B04 and B08 with detail of 10 m, the others with detail of 20 m", Fix);
            yield break;
        }
        if (!spectra.Has(All)) yield break;
        SceneSpectra clear = spectra.Only(All);
        Leaves? found = Leaves.Find(clear);
        // Turbid water passes for leaves, with its plateau where leaves are dark. It is darkest in the short-wave infrared, which
        // leaves are in few wrong orders; and those that put their plateau into three bands of 10 m show by their detail.
        if (found is { } seen && seen.Brightest.SetEquals(Water) && IsWater(clear.Where(i => IsWater(clear, i)).Means()))
            found = Leaves.Find(clear.Where(i => !IsWater(clear, i)));
        if (found is not { } leaves)
        {
            yield return new(PreflightSeverity.Note, PreflightCheck.BandOrder,
                "there is too little green vegetation to check the order of the bands by",
                "some pixels of dense green leaves", "nothing to fix; look at the map with care");
            yield break;
        }
        if (!leaves.Brightest.SetEquals(Plateau))
        {
            yield return Error(
                $"over green leaves the four brightest bands are {string.Join(", ", leaves.Brightest.Order(StringComparer.Ordinal))}");
            yield break;
        }
        double Leaf(string band) => leaves.Mean[Array.IndexOf(All, band)];
        foreach ((string darker, string brighter) in LeafPairs)
            if (Leaf(darker) > AsBright * Leaf(brighter) && !(isTopOfAtmosphere && darker == "B03"))
                yield return Error($"over green leaves {darker} ({Leaf(darker):0.000}) is above {brighter} ({Leaf(brighter):0.000})");

        (float[] narrow, float[] infrared, float[] shortWave) = (clear["B8A"], clear["B08"], clear["B11"]);
        SceneSpectra land = clear.Where(i => narrow[i] > 0.1f), bare = clear.Where(i => narrow[i] > 0.1f && shortWave[i] >= infrared[i]);
        bool hasGround = bare.Count > LeastBareShare * clear.Count;
        double[] ground = bare.Means();
        // Calibration alone can make B8A the darker one; that B06 then varies more with B8A than with its
        // neighbour B07 is chance or a swap.
        if (Leaf("B8A") < Leaf("B07") && !(hasGround && Ground("B8A") >= Ground("B07"))
            && land.Correlation("B06", "B8A") > land.Correlation("B06", "B07"))
            yield return new(PreflightSeverity.Warning, PreflightCheck.BandOrder,
                $"B07 and B8A may be swapped: they are {Leaf("B07"):0.000} and {Leaf("B8A"):0.000} over green leaves, "
                + "and B06 varies more with B8A than with B07",
                "B8A brighter than B07, and B06 and B07 that vary together", Fix);
        if (!hasGround) yield break;
        double Ground(string band) => ground[Array.IndexOf(All, band)];
        foreach ((string darker, string brighter) in GroundPairs)
            if (Ground(brighter) < WrongWay * Ground(darker))
                yield return Error($"over bare ground {brighter} ({Ground(brighter):0.000}) is below {darker} ({Ground(darker):0.000})");
        (double blue, double green, double red) = (land.Spread("B02"), land.Spread("B03"), land.Spread("B04"));
        if (!isTopOfAtmosphere && blue > red && Ground("B04") < WrongWay * Ground("B02"))
            yield return Error($"over bare ground B04 ({Ground("B04"):0.000}) is below B02 ({Ground("B02"):0.000})");
        // No sign is enough alone: haze makes leaves bluer, woods vary most in green, some ground is grey. All together speak
        // for a swap, not for certain.
        bool IsWrong(string shorter, string longer, bool hasLessContrast, bool hasWrongLeaves) =>
            hasLessContrast && hasWrongLeaves && Ground(longer) < Ground(shorter);
        if (!isTopOfAtmosphere && IsWrong("B02", "B03", green < blue, Leaf("B03") < Leaf("B02"))) yield return Visible("B02", "B03");
        if (IsWrong("B03", "B04", red < green, Leaf("B03") < Leaf("B04"))) yield return Visible("B03", "B04");

        PreflightFinding Visible(string shorter, string longer) =>
            new(PreflightSeverity.Warning, PreflightCheck.BandOrder,
                $"{shorter} and {longer} may be swapped: they are {Leaf(shorter):0.000} and {Leaf(longer):0.000} over green leaves, "
                + $"{Ground(shorter):0.000} and {Ground(longer):0.000} over bare ground",
                "leaves that are green, and bare ground and contrast that grow with the wavelength", Fix);
    }

    private static bool IsWater(double[] mean)
    {
        double Of(string band) => mean[Array.IndexOf(All, band)];
        return Plateau.Min(Of) > Of("B11") && Of("B11") > Of("B12");
    }

    private static bool IsWater(SceneSpectra scene, int pixel) =>
        Water.Min(band => scene[band][pixel]) > All.Except(Water).Max(band => scene[band][pixel]);

    private static PreflightFinding Error(string found) =>
        new(PreflightSeverity.Error, PreflightCheck.BandOrder, $"{found}: bands seem to be swapped", Expected, Fix);
}
