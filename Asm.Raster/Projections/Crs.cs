using System.Globalization;
using System.Text.RegularExpressions;

namespace Asm.Raster.Projections;

/// <summary>A coordinate reference system: an EPSG code where one is known, and its well-known text. An immutable value.</summary>
/// <remarks>
/// Coordinates are easting and northing, or longitude and latitude in degrees from Greenwich, always in this order
/// whatever the axes in a text say.
/// </remarks>
public sealed partial class Crs
{
    // On a single line, for GDAL cannot read the text of a .prj file that begins with an empty one, as gdalsrsinfo writes it otherwise.
    private const string WktFix = "give the system as WKT1, e.g. made with: gdalsrsinfo --single-line -o wkt1 EPSG:CODE > system.prj; "
        + "or reproject the data: gdalwarp -t_srs EPSG:326zz, ogr2ogr -t_srs EPSG:4326";

    /// <summary>Characters of a text that a message quotes.</summary>
    private const int MostShown = 100;

    internal Crs(CrsDefinition definition) => Definition = definition;

    internal CrsDefinition Definition { get; }

    /// <summary>The EPSG code, or null where the system has none that is known here.</summary>
    public int? Epsg => Definition.Epsg;

    /// <summary>The name, such as "WGS 84 / UTM zone 30N".</summary>
    public string Name => Definition.Name;

    /// <summary>The definition as OGC well-known text 1, with TOWGS84 where the shift to WGS 84 is known.</summary>
    public string Wkt => WktWriter.Write(Definition);

    /// <summary>True where coordinates are longitude and latitude in degrees.</summary>
    public bool IsGeographic => Definition.Projection is null;

    /// <summary>
    /// The length of one unit of projected coordinates in metres; null for a geographic system, whose degrees have no fixed length.
    /// </summary>
    public double? MetresPerUnit => Definition.Unit?.Metres;

    /// <summary>Longitude and latitude on WGS 84, EPSG:4326.</summary>
    public static Crs Wgs84 => FromEpsg(4326);

    /// <summary>A UTM zone on WGS 84: EPSG:326zz north, EPSG:327zz south.</summary>
    /// <param name="zone">1 to 60.</param>
    /// <param name="north">False for the southern half of the zone.</param>
    public static Crs Utm(int zone, bool north)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(zone, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(zone, 60);
        return FromEpsg((north ? 32600 : 32700) + zone);
    }

    /// <summary>The system of an EPSG code.</summary>
    /// <exception cref="AsmException">
    /// The code is not among those built in; the message lists them. Any other system can be given as WKT1.
    /// </exception>
    public static Crs FromEpsg(int epsg) =>
        EpsgTable.Find(epsg)
        ?? throw new AsmException($"EPSG:{epsg}", "this code is not built in", $"one of {EpsgTable.Contents}", WktFix, AsmErrorCode.Crs);

    /// <summary>Reads OGC well-known text 1 as GDAL, PROJ and ESRI write it.</summary>
    /// <remarks>
    /// A system that equals a built-in one by its parameters is that one, labelled or not. A label that the parameters contradict is
    /// dropped. A datum that is known by name (WGS 84, ETRS89, NAD83, SIRGAS 2000, Accra, Leigon) brings its shift to WGS 84 where the text
    /// has no TOWGS84. Of a COMPD_CS the horizontal part is read.
    /// </remarks>
    /// <exception cref="AsmException">
    /// The text is malformed, is well-known text 2, or needs a projection, prime meridian or angular unit that is not supported.
    /// </exception>
    public static Crs FromWkt(string wkt) => FromWkt(wkt, "CRS");

    /// <summary>
    /// Reads what a person gives: "EPSG:32630", "32630", the URN of either, "OGC:CRS84", the path of a .prj or .wkt file, or WKT1 itself.
    /// </summary>
    /// <exception cref="AsmException">The text is none of these, or denotes a system that cannot be read.</exception>
    public static Crs Parse(string userInput)
    {
        ArgumentNullException.ThrowIfNull(userInput);
        string text = userInput.Trim();
        if (Named(text) is { } named) return named;
        if (File.Exists(text)) return FromWkt(ReadFile(text), text);
        throw new AsmException($"CRS '{userInput}'", "is not a known way to name a coordinate reference system, and no such file exists",
            "EPSG:32630, 32630, a .prj or .wkt file, or WKT1 text",
            "give the EPSG code of a built-in system, or the path of a file with WKT1 text", AsmErrorCode.Crs);
    }

    /// <summary>Reads what a file says of its system: as <see cref="Parse"/>, but a path has no place in a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="AsmException">The text denotes no system.</exception>
    internal static Crs OfFile(string text, string file)
    {
        try
        {
            if (Named(text.Trim()) is { } named) return named;
        }
        catch (AsmException e)
        {
            throw new AsmException($"{file}: its CRS: {e.Message}", e, AsmErrorCode.Crs);
        }
        throw new AsmException(file, $"names its CRS '{(text.Length > MostShown ? text[..MostShown] + "..." : text)}'",
            "an EPSG code such as EPSG:32630, or well-known text", "do not use this file; get it anew", AsmErrorCode.Crs);
    }

    private static Crs? Named(string text) =>
        FromCode(text) ?? (text.Contains('[', StringComparison.Ordinal) ? FromWkt(text) : null);

    /// <summary>
    /// The system that a file names by "EPSG:32630", "OGC:CRS84" or the URN of either; null where the text is none of these.
    /// </summary>
    /// <exception cref="AsmException">There is no such code.</exception>
    internal static Crs? FromCode(string text) =>
        EpsgPattern().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int epsg)
            ? FromEpsg(epsg)
            : Crs84Pattern().IsMatch(text) ? Wgs84 : null;

    /// <summary>True where both denote the same system: equal codes, or, where one has none, equal parameters.</summary>
    public bool IsSameAs(Crs? other) => other is not null
        && (ReferenceEquals(this, other)
            || (Epsg is { } code && other.Epsg is { } otherCode ? code == otherCode : Definition.HasSameParameters(other.Definition)));

    /// <summary>"EPSG:32630" where there is a code, else the name.</summary>
    public override string ToString() => Epsg is { } code ? $"EPSG:{code}" : Name;

    /// <summary>What <see cref="Parse"/> reads back as this system: "EPSG:32630" where that is built in, else well-known text 1.</summary>
    public string ToText() => IsBuiltIn ? ToString() : Wkt;

    /// <summary>True where the code alone says all of this system.</summary>
    internal bool IsBuiltIn => Epsg is { } code && ReferenceEquals(EpsgTable.Find(code), this);

    internal static Crs FromWkt(string wkt, string subject)
    {
        ArgumentNullException.ThrowIfNull(wkt);
        try
        {
            return From(WktReader.Read(wkt));
        }
        catch (FormatException e)
        {
            throw new AsmException(subject, e.Message, "well-known text 1 of a geographic or projected system", WktFix, AsmErrorCode.Crs);
        }
    }

    /// <summary>The built-in system that the definition denotes, else a new one.</summary>
    internal static Crs From(CrsDefinition definition)
    {
        if (definition.Epsg is not { } label) return EpsgTable.Find(definition) ?? new Crs(definition);
        if (EpsgTable.Find(label) is not { } known) return new Crs(definition);
        if (known.Definition.HasSameParameters(definition)) return known;
        return new Crs(known.Definition.HasSameProjection(definition) ? definition : definition with { Epsg = null });
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read: {e.Message}", e, AsmErrorCode.Crs);
        }
    }

    [GeneratedRegex(@"^(?:urn:ogc:def:crs:)?(?:EPSG:(?:[0-9.]*:)?)?([0-9]{1,9})$", RegexOptions.IgnoreCase)]
    private static partial Regex EpsgPattern();

    [GeneratedRegex(@"^(?:urn:ogc:def:crs:)?OGC:(?:[0-9.]*:)?CRS84$", RegexOptions.IgnoreCase)]
    private static partial Regex Crs84Pattern();
}
