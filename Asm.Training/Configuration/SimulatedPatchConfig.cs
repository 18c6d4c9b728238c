namespace Asm.Training.Configuration;

/// <summary>The simulated scenes that patches are cut from: ranges that each patch draws from anew.</summary>
internal sealed record SimulatedPatchConfig
{
    /// <summary>Lowest density of mines, 0 to 4; 1 is about 5 % of the ground.</summary>
    public double MineDensityMin { get; init; } = 0.5;

    /// <summary>Highest density of mines, 0 to 4.</summary>
    public double MineDensityMax { get; init; } = 4;

    /// <summary>Highest haze, 0 none to 1 strong.</summary>
    public double HazeMax { get; init; } = 1;

    /// <summary>Highest difference of gain and offset between dates, 0 to 3.</summary>
    public double RadiometricShiftMax { get; init; } = 2;

    /// <summary>Share of patches that have clouds, 0 to 1.</summary>
    public double CloudyShare { get; init; } = 0.05;

    /// <summary>Highest cloud cover of those, 0 to 0.9.</summary>
    public double CloudCoverMax { get; init; } = 0.3;

    /// <summary>Share of patches that may show the edge of a swath, 0 to 1.</summary>
    public double NoDataShare { get; init; } = 0.02;

    /// <summary>Checks the ranges.</summary>
    /// <param name="require">Told for each value: whether it holds, its key, what it is and what was expected.</param>
    internal void Validate(Action<bool, string, object, string> require)
    {
        require(MineDensityMin is >= 0 and <= 4, "data.simulation.mine_density_min", MineDensityMin, "0 to 4");
        require(MineDensityMax <= 4 && MineDensityMax >= MineDensityMin, "data.simulation.mine_density_max", MineDensityMax, $"{MineDensityMin} to 4");
        require(HazeMax is >= 0 and <= 1, "data.simulation.haze_max", HazeMax, "0 to 1");
        require(RadiometricShiftMax is >= 0 and <= 3, "data.simulation.radiometric_shift_max", RadiometricShiftMax, "0 to 3");
        require(CloudyShare is >= 0 and <= 1, "data.simulation.cloudy_share", CloudyShare, "0 to 1");
        require(CloudCoverMax is >= 0 and <= 0.9, "data.simulation.cloud_cover_max", CloudCoverMax, "0 to 0.9");
        require(NoDataShare is >= 0 and <= 1, "data.simulation.no_data_share", NoDataShare, "0 to 1");
    }
}
