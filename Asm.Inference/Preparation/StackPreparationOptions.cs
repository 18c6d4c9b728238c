using Asm.Raster.Projections;
using Asm.Raster.Vectors.Masking;

namespace Asm.Inference.Preparation;

/// <summary>What <see cref="StackPreparation.Run"/> makes of what.</summary>
public sealed record StackPreparationOptions
{
    /// <summary>A Sentinel-2 product, a folder of band files, band files, or one GeoTIFF with all ten bands: see <see cref="StackSource.Open"/>.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The stack to write, in a folder that exists.</summary>
    public required string OutputPath { get; init; }

    /// <summary>How samples become reflectance. The default takes what the product's metadata and the files say.</summary>
    public StackRadiometry Radiometry { get; init; } = new();

    /// <summary>Ground that is left out: pixels whose centres lie in a mask are no data in the stack.</summary>
    public IReadOnlyList<PolygonMask> Masks { get; init; } = [];

    /// <summary>The rectangle to cut out, in the CRS of the stack: every pixel that it meets. Null: all of the scene.</summary>
    public MapBounds? Bounds { get; init; }

    /// <summary>Polygons to cut out: the stack is their box, and pixels whose centres lie in none of them are no data. Null: all of the scene.</summary>
    public PolygonMask? Area { get; init; }

    /// <summary>True replaces an output that is there; false refuses it.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Is told, before the work starts, what a person has to know: see <see cref="StackSource.Notices"/>. May be null.</summary>
    public Action<string>? Notice { get; init; }
}
