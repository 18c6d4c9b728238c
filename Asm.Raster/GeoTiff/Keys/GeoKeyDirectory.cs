namespace Asm.Raster.GeoTiff;

/// <summary>Translates between a CRS and the GeoKeys of a TIFF (OGC 19-008r4).</summary>
internal static class GeoKeyDirectory
{
    /// <summary>The CRS that the three GeoKey tags (34735, 34736, 34737) denote, or null where they name none.</summary>
    /// <exception cref="RasterFormatException">The directory is damaged or names a system that cannot be read.</exception>
    public static Crs? ReadCrs(ushort[] directory, double[] doubles, string ascii, string path) => throw new RasterFormatException(path, "unsupported", "", "");

    /// <summary>The three GeoKey tags for a CRS, with PixelIsArea.</summary>
    public static (ushort[] Directory, double[] Doubles, string Ascii) WriteCrs(Crs crs) => ([], [], "");
}
