using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;

namespace Asm.Maps.Classes;

/// <summary>Maps as measures of the ground.</summary>
internal static class Ground
{
    /// <summary>Metres in a unit of the map's coordinates.</summary>
    /// <param name="map">The map.</param>
    /// <param name="purpose">What needs metres, for the message.</param>
    /// <exception cref="AsmException">The map has no CRS, or one in degrees.</exception>
    public static double MetresPerUnit(IRasterSource map, string purpose)
    {
        Crs crs = map.Info.Grid.RequireCrs(map.Name, $", so {purpose} has no scale");
        return crs.MetresPerUnit ?? throw new AsmException(map.Name, $"is in degrees ({crs}); {purpose} needs metres",
            "a map in metres, such as UTM", "warp it: gdalwarp -t_srs EPSG:326zz -tr 10 10 -r near IN OUT", AsmErrorCode.Crs);
    }

    /// <summary>Refuses a grid without a CRS.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="name">What messages call the raster.</param>
    /// <exception cref="AsmException">It has none.</exception>
    public static void RequireCrs(GeoGrid grid, string name) => grid.RequireCrs(name, ", so its map would lie nowhere");
}
