namespace Asm.Analysis.Heatmaps;

/// <summary>How the weight of a pixel falls off with its distance d from the place; h is the bandwidth.</summary>
public enum HeatmapKernel
{
    /// <summary>3 / (pi h²) (1 - d²/h²)² within h, else 0 (Silverman 1986, eq. 4.5).</summary>
    Quartic,

    /// <summary>
    /// Normal with the bandwidth as standard deviation, cut at 4 bandwidths east-west and north-south, and scaled so that it
    /// integrates to 1 over that square.
    /// </summary>
    Gaussian,

    /// <summary>1 / (pi h²) within h, else 0.</summary>
    Uniform,
}
