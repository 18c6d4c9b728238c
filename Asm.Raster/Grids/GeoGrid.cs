using Asm.Raster.Projections;

namespace Asm.Raster.Grids;

/// <summary>
/// A north-up grid of pixels on the ground: an immutable value. Pixel (0, 0) has its outer corner, not its centre, at <see cref="Origin"/>.
/// </summary>
public sealed record GeoGrid
{
    /// <summary>Creates a grid.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="origin">The outer corner of the top-left pixel, in units of <paramref name="crs"/>.</param>
    /// <param name="pixelWidth">Width of a pixel in units of <paramref name="crs"/>, above 0.</param>
    /// <param name="pixelHeight">Height of a pixel, above 0: rows run southwards.</param>
    /// <param name="crs">The coordinate reference system, or null for a raster without one.</param>
    public GeoGrid(int width, int height, MapPoint origin, double pixelWidth, double pixelHeight, Crs? crs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!(pixelWidth > 0 && double.IsFinite(pixelWidth)))
            throw new ArgumentOutOfRangeException(nameof(pixelWidth), pixelWidth, "must be above 0");
        if (!(pixelHeight > 0 && double.IsFinite(pixelHeight)))
            throw new ArgumentOutOfRangeException(nameof(pixelHeight), pixelHeight, "must be above 0");
        (Width, Height, Origin, PixelWidth, PixelHeight, Crs) = (width, height, origin, pixelWidth, pixelHeight, crs);
    }

    /// <summary>What gives a raster a CRS.</summary>
    internal const string AssignCrs = "gdal_translate -a_srs EPSG:326zz IN OUT";

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The outer corner of the top-left pixel.</summary>
    public MapPoint Origin { get; }

    /// <summary>Width of a pixel in units of the CRS.</summary>
    public double PixelWidth { get; }

    /// <summary>Height of a pixel in units of the CRS, positive.</summary>
    public double PixelHeight { get; }

    /// <summary>The coordinate reference system; null where the raster has none.</summary>
    public Crs? Crs { get; }

    /// <summary>The window of all pixels.</summary>
    public PixelWindow FullWindow => new(0, 0, Width, Height);

    /// <summary>The rectangle that all pixels cover.</summary>
    public MapBounds Bounds => new(Origin.X, Origin.Y - Height * PixelHeight, Origin.X + Width * PixelWidth, Origin.Y);

    /// <summary>
    /// The map position of a fractional pixel position: (0, 0) is the outer corner, (0.5, 0.5) the centre of the first pixel.
    /// </summary>
    public MapPoint ToMap(double column, double row) => new(Origin.X + column * PixelWidth, Origin.Y - row * PixelHeight);

    /// <summary>The fractional pixel position of a map position, the inverse of <see cref="ToMap"/>.</summary>
    public (double Column, double Row) ToPixel(MapPoint point) => ((point.X - Origin.X) / PixelWidth, (Origin.Y - point.Y) / PixelHeight);

    /// <summary>The grid of the pixels of one window.</summary>
    public GeoGrid Crop(PixelWindow window) =>
        new(window.Width, window.Height, ToMap(window.Column, window.Row), PixelWidth, PixelHeight, Crs);

    /// <summary>The grid over the same ground with pixels <paramref name="factor"/> times as large, rounded up to whole pixels.</summary>
    public GeoGrid Coarsen(int factor) =>
        new((Width + factor - 1) / factor, (Height + factor - 1) / factor, Origin, PixelWidth * factor, PixelHeight * factor, Crs);

    /// <summary>
    /// True where both grids have the same pixels: equal size and CRS, origin within 1/1000 pixel, pixel size within 1e-9 relative.
    /// </summary>
    public bool IsSameAs(GeoGrid other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Width == other.Width && Height == other.Height
            && Math.Abs(Origin.X - other.Origin.X) <= 1e-3 * PixelWidth && Math.Abs(Origin.Y - other.Origin.Y) <= 1e-3 * PixelHeight
            && Math.Abs(PixelWidth - other.PixelWidth) <= 1e-9 * PixelWidth
            && Math.Abs(PixelHeight - other.PixelHeight) <= 1e-9 * PixelHeight
            && (Crs is null ? other.Crs is null : Crs.IsSameAs(other.Crs));
    }

    /// <summary>Throws where the other grid has other pixels.</summary>
    /// <exception cref="GridMismatchException">The grids differ; the message names both.</exception>
    public void RequireSame(GeoGrid other, string thisName, string otherName)
    {
        if (!IsSameAs(other)) throw new GridMismatchException(this, thisName, other, otherName);
    }

    /// <summary>The CRS of a grid that must have one.</summary>
    /// <param name="name">What messages call the raster.</param>
    /// <param name="consequence">What the raster cannot be used for without, such as ", so areas are not known".</param>
    /// <exception cref="AsmException">It has none.</exception>
    internal Crs RequireCrs(string name, string consequence = "") =>
        Crs ?? throw new AsmException(name, $"has no coordinate reference system{consequence}", "a georeferenced raster",
            $"assign it: {AssignCrs} (and with -a_ullr WEST NORTH EAST SOUTH where it has no place either)", AsmErrorCode.Crs);

    /// <summary>The grid in one line, for messages.</summary>
    public override string ToString() =>
        $"{Width} x {Height} px of {PixelWidth:0.##########} x {PixelHeight:0.##########}, "
        + $"origin ({Origin.X:0.########}, {Origin.Y:0.########}), {Crs?.ToString() ?? "no CRS"}";
}
