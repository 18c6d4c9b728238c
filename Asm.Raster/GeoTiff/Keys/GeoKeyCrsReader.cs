using Asm.Raster.Projections;
using static Asm.Raster.Projections.ProjectionRole;

namespace Asm.Raster.GeoTiff.Keys;

/// <summary>
/// Reads the CRS out of a file's GeoKeys. What cannot be read is a <see cref="FormatException"/> or
/// <see cref="AsmException"/> that says what.
/// </summary>
internal sealed class GeoKeyCrsReader(GeoKeySet keys)
{
    private const string EsriPrefix = "ESRI PE String = ";

    // Writers differ in which of these keys they use for a method; none uses two of a row for one method.
    private static readonly (ProjectionRole Role, int[] Keys)[] RoleKeys =
    [
        (OriginLatitude, [3081, 3085, 3089]),
        (OriginLongitude, [3080, 3084, 3088]),
        (ScaleFactor, [3092, 3093]),
        (FalseEasting, [3082, 3086, 3090]),
        (FalseNorthing, [3083, 3087, 3091]),
        (StandardParallel1, [3078]),
        (StandardParallel2, [3079]),
    ];

    /// <summary>The CRS, or null where the keys name none.</summary>
    public Crs? Read()
    {
        int? projected = keys.Code(GeoKey.ProjectedCrs), geographic = keys.Code(GeoKey.GeodeticCrs);
        return keys.Code(GeoKey.ModelType) switch
        {
            GeoKey.ModelProjected => ReadProjected(projected),
            GeoKey.ModelGeographic => ReadGeographicCrs(),
            null or 0 or GeoKey.UserDefined =>
                projected is not null ? ReadProjected(projected) : geographic is not null ? ReadGeographicCrs() : null,
            var model => throw new FormatException($"its model type is {model}, neither projected (1) nor geographic (2)"),
        };
    }

    private Crs ReadProjected(int? code)
    {
        if (code is { } epsg and > 0 and not GeoKey.UserDefined)
        {
            if (EpsgTable.Find(epsg) is { } known)
            {
                RequireProjectedIn(known);
                return known;
            }

            // A code that is not built in is no loss where the file spells the system out as well, as files written here do.
            if (keys.Code(GeoKey.ProjectionMethod) is null) return Crs.FromEpsg(epsg);
            return Crs.From(ReadUserDefined() with { Epsg = epsg });
        }
        if (keys.Text(GeoKey.ProjectedCitation) is { } citation && citation.StartsWith(EsriPrefix, StringComparison.Ordinal))
            return Crs.FromWkt(citation[EsriPrefix.Length..]);
        return Crs.From(ReadUserDefined());
    }

    private Crs ReadGeographicCrs() => Crs.From(CrsDefinition.From(ReadGeographic()));

    private CrsDefinition ReadUserDefined()
    {
        GeographicSystem geographic = ReadGeographic();
        string name = keys.Text(GeoKey.Citation) ?? keys.Text(GeoKey.ProjectedCitation) ?? "unknown";
        return new(name, geographic, ReadProjection(), ReadUnit());
    }

    private MapProjection ReadProjection()
    {
        // Proj_UTM_zone_nn: 16001 to 16060 north, 16101 to 16160 south.
        if (keys.Code(GeoKey.Projection) is { } projection and not (0 or GeoKey.UserDefined))
        {
            if (projection is >= 16001 and <= 16060) return EpsgTable.UtmProjection(projection - 16000, north: true);
            if (projection is >= 16101 and <= 16160) return EpsgTable.UtmProjection(projection - 16100, north: false);
            if (keys.Code(GeoKey.ProjectionMethod) is null)
                throw new FormatException($"its projection is only named by EPSG code {projection}");
        }
        int code = keys.Code(GeoKey.ProjectionMethod)
            ?? throw new FormatException("it says of no projection that it uses (no ProjMethodGeoKey)");
        var values = new Dictionary<ProjectionRole, double>();
        foreach ((ProjectionRole role, int[] candidates) in RoleKeys)
            foreach (int key in candidates)
                if (!values.ContainsKey(role) && keys.Double(key) is { } value) values.Add(role, value);
        ProjectionMethod method = code == ProjectionMethod.Mercator1SP.GeoTiffCode && values.ContainsKey(StandardParallel1)
            ? ProjectionMethod.Mercator2SP
            : ProjectionMethod.All.FirstOrDefault(method => method.GeoTiffCode == code && code > 0)
                ?? throw new FormatException($"its projection method has GeoTIFF code {code}, which is not supported");
        return MapProjection.From(method, values);
    }

    private GeographicSystem ReadGeographic()
    {
        if (keys.Code(GeoKey.AngularUnits) is { } angular and not GeoKey.UnitDegree
            && !(angular == GeoKey.UserDefined && keys.Double(GeoKey.AngularUnitSize) is { } size
                && Math.Abs(size - Math.PI / 180) < 1e-10))
            throw new FormatException($"its angles are in units of code {angular}, not degrees");
        int? code = keys.Code(GeoKey.GeodeticCrs), datumCode = keys.Code(GeoKey.GeodeticDatum), ellipsoidCode = keys.Code(GeoKey.Ellipsoid);
        DatumShift? shift = keys.Doubles(GeoKey.ToWgs84) is { IsEmpty: false } towgs84 ? DatumShift.FromArray(towgs84.ToArray()) : null;
        if (keys.Double(GeoKey.PrimeMeridianLongitude) is { } meridian and not 0
            || keys.Code(GeoKey.PrimeMeridian) is not (null or 8901 or GeoKey.UserDefined))
            throw new FormatException("its prime meridian is not Greenwich");
        if (KnownDatums.All.FirstOrDefault(system => system.Epsg == code) is { } known && code is not null)
            return shift is null ? known : known with { Datum = known.Datum with { ToWgs84 = shift } };

        GeodeticDatum? datum = KnownDatums.All.FirstOrDefault(system => datumCode is not null && system.Datum.Epsg == datumCode)?.Datum;
        Ellipsoid ellipsoid = datum?.Ellipsoid ?? ReadEllipsoid(ellipsoidCode)
            ?? throw new FormatException($"its geographic system has EPSG code {code?.ToString() ?? "(none)"} and "
                + $"datum code {datumCode?.ToString() ?? "(none)"}, which are not built in, and no ellipsoid is given");
        (string name, string datumName) = ReadNames();
        return WktReader.Recognize(name, datum?.Name ?? datumName, ellipsoid, shift,
            code is GeoKey.UserDefined or 0 ? null : code, datumCode is GeoKey.UserDefined or 0 ? null : datumCode);
    }

    private Ellipsoid? ReadEllipsoid(int? code)
    {
        if (keys.Double(GeoKey.SemiMajorAxis) is not { } major) return Ellipsoid.Known.FirstOrDefault(ellipsoid => ellipsoid.Epsg == code);
        double inverseFlattening = keys.Double(GeoKey.InverseFlattening)
            ?? (keys.Double(GeoKey.SemiMinorAxis) is { } minor
                ? (minor == major ? 0 : major / (major - minor))
                : throw new FormatException("its ellipsoid has no flattening"));
        Ellipsoid read = new("unknown", major, inverseFlattening, code is GeoKey.UserDefined or 0 ? null : code);
        return Ellipsoid.Known.FirstOrDefault(ellipsoid => ellipsoid.IsSameAs(read)) ?? read;
    }

    /// <summary>
    /// The names of system and datum: GDAL writes "GCS Name = A|Datum = B|Ellipsoid = C|Primem = D||" where there are no codes.
    /// </summary>
    private (string System, string Datum) ReadNames()
    {
        string citation = keys.Text(GeoKey.GeodeticCitation) ?? "unknown";
        string? Part(string label) =>
            citation.Split('|').FirstOrDefault(part => part.StartsWith(label, StringComparison.Ordinal))?[label.Length..].Trim();
        return (Part("GCS Name = ") ?? (citation.Contains('=', StringComparison.Ordinal) ? "unknown" : citation),
            Part("Datum = ") ?? "unknown");
    }

    private LinearUnit ReadUnit()
    {
        int code = keys.Code(GeoKey.LinearUnits) ?? GeoKey.UnitMetre;
        if (code == GeoKey.UserDefined && keys.Double(GeoKey.LinearUnitSize) is { } metres and > 0)
            return LinearUnit.Recognize("unknown", metres);
        return LinearUnit.Known.FirstOrDefault(unit => unit.Epsg == code)
            ?? throw new FormatException($"its unit of length has code {code}, which is not supported");
    }

    private void RequireProjectedIn(Crs crs)
    {
        if (crs.Definition.Unit is not { } expected) throw new FormatException($"its projected system is {crs}, which is geographic");
        if (keys.Code(GeoKey.LinearUnits) is not null && ReadUnit() is var unit && Math.Abs(unit.Metres / expected.Metres - 1) > 1e-9)
            throw new FormatException($"it says {crs} in units of {unit.Name}, but that system is in units of {expected.Name}");
    }
}
