namespace Asm.Training.Configuration;

/// <summary>A data set to train on.</summary>
internal sealed record DataSetConfig
{
    /// <summary>Its folder; a relative path is relative to the configuration file.</summary>
    public string Path { get; init; } = "";

    /// <summary>Its share of the patches, in relation to the other shares; above 0.</summary>
    public double Share { get; init; } = 1;
}
