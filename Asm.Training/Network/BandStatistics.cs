using Asm.Raster;

namespace Asm.Training.Network;

/// <summary>Mean and standard deviation of each band over the training data, in reflectance (0..1).</summary>
/// <param name="Mean">One value a band.</param>
/// <param name="Deviation">One value a band, above 0.</param>
internal sealed record BandStatistics(float[] Mean, float[] Deviation)
{
    /// <summary>The statistics that leave the input as it is.</summary>
    public static BandStatistics Identity(int bands) => new(new float[bands], [.. Enumerable.Repeat(1f, bands)]);

    /// <summary>1 / deviation: the factor that the network and the exported graph multiply with.</summary>
    public float[] InverseDeviation() => [.. Deviation.Select(d => 1f / d)];

    /// <summary>Checks count and range.</summary>
    /// <exception cref="AsmException">There is not one usable pair a band.</exception>
    public void Validate(int bands)
    {
        if (Mean.Length != bands || Deviation.Length != bands
            || !Mean.All(float.IsFinite) || !Deviation.All(d => float.IsFinite(d) && d > 0))
            throw new AsmException("band statistics",
                $"{Mean.Length} means ({string.Join(", ", Mean)}) and {Deviation.Length} standard "
                + $"deviations ({string.Join(", ", Deviation)})",
                $"{bands} of each, finite, deviations above 0", "train on patches that vary in every band");
    }
}
