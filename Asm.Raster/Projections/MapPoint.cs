namespace Asm.Raster.Projections;

/// <summary>A position in the units of a CRS: easting or longitude first, northing or latitude second.</summary>
public readonly record struct MapPoint(double X, double Y);
