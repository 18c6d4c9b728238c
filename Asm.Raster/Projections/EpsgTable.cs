using System.Collections.Frozen;

namespace Asm.Raster.Projections;

/// <summary>The EPSG codes that are known here without any file.</summary>
internal static class EpsgTable
{
    private static readonly FrozenDictionary<int, Crs> Systems = Definitions()
        .ToFrozenDictionary(definition => definition.Epsg!.Value, definition => new Crs(definition));

    /// <summary>What the table holds, for messages.</summary>
    public const string Contents =
        "4326, 32601-32660, 32701-32760, 3857, 4258, 3035, 25828-25838, 4269, 26901-26923, 4674, 31965-31985, 2136, 25000, 4168, 4250";

    /// <summary>The system of a code, or null.</summary>
    public static Crs? Find(int epsg) => Systems.GetValueOrDefault(epsg);

    /// <summary>
    /// The system that has the same parameters, or null. A datum that is not known by name could be any of several, so it finds none.
    /// </summary>
    public static Crs? Find(CrsDefinition definition) =>
        definition.Geographic.Datum.Epsg is null
            ? null
            : Systems.Values.FirstOrDefault(system => system.Definition.HasSameParameters(definition));

    private static IEnumerable<CrsDefinition> Definitions()
    {
        foreach (GeographicSystem system in KnownDatums.All) yield return CrsDefinition.From(system);
        for (int zone = 1; zone <= 60; zone++)
        {
            yield return Utm(KnownDatums.Wgs84, zone, north: true, 32600 + zone);
            yield return Utm(KnownDatums.Wgs84, zone, north: false, 32700 + zone);
        }
        for (int zone = 28; zone <= 38; zone++) yield return Utm(KnownDatums.Etrs89, zone, north: true, 25800 + zone);
        for (int zone = 1; zone <= 23; zone++) yield return Utm(KnownDatums.Nad83, zone, north: true, 26900 + zone);
        for (int zone = 11; zone <= 22; zone++) yield return Utm(KnownDatums.Sirgas2000, zone, north: true, 31954 + zone);
        for (int zone = 17; zone <= 25; zone++) yield return Utm(KnownDatums.Sirgas2000, zone, north: false, 31960 + zone);
        yield return new("WGS 84 / Pseudo-Mercator", KnownDatums.Wgs84, new(ProjectionMethod.PseudoMercator), LinearUnit.Metre, 3857);
        yield return new("ETRS89-extended / LAEA Europe", KnownDatums.Etrs89,
            new(ProjectionMethod.LambertAzimuthalEqualArea, OriginLatitude: 52, OriginLongitude: 10,
                FalseEasting: 4321000, FalseNorthing: 3210000), LinearUnit.Metre, 3035);
        MapProjection ghana = new(ProjectionMethod.TransverseMercator, OriginLatitude: 14.0 / 3, OriginLongitude: -1, ScaleFactor: 0.99975);
        yield return new("Accra / Ghana National Grid", KnownDatums.Accra,
            ghana with { FalseEasting = 900000 }, LinearUnit.GoldCoastFoot, 2136);
        yield return new("Leigon / Ghana Metre Grid", KnownDatums.Leigon, ghana with { FalseEasting = 274319.51 }, LinearUnit.Metre, 25000);
    }

    private static CrsDefinition Utm(GeographicSystem system, int zone, bool north, int epsg) =>
        new($"{system.Name} / UTM zone {zone}{(north ? 'N' : 'S')}", system, UtmProjection(zone, north), LinearUnit.Metre, epsg);

    /// <summary>The projection of a UTM zone, 1 to 60.</summary>
    public static MapProjection UtmProjection(int zone, bool north) =>
        new(ProjectionMethod.TransverseMercator, OriginLongitude: 6 * zone - 183,
            ScaleFactor: 0.9996, FalseEasting: 500000, FalseNorthing: north ? 0 : 10000000);
}
