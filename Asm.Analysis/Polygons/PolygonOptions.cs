namespace Asm.Analysis.Polygons;

/// <summary>Which regions become polygons.</summary>
public sealed record PolygonOptions
{
    /// <summary>Regions with a smaller area are left out, which leaves gaps where they are; 0 keeps all.</summary>
    public double MinAreaHectares { get; init; }

    /// <summary>Which pixels belong together.</summary>
    public Connectivity Connectivity { get; init; } = Connectivity.Four;
}
