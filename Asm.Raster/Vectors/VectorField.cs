namespace Asm.Raster.Vectors;

/// <summary>A field of a vector file that is written feature by feature.</summary>
/// <param name="Name">Its name; a Shapefile holds 10 bytes of it.</param>
/// <param name="Kind">What it holds.</param>
public sealed record VectorField(string Name, VectorFieldKind Kind)
{
    /// <summary>The longest text in bytes of UTF-8, 1 to 254. Only a Shapefile takes room for it, in every row.</summary>
    public int MaxTextBytes { get; init; } = 254;
}
