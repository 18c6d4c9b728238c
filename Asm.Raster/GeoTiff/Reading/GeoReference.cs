using System.Globalization;
using Asm.Raster.GeoTiff.Keys;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Where an image lies on the ground (OGC 19-008r4, requirements class Raster2CoordinateTransformation).</summary>
internal static class GeoReference
{
    private const int MaxKeyNumbers = ushort.MaxValue, RasterTypeKey = 1025, PixelIsPointValue = 2;

    /// <summary>No system has coordinates farther from its origin: the globe in feet is 1.3e8 around.</summary>
    private const double Farthest = 1e9;

    /// <summary>True where the file gives the position of pixel centres (GeoKey 1025 = 2).</summary>
    public static bool IsPixelPoint(TiffDirectory directory)
    {
        long[] keys = directory.Integers(TiffTag.GeoKeyDirectory, MaxKeyNumbers);
        // A header of four numbers, then four a key: id, place of the value (0: here), count, value.
        for (int i = 4; i + 3 < keys.Length; i += 4)
            if (keys[i] == RasterTypeKey && keys[i + 1] == 0) return keys[i + 3] == PixelIsPointValue;
        return false;
    }

    /// <summary>The grid of an image. Without a georeference pixels are 1 x 1 from (0, 0) on, and there is no CRS.</summary>
    /// <exception cref="RasterFormatException">
    /// The image is rotated, flipped or referenced by scattered points only, or its CRS cannot be read.
    /// </exception>
    public static GeoGrid ReadGrid(TiffFile file, TiffDirectory directory, TiffImage image, Crs? assumed)
    {
        double[] scale = directory.Doubles(TiffTag.ModelPixelScale, 3),
            tie = directory.Doubles(TiffTag.ModelTiepoint, 6), matrix = directory.Doubles(TiffTag.ModelTransformation, 16);
        MapPoint origin;
        double pixelWidth, pixelHeight;
        if (scale.Length >= 2 && tie.Length >= 6)
        {
            (pixelWidth, pixelHeight) = (scale[0], scale[1]);
            origin = new MapPoint(tie[3] - tie[0] * pixelWidth, tie[4] + tie[1] * pixelHeight);
        }
        else if (matrix.Length >= 8)
        {
            // x = m0 column + m1 row + m3, y = m4 column + m5 row + m7
            if (matrix[1] != 0 || matrix[4] != 0) throw NotNorthUp(file, "the image is rotated");
            (pixelWidth, pixelHeight) = (matrix[0], -matrix[5]);
            origin = new MapPoint(matrix[3], matrix[7]);
        }
        else if (tie.Length >= 6)
        {
            throw new RasterFormatException(file.Path, "it is placed by ground control points only",
                "a north-up grid: an origin and a pixel size",
                "warp it: gdalwarp -t_srs EPSG:32630 IN.tif OUT.tif (with the UTM zone of the place)");
        }
        else
        {
            return new GeoGrid(image.Width, image.Height, new MapPoint(0, 0), 1, 1, assumed);
        }

        if (pixelWidth < 0 || pixelHeight < 0)
            throw NotNorthUp(file, pixelHeight < 0 ? "its rows run from south to north" : "its columns run from east to west");
        if (IsPixelPoint(directory)) origin = new MapPoint(origin.X - pixelWidth / 2, origin.Y + pixelHeight / 2);
        if (!(Math.Abs(origin.X) <= Farthest && Math.Abs(origin.Y) <= Farthest && IsPixelSize(pixelWidth) && IsPixelSize(pixelHeight)))
            throw file.Damaged(
                string.Create(CultureInfo.InvariantCulture,
                    $"its origin is ({origin.X}, {origin.Y}) and its pixel size {pixelWidth} x {pixelHeight}"),
                $"an origin within {Farthest}, and a pixel size of 1e-9 to 1e9");
        return new GeoGrid(image.Width, image.Height, origin, pixelWidth, pixelHeight, assumed ?? ReadCrs(file, directory));
    }

    private static bool IsPixelSize(double size) => size is >= 1e-9 and <= 1e9;

    /// <summary>The grid of an overview: the same ground from the same origin.</summary>
    public static GeoGrid OverviewGrid(TiffFile file, GeoGrid full, TiffImage overview)
    {
        // Writers round sizes up; then overview pixels are whole multiples. Else the overview is stretched over the same ground.
        double factor = Math.Max(1, Math.Round((double)full.Width / overview.Width));
        bool isWhole = Math.Ceiling(full.Width / factor) == overview.Width && Math.Ceiling(full.Height / factor) == overview.Height;
        double pixelWidth = full.PixelWidth * (isWhole ? factor : (double)full.Width / overview.Width);
        double pixelHeight = full.PixelHeight * (isWhole ? factor : (double)full.Height / overview.Height);
        if (!(double.IsFinite(pixelWidth) && double.IsFinite(pixelHeight) && pixelWidth > 0 && pixelHeight > 0))
            throw file.Damaged($"an overview has a pixel size of {pixelWidth} x {pixelHeight}", "finite numbers above 0");
        return new GeoGrid(overview.Width, overview.Height, full.Origin, pixelWidth, pixelHeight, full.Crs);
    }

    private static Crs? ReadCrs(TiffFile file, TiffDirectory directory)
    {
        if (!directory.Has(TiffTag.GeoKeyDirectory)) return null;
        ushort[] keys = [.. directory.Integers(TiffTag.GeoKeyDirectory, MaxKeyNumbers).Select(key => (ushort)key)];
        return GeoKeyDirectory.ReadCrs(keys, directory.Doubles(TiffTag.GeoDoubleParams, ushort.MaxValue),
            directory.Text(TiffTag.GeoAsciiParams, 1 << 20) ?? "", file.Path);
    }

    private static RasterFormatException NotNorthUp(TiffFile file, string found) =>
        new(file.Path, found, "a north-up image: columns from west to east, rows from north to south", "warp it: gdalwarp IN.tif OUT.tif");
}
