namespace Asm.Raster.Projections;

/// <summary>A unit of length.</summary>
internal sealed record LinearUnit(string Name, double Metres, int? Epsg = null)
{
    public static readonly LinearUnit Metre = new("metre", 1, 9001);
    public static readonly LinearUnit Foot = new("foot", 0.3048, 9002);
    public static readonly LinearUnit UsSurveyFoot = new("US survey foot", 1200.0 / 3937, 9003);

    /// <summary>6,378,300 m to 20,926,201 ft: the ratio that defines the ellipsoid War Office.</summary>
    public static readonly LinearUnit GoldCoastFoot = new("Gold Coast foot", 6378300.0 / 20926201, 9094);

    /// <summary>The units that GeoKeys may name by code.</summary>
    public static readonly LinearUnit[] Known = [Metre, Foot, UsSurveyFoot, GoldCoastFoot];

    /// <summary>The known unit of this length, else the unit as it is given: text often carries no code, or a rounded length.</summary>
    public static LinearUnit Recognize(string name, double metres) =>
        Known.FirstOrDefault(unit => Math.Abs(unit.Metres / metres - 1) < 1e-9) ?? new(name, metres);
}
