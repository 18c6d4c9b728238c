using Asm.Raster.Vectors;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Analysis.Polygons;

/// <summary>A feature sink that keeps what it takes.</summary>
internal sealed class FeatureList : IFeatureSink
{
    public List<(Geometry Shape, object?[] Values)> Features { get; } = [];

    public bool IsComplete { get; private set; }

    public void Add(Geometry geometry, IReadOnlyList<object?> values) => Features.Add((geometry, [.. values]));

    public void Complete() => IsComplete = true;

    public void Dispose() { }
}
