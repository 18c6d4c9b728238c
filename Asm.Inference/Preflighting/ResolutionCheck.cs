namespace Asm.Inference.Preflighting;

/// <summary>
/// Are the bands of 10 m and 20 m where they should be? Detail of 10 m cannot be made from 20 m, so this needs neither leaves nor bare
/// ground. It finds nothing where all bands are equally smooth or equally sharp.
/// </summary>
internal static class ResolutionCheck
{
    // Bands of 10 m have a sharpness of 0.3 to 2, interpolated ones of 0.01 to 0.16, whatever the interpolation.
    private const double SmoothBelow = 0.22, LeastRatio = 3;

    // Nearest neighbours make pairs of nearly all pixels; chance makes pairs of a quarter at the most, p (1 - p) of what
    // is equal by the chance p.
    private const double Doubled = 0.6, NotDoubled = 0.4;

    private static readonly string[] TenMetres = ["B02", "B03", "B04", "B08"], TwentyMetres = ["B05", "B06", "B07", "B8A", "B11", "B12"];

    /// <summary>What is wrong, or null.</summary>
    public static string? Find(SceneSpectra scene, IReadOnlyList<BandTexture> textures)
    {
        (string Name, BandTexture Texture)[] Of(string[] names) =>
            [.. names.Where(n => scene.Has(n)).Select(n => (n, textures[scene.Names.ToList().IndexOf(n)]))];
        (string Name, BandTexture Texture)[] ten = Of(TenMetres), twenty = Of(TwentyMetres);
        if (ten.Length == 0 || twenty.Length == 0) return null;
        if (ten.Concat(twenty).Any(b => b.Texture.PairedShare > Doubled))
        {
            string[] paired = [.. ten.Where(b => b.Texture.PairedShare > Doubled).Select(b => b.Name)],
                unpaired = [.. twenty.Where(b => b.Texture.PairedShare < NotDoubled).Select(b => b.Name)];
            return paired.Length > 0 && unpaired.Length > 0
                ? $"{string.Join(", ", paired)} (10 m) has each pixel twice, "
                    + $"as a band of 20 m, and {string.Join(", ", unpaired)} (20 m) has not"
                : null;
        }
        (string smooth, BandTexture least) = ten.MinBy(b => b.Texture.Sharpness);
        (string sharp, BandTexture most) = twenty.MaxBy(b => b.Texture.Sharpness);
        return least.Sharpness < SmoothBelow && most.Sharpness > LeastRatio * least.Sharpness
            ? $"{smooth} (10 m) is smooth as a band of 20 m (sharpness {least.Sharpness:0.00}), "
                + $"and {sharp} (20 m) is sharper ({most.Sharpness:0.00})"
            : null;
    }
}
