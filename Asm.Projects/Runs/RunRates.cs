namespace Asm.Projects.Runs;

/// <summary>
/// What work costs: seconds of one thread for a million pixels, and bytes on disk for a pixel. Measured with the verbs on simulated maps of 10,980 x 10,980 pixels on two cores of
/// a server of 2024 (Asm.Benchmarks/results); another machine is another factor, which the estimate learns from the network's own speed.
/// </summary>
internal static class RunRates
{
    /// <summary>Ensemble, for each date.</summary>
    public const double Ensemble = 0.060;

    /// <summary>Mosaic.</summary>
    public const double Mosaic = 0.013;

    /// <summary>Change.</summary>
    public const double Change = 0.026;

    /// <summary>Density with cells of 100 m and a bandwidth of 1 km.</summary>
    public const double Density = 0.040;

    /// <summary>Polygons of one class.</summary>
    public const double Polygons = 0.030;

    /// <summary>Zones, for each map.</summary>
    public const double Zones = 0.012;

    /// <summary>Accuracy from points: counting the classes of the map.</summary>
    public const double Accuracy = 0.010;

    /// <summary>Pictures of the report, for each raster drawn.</summary>
    public const double Report = 0.012;

    /// <summary>Reading a stack, and what the network leaves to the rest of prediction.</summary>
    public const double PredictionBeside = 0.070;

    /// <summary>Bytes of a probability map of a class, of a class map (changes too), and of the other maps of an ensemble, for each pixel.</summary>
    public const double ProbabilityBytes = 0.75, ClassBytes = 0.1, EnsembleBytes = 0.9;
}
