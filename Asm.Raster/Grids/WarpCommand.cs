using System.Globalization;
using Asm.Raster.Projections;

namespace Asm.Raster.Grids;

/// <summary>The command of GDAL that brings a raster onto a grid, however that is shifted, for messages.</summary>
internal static class WarpCommand
{
    /// <summary>The command, which writes OUT.tif.</summary>
    /// <param name="path">The raster.</param>
    /// <param name="target">The grid.</param>
    /// <param name="method">How gdalwarp resamples: near for codes, bilinear for reflectance.</param>
    public static string Of(string path, GeoGrid target, string method)
    {
        MapBounds bounds = target.Bounds;
        return string.Create(CultureInfo.InvariantCulture,
            $"gdalwarp -t_srs {CommandText.Quote(target.Crs!.ToText())} "
            + $"-te {bounds.West:R} {bounds.South:R} {bounds.East:R} {bounds.North:R} "
            + $"-tr {target.PixelWidth:R} {target.PixelHeight:R} -r {method} {CommandText.Quote(path)} OUT.tif");
    }

    /// <summary>The same for a map of classes, whose names beside it gdalwarp leaves behind.</summary>
    public static string OfClasses(string path, GeoGrid target)
    {
        string names = path + ".aux.xml", copy = OperatingSystem.IsWindows() ? "copy" : "cp";
        return Of(path, target, "near") + (File.Exists(names) ? $" && {copy} {CommandText.Quote(names)} OUT.tif.aux.xml" : "");
    }
}
