namespace Asm.Raster.Projections;

/// <summary>What a parameter of a map projection says; names differ between methods, files and vendors, the roles do not.</summary>
internal enum ProjectionRole
{
    OriginLatitude,
    OriginLongitude,
    ScaleFactor,
    FalseEasting,
    FalseNorthing,
    StandardParallel1,
    StandardParallel2,
}
