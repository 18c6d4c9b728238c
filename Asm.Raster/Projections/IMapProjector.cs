namespace Asm.Raster.Projections;

/// <summary>Computes one map projection. Safe for concurrent calls. A position that cannot be projected becomes NaN.</summary>
internal interface IMapProjector
{
    /// <summary>From longitude and latitude in degrees to projected units.</summary>
    MapPoint Project(MapPoint degrees);

    /// <summary>From projected units to longitude and latitude in degrees.</summary>
    MapPoint Unproject(MapPoint projected);
}
