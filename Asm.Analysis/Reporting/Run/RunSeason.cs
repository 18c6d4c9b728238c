namespace Asm.Analysis.Reporting.Run;

/// <summary>A season's maps.</summary>
/// <param name="Name">The season's name, such as "2020".</param>
/// <param name="ClassMap">The class map.</param>
/// <param name="Probabilities">The probability maps, one band a class; one a tile, each in its own UTM zone; the first lie on top.</param>
/// <param name="Confidence">The confidence maps, likewise.</param>
/// <param name="Scenes">True-colour pictures of the season: GeoTIFFs of three uint8 bands (red, green, blue; 0 no data), coarser than the map perhaps, each in its own UTM zone; the first lie on top.</param>
/// <param name="Polygons">The mined polygons of the season as a vector file; null where they were not made.</param>
/// <param name="Dates">The scenes behind the season, of all tiles.</param>
public sealed record RunSeason(string Name, string ClassMap, IReadOnlyList<string> Probabilities, IReadOnlyList<string> Confidence, IReadOnlyList<string> Scenes, string? Polygons, IReadOnlyList<RunDate> Dates);
