namespace Asm.Raster.Vectors.Shapefiles;

/// <summary>Where a record of a .shp file is.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Bytes">How many it has, with its number and length.</param>
internal readonly record struct ShapefileRecord(long Start, int Bytes);
