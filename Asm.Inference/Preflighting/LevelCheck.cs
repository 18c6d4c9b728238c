namespace Asm.Inference.Preflighting;

/// <summary>
/// Is there an atmosphere in the numbers? Molecules scatter sunlight into the sensor by the inverse fourth power of the wavelength: over
/// dark ground a scene at the top of the atmosphere is blue. Haze that an atmospheric correction left in is much greyer.
/// </summary>
internal static class LevelCheck
{
    // Single scattering at nadir under an overhead sun, the least there is: reflectance = tau P / 4 with P = 1.5. tau of B02 0.155, of B04
    // 0.045 at sea level, 0.7 of it at 3,000 m (Bodhaine et al. 1999). Blue: 0.041; blue minus red: 0.029.
    private const double LeastBlue = 0.041, LeastBlueOverRed = 0.029;

    /// <summary>What to do about L1C.</summary>
    public const string Fix =
        "download the L2A product of the same scene, or make it with Sen2Cor; maps of L1C may be wrong in hazy places";

    /// <summary>A finding, or null.</summary>
    public static PreflightFinding? Run(SceneSpectra clear)
    {
        if (!clear.Has("B02", "B03", "B04")) return null;
        double blue = clear.Quantile("B02", OffsetChecks.FloorShare),
            green = clear.Quantile("B03", OffsetChecks.FloorShare), red = clear.Quantile("B04", OffsetChecks.FloorShare);
        bool hasAir = blue >= LeastBlue && blue - red >= LeastBlueOverRed && blue > green && green > red;
        return hasAir
            ? new(PreflightSeverity.Warning, PreflightCheck.Level,
                $"the darkest pixels have reflectance {blue:0.000} in B02, {green:0.000} in B03 and {red:0.000} in B04, "
                + "as the air above dark ground has: the scene seems to be L1C",
                $"surface reflectance (L2A): blue below {LeastBlue}, or less than {LeastBlueOverRed} above red", Fix)
            : null;
    }
}
