namespace Asm.Raster.Projections;

/// <summary>The geographic systems, each with its datum, that are known here by name and by code.</summary>
internal static class KnownDatums
{
    public static readonly GeographicSystem Wgs84 = new("WGS 84", new("WGS_1984", Ellipsoid.Wgs84, DatumShift.None, 6326), 4326);
    public static readonly GeographicSystem Etrs89 = new("ETRS89",
        new("European_Terrestrial_Reference_System_1989", Ellipsoid.Grs80, DatumShift.None, 6258), 4258);
    public static readonly GeographicSystem Nad83 = new("NAD83",
        new("North_American_Datum_1983", Ellipsoid.Grs80, DatumShift.None, 6269), 4269);
    public static readonly GeographicSystem Sirgas2000 = new("SIRGAS 2000",
        new("Sistema_de_Referencia_Geocentrico_para_las_AmericaS_2000", Ellipsoid.Grs80, DatumShift.None, 6674), 4674);

    /// <summary>Shift: EPSG transformation 6896 (Ghana onshore, accuracy 6 m), which PROJ prefers there to 1569 (25 m).</summary>
    public static readonly GeographicSystem Accra = new("Accra", new("Accra", Ellipsoid.WarOffice, new(-170, 33, 326), 6168), 4168);

    /// <summary>Shift: EPSG transformation 1159 (Ghana, accuracy 5 m).</summary>
    public static readonly GeographicSystem Leigon = new("Leigon", new("Leigon", Ellipsoid.Clarke1880Rgs, new(-130, 29, 364), 6250), 4250);

    /// <summary>All of them.</summary>
    public static readonly GeographicSystem[] All = [Wgs84, Etrs89, Nad83, Sirgas2000, Accra, Leigon];

    // ESRI's names; the others are found by their own name.
    private static readonly (string Name, GeographicSystem System)[] Aliases =
    [
        ("WGS84", Wgs84), ("World_Geodetic_System_1984", Wgs84), ("ETRS_1989", Etrs89),
        ("ETRS89", Etrs89), ("NAD83", Nad83), ("North_American_1983", Nad83), ("SIRGAS_2000", Sirgas2000),
    ];

    /// <summary>The system whose datum has this name in one of its usual spellings, or null.</summary>
    public static GeographicSystem? Find(string datumName)
    {
        string wanted = Normalize(datumName);
        return All.FirstOrDefault(system => Normalize(system.Datum.Name) == wanted)
            ?? Aliases.FirstOrDefault(alias => Normalize(alias.Name) == wanted).System;
    }

    /// <summary>A datum's name without what differs between writers: ESRI's "D_", EPSG's "ensemble", case and punctuation.</summary>
    public static string Normalize(string name)
    {
        ReadOnlySpan<char> core = name.AsSpan();
        if (core.StartsWith("D_", StringComparison.OrdinalIgnoreCase)) core = core[2..];
        string letters = string.Concat(core.ToString().Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.EndsWith("ensemble", StringComparison.Ordinal) ? letters[..^"ensemble".Length] : letters;
    }
}
