using System.Text;
using Asm.Raster.Projections;

namespace Asm.Raster.GeoTiff.Keys;

/// <summary>Collects the GeoKeys of one CRS, in the layout that GDAL uses.</summary>
internal sealed class GeoKeyCrsWriter
{
    private readonly SortedDictionary<int, (int Tag, int Count, int Value)> _entries = [];
    private readonly List<double> _doubles = [];
    private readonly StringBuilder _ascii = new();

    private GeoKeyCrsWriter() { }

    /// <summary>
    /// The three tags for a CRS. A built-in system is its code; any other is spelt out, with its code, if it has one, beside.
    /// </summary>
    public static (ushort[] Directory, double[] Doubles, string Ascii) Write(Crs crs)
    {
        var writer = new GeoKeyCrsWriter();
        writer.AddCrs(crs);
        List<ushort> directory = [1, 1, 0, (ushort)writer._entries.Count];
        foreach ((int key, (int tag, int count, int value)) in writer._entries)
            directory.AddRange([(ushort)key, (ushort)tag, (ushort)count, (ushort)value]);
        return ([.. directory], [.. writer._doubles], writer._ascii.ToString());
    }

    private void AddCrs(Crs crs)
    {
        CrsDefinition definition = crs.Definition;
        bool isBuiltIn = crs.IsBuiltIn;
        AddCode(GeoKey.ModelType, crs.IsGeographic ? GeoKey.ModelGeographic : GeoKey.ModelProjected);
        AddCode(GeoKey.RasterType, GeoKey.RasterPixelIsArea);
        if (definition is { Projection: { } projection, Unit: { } unit })
        {
            AddText(GeoKey.Citation, crs.Name);
            AddCode(GeoKey.ProjectedCrs, crs.Epsg ?? GeoKey.UserDefined);
            AddUnit(unit);
            if (!isBuiltIn) AddProjection(crs, projection);
        }
        AddGeographic(definition.Geographic, isBuiltIn, crs.IsGeographic);
    }

    private void AddGeographic(GeographicSystem system, bool isBuiltIn, bool isWholeCrs)
    {
        AddCode(GeoKey.AngularUnits, GeoKey.UnitDegree);
        if (isBuiltIn && !isWholeCrs)
        {
            AddText(GeoKey.GeodeticCitation, system.Name);
            return;
        }

        // A known system whose shift was replaced is spelt out: readers would take the code for the system with its usual shift.
        bool isKnown = KnownDatums.All.Contains(system);
        AddCode(GeoKey.GeodeticCrs, isKnown ? system.Epsg!.Value : GeoKey.UserDefined);
        AddText(GeoKey.GeodeticCitation, isKnown
            ? system.Name
            : $"GCS Name = {system.Name}|Datum = {system.Datum.Name}|Ellipsoid = {system.Datum.Ellipsoid.Name}|Primem = Greenwich|");
        if (!isKnown)
        {
            AddCode(GeoKey.GeodeticDatum, system.Datum.Epsg ?? GeoKey.UserDefined);
            AddCode(GeoKey.Ellipsoid, system.Datum.Ellipsoid.Epsg ?? GeoKey.UserDefined);
            AddDoubles(GeoKey.PrimeMeridianLongitude, 0);
            if (system.Datum.ToWgs84 is { } shift) AddDoubles(GeoKey.ToWgs84, shift.ToArray());
        }
        AddDoubles(GeoKey.SemiMajorAxis, system.Datum.Ellipsoid.SemiMajorMetres);
        if (system.Datum.Ellipsoid.InverseFlattening == 0) AddDoubles(GeoKey.SemiMinorAxis, system.Datum.Ellipsoid.SemiMajorMetres);
        else AddDoubles(GeoKey.InverseFlattening, system.Datum.Ellipsoid.InverseFlattening);
    }

    private void AddProjection(Crs crs, MapProjection projection)
    {
        if (projection.Method.GeoTiffCode == 0)
            throw new AsmException($"CRS {crs}", $"its projection {projection.Method.WktName} has no form in GeoTIFF",
                "a system with an EPSG code, or another projection",
                "reproject to a UTM zone (EPSG:326zz) or to EPSG:3857", AsmErrorCode.Crs);
        AddCode(GeoKey.Projection, GeoKey.UserDefined);
        AddCode(GeoKey.ProjectionMethod, projection.Method.GeoTiffCode);
        foreach ((ProjectionRole role, _, int key) in projection.Method.Parameters) AddDoubles(key, projection[role]);
    }

    private void AddUnit(LinearUnit unit)
    {
        AddCode(GeoKey.LinearUnits, unit.Epsg ?? GeoKey.UserDefined);
        if (unit.Epsg is null) AddDoubles(GeoKey.LinearUnitSize, unit.Metres);
    }

    private void AddCode(int key, int value) => _entries.Add(key, (0, 1, value));

    private void AddDoubles(int key, params ReadOnlySpan<double> values)
    {
        _entries.Add(key, (34736, values.Length, _doubles.Count));
        _doubles.AddRange(values);
    }

    private void AddText(int key, string text)
    {
        // The tag is ASCII, and a bar ends each text.
        string ascii = string.Concat(text.Select(c => char.IsAscii(c) && !char.IsControl(c) ? c : '?')) + '|';
        _entries.Add(key, (34737, ascii.Length, _ascii.Length));
        _ascii.Append(ascii);
    }
}
