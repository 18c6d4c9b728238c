namespace Asm.Analysis.Reporting.Page;

/// <summary>A polygon on the page.</summary>
/// <param name="Class">What it is, such as "vegetation to mines".</param>
/// <param name="Hectares">Its area as its file has it.</param>
/// <param name="Confidence">The mean confidence, 0 to 1; null where its file has none.</param>
/// <param name="Zones">The zones that hold its inner point; empty where there are none.</param>
/// <param name="Place">A point inside of it, easting and northing.</param>
/// <param name="Polygons">Polygons of rings of positions, simplified to about a pixel of the pictures.</param>
internal sealed record PageShape(string Class, double Hectares, double? Confidence, string[] Zones, double[] Place, double[][][][] Polygons);
