using Asm.Raster.Projections;

namespace Asm.Raster.GeoTiff.Keys;

/// <summary>Translates between a CRS and the GeoKeys of a TIFF (OGC 19-008r4).</summary>
internal static class GeoKeyDirectory
{
    /// <summary>The CRS that the three GeoKey tags (34735, 34736, 34737) denote, or null where they name none.</summary>
    /// <exception cref="RasterFormatException">The directory is damaged or names a system that cannot be read.</exception>
    public static Crs? ReadCrs(ushort[] directory, double[] doubles, string ascii, string path)
    {
        var keys = new GeoKeySet(directory, doubles, ascii, path);
        try
        {
            return new GeoKeyCrsReader(keys).Read();
        }
        catch (Exception e) when (e is FormatException || (e is AsmException and not RasterFormatException))
        {
            throw new RasterFormatException(path, $"its CRS cannot be read: {e.Message.Split('\n')[0]}",
                $"one of EPSG {EpsgTable.Contents}, or a system on a projection of {ProjectionMethod.Names}",
                "reproject the file: gdalwarp -t_srs EPSG:326zz IN OUT; "
                + "or, where its CRS is wrong, assign the right one: gdal_translate -a_srs EPSG:326zz IN OUT");
        }
    }

    /// <summary>The three GeoKey tags for a CRS, with PixelIsArea.</summary>
    /// <exception cref="AsmException">The CRS has neither an EPSG code nor a form in GeoKeys.</exception>
    public static (ushort[] Directory, double[] Doubles, string Ascii) WriteCrs(Crs crs)
    {
        ArgumentNullException.ThrowIfNull(crs);
        return GeoKeyCrsWriter.Write(crs);
    }
}
