using static Asm.Raster.Projections.ProjectionRole;

namespace Asm.Raster.Projections;

/// <summary>Reads well-known text 1 as GDAL and ESRI write it (OGC 01-009).</summary>
internal static class WktReader
{
    private static readonly Dictionary<string, ProjectionRole> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["latitude_of_origin"] = OriginLatitude,
        ["latitude_of_center"] = OriginLatitude,
        ["central_meridian"] = OriginLongitude,
        ["longitude_of_center"] = OriginLongitude,
        ["longitude_of_origin"] = OriginLongitude,
        ["scale_factor"] = ScaleFactor,
        ["false_easting"] = FalseEasting,
        ["false_northing"] = FalseNorthing,
        ["standard_parallel_1"] = StandardParallel1,
        ["standard_parallel_2"] = StandardParallel2,
    };

    /// <summary>Reads a PROJCS, a GEOGCS, or the horizontal part of a COMPD_CS.</summary>
    /// <exception cref="FormatException">The text is malformed, or names what is not supported; the message says what.</exception>
    public static CrsDefinition Read(string text)
    {
        WktNode root = WktNode.Parse(text);
        if (root.Keyword == "COMPD_CS") root = root.Children.FirstOrDefault(child => child.Keyword is "PROJCS" or "GEOGCS") ?? root;
        return root.Keyword switch
        {
            "GEOGCS" => CrsDefinition.From(ReadGeographic(root)),
            "PROJCS" => ReadProjected(root),
            "PROJCRS" or "PROJECTEDCRS" or "GEOGCRS" or "GEOGRAPHICCRS" or "GEODCRS" or "GEODETICCRS" or "BOUNDCRS" or "COMPOUNDCRS" =>
                throw new FormatException($"{root.Keyword} is well-known text 2"),
            _ => throw new FormatException($"{root.Keyword} is not a geographic or projected system"),
        };
    }

    private static CrsDefinition ReadProjected(WktNode node)
    {
        GeographicSystem geographic = ReadGeographic(Require(node, "GEOGCS"));
        WktNode unit = Require(node, "UNIT");
        double metres = unit.Number(1);
        if (!(metres > 0)) throw new FormatException($"the unit {unit.Name} is {metres} m long");
        return new(node.Name, geographic, ReadProjection(node), LinearUnit.Recognize(unit.Name, metres), node.Epsg);
    }

    private static MapProjection ReadProjection(WktNode node)
    {
        var values = new Dictionary<ProjectionRole, double>();
        var names = new List<string>();
        foreach (WktNode parameter in node.Children.Where(child => child.Keyword == "PARAMETER"))
        {
            names.Add(parameter.Name);
            if (Roles.TryGetValue(parameter.Name, out ProjectionRole role)) values[role] = parameter.Number(1);
        }
        string name = Require(node, "PROJECTION").Name;
        ProjectionMethod method = FindMethod(name, node, values)
            ?? throw new FormatException($"the projection {name} is not one of {ProjectionMethod.Names}");

        // ESRI's text for pseudo-Mercator names a sphere type and a parallel that mean nothing to it.
        if (method == ProjectionMethod.PseudoMercator)
            return MapProjection.From(method,
                new Dictionary<ProjectionRole, double>(values) { [ScaleFactor] = 1, [StandardParallel1] = 0, [OriginLatitude] = 0 });
        foreach (string unknown in names.Where(parameter => !Roles.ContainsKey(parameter)))
            throw new FormatException($"the projection {name} has a parameter {unknown} that is not known");

        // ESRI writes a neutral value for roles that the method has no need of, and gives a cone with one parallel that parallel twice.
        foreach ((ProjectionRole role, double value) in values)
            if (method.Parameters.All(parameter => parameter.Role != role)
                && value != (role == ScaleFactor ? 1 : 0) && !(method == ProjectionMethod.LambertConformal1SP && role == StandardParallel1))
                throw new FormatException($"the projection {name} does not take a {role} of {value}");
        if (method == ProjectionMethod.LambertConformal1SP && values.Remove(StandardParallel1, out double parallel)
            && parallel != values.GetValueOrDefault(OriginLatitude))
            throw new FormatException($"the projection {name} has its one parallel at {parallel}, off its origin");
        return MapProjection.From(method, values);
    }

    private static ProjectionMethod? FindMethod(string name, WktNode node, Dictionary<ProjectionRole, double> values)
    {
        // GDAL's WKT1 for EPSG:3857 says Mercator_1SP and hides the truth in a PROJ string.
        if (node.Child("EXTENSION") is { Values: ["PROJ4", var proj] } && proj.Contains("+proj=merc", StringComparison.Ordinal)
            && proj.Contains("+nadgrids=@null", StringComparison.Ordinal))
            return ProjectionMethod.PseudoMercator;
        return name.ToUpperInvariant() switch
        {
            "GAUSS_KRUGER" => ProjectionMethod.TransverseMercator,
            "MERCATOR" => values.ContainsKey(StandardParallel1) ? ProjectionMethod.Mercator2SP : ProjectionMethod.Mercator1SP,
            "MERCATOR_AUXILIARY_SPHERE" => ProjectionMethod.PseudoMercator,
            "LAMBERT_CONFORMAL_CONIC" =>
                values.ContainsKey(StandardParallel2) ? ProjectionMethod.LambertConformal2SP : ProjectionMethod.LambertConformal1SP,
            "ALBERS" => ProjectionMethod.AlbersEqualArea,
            var upper => ProjectionMethod.All.FirstOrDefault(method => method.WktName.Equals(upper, StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static GeographicSystem ReadGeographic(WktNode node)
    {
        WktNode datumNode = Require(node, "DATUM"), spheroid = Require(datumNode, "SPHEROID");
        if (node.Child("PRIMEM") is { } meridian && meridian.Number(1) != 0)
            throw new FormatException($"the prime meridian is {meridian.Name}, not Greenwich");
        if (node.Child("UNIT") is { } unit && Math.Abs(unit.Number(1) - Math.PI / 180) > 1e-10)
            throw new FormatException($"angles are in units of {unit.Name}, not degrees");
        Ellipsoid ellipsoid = new(spheroid.Name, spheroid.Number(1), spheroid.Number(2), spheroid.Epsg);
        DatumShift? shift = datumNode.Child("TOWGS84") is { } towgs84
            ? DatumShift.FromArray([.. towgs84.Values.Select((_, i) => towgs84.Number(i))])
                ?? throw new FormatException($"TOWGS84 has {towgs84.Values.Count} numbers, not 3 or 7")
            : null;
        return Recognize(node.Name, datumNode.Name, ellipsoid, shift, node.Epsg, datumNode.Epsg);
    }

    /// <summary>A geographic system from its parts, with what is known of its datum filled in: code, shift and usual name.</summary>
    /// <param name="name">The name of the system.</param>
    /// <param name="datumName">The name of the datum, in any usual spelling.</param>
    /// <param name="ellipsoid">The ellipsoid as given; it must be the known datum's own, else the datum is not that one.</param>
    /// <param name="shift">The shift as given; it wins over the known one.</param>
    /// <param name="epsg">The code of the system, if given.</param>
    /// <param name="datumEpsg">The code of the datum, if given.</param>
    public static GeographicSystem Recognize(string name, string datumName,
        Ellipsoid ellipsoid, DatumShift? shift, int? epsg, int? datumEpsg)
    {
        if (!(ellipsoid.SemiMajorMetres > 0) || !(ellipsoid.InverseFlattening == 0 || ellipsoid.InverseFlattening > 1))
            throw new FormatException($"the ellipsoid {ellipsoid.Name} has "
                + $"axis {ellipsoid.SemiMajorMetres} and inverse flattening {ellipsoid.InverseFlattening}");
        GeographicSystem? known = KnownDatums.All.FirstOrDefault(system => system.Datum.Epsg == datumEpsg) ?? KnownDatums.Find(datumName);
        if (known is null && shift == DatumShift.None && ellipsoid.IsSameAs(Ellipsoid.Wgs84)) known = KnownDatums.Wgs84;
        if (known is null || !known.Datum.Ellipsoid.IsSameAs(ellipsoid))
            return new(name, new(datumName, ellipsoid, shift, known is null ? datumEpsg : null), epsg);
        return shift is null || shift == known.Datum.ToWgs84 ? known : new(name, known.Datum with { ToWgs84 = shift }, epsg);
    }

    private static WktNode Require(WktNode node, string keyword) =>
        node.Child(keyword) ?? throw new FormatException($"{node.Keyword}[\"{node.Name}\"] has no {keyword}");
}
