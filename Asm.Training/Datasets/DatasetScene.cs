using System.Text.Json.Serialization;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Training.Datasets;

/// <summary>One image with labels in a data set.</summary>
internal sealed record DatasetScene
{
    /// <summary>The name, unique in its data set.</summary>
    public required string Name { get; init; }

    /// <summary>What it was made from: a path, or a simulation's options.</summary>
    public required string Source { get; init; }

    /// <summary>Columns of pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Number of the scene's first pixel in the data set's files.</summary>
    public required long FirstPixel { get; init; }

    /// <summary>Outer corner of the first pixel, in the CRS's units.</summary>
    public double OriginX { get; init; }

    /// <summary>Outer corner of the first pixel, in the CRS's units.</summary>
    public double OriginY { get; init; }

    /// <summary>Width and height of a pixel, in the CRS's units.</summary>
    public double PixelWidth { get; init; } = 1;

    /// <summary>Height of a pixel, in the CRS's units.</summary>
    public double PixelHeight { get; init; } = 1;

    /// <summary>
    /// The CRS as WKT or "EPSG:32630"; null where the scene has no place on the ground, or where its pixels are single points.
    /// </summary>
    public string? Crs { get; init; }

    /// <summary>A name that scenes of one place share; null where their position alone says what they share.</summary>
    public string? Ground { get; init; }

    /// <summary>True where neighbouring pixels are unrelated: labelled points with spectra. No patch is cut from such a scene.</summary>
    public bool Points { get; init; }

    /// <summary>Pixels of the scene.</summary>
    [JsonIgnore]
    public long PixelCount => (long)Width * Height;

    /// <summary>The scene's pixels on the ground.</summary>
    public GeoGrid Grid() => new(Width, Height, new MapPoint(OriginX, OriginY),
        PixelWidth, PixelHeight, Crs is null ? null : Asm.Raster.Projections.Crs.OfFile(Crs, Name));
}
