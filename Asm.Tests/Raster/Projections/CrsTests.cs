using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Projections;

public sealed class CrsTests
{
    private const string GdalUtm30 = """
        PROJCS["WGS 84 / UTM zone 30N",
            GEOGCS["WGS 84",
                DATUM["WGS_1984",
                    SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],
                    AUTHORITY["EPSG","6326"]],
                PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],
                UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],
                AUTHORITY["EPSG","4326"]],
            PROJECTION["Transverse_Mercator"],
            PARAMETER["latitude_of_origin",0],
            PARAMETER["central_meridian",-3],
            PARAMETER["scale_factor",0.9996],
            PARAMETER["false_easting",500000],
            PARAMETER["false_northing",0],
            UNIT["metre",1,AUTHORITY["EPSG","9001"]],
            AXIS["Easting",EAST],
            AXIS["Northing",NORTH],
            AUTHORITY["EPSG","32630"]]
        """;

    private const string EsriUtm30 =
        "PROJCS[\"WGS_1984_UTM_Zone_30N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],"
        + "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",-3.0],PARAMETER[\"Scale_Factor\",0.9996],"
        + "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

    [Fact]
    public void The_text_of_a_UTM_zone_carries_its_datum_shift_and_codes() => Assert.Equal(
        "PROJCS[\"WGS 84 / UTM zone 30N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],TOWGS84[0,0,0,0,0,0,0],AUTHORITY[\"EPSG\",\"6326\"]],"
        + "PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]],PROJECTION[\"Transverse_Mercator\"],"
        + "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",-3],PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],"
        + "UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH],AUTHORITY[\"EPSG\",\"32630\"]]", Crs.Utm(30, north: true).Wkt);

    [Theory]
    [InlineData(4326, "WGS 84", true, null)]
    [InlineData(32630, "WGS 84 / UTM zone 30N", false, 1.0)]
    [InlineData(32760, "WGS 84 / UTM zone 60S", false, 1.0)]
    [InlineData(3857, "WGS 84 / Pseudo-Mercator", false, 1.0)]
    [InlineData(2136, "Accra / Ghana National Grid", false, 0.3047997101815088)]
    [InlineData(25000, "Leigon / Ghana Metre Grid", false, 1.0)]
    [InlineData(31985, "SIRGAS 2000 / UTM zone 25S", false, 1.0)]
    public void A_code_gives_name_kind_and_unit(int epsg, string name, bool isGeographic, double? metresPerUnit)
    {
        Crs crs = Crs.FromEpsg(epsg);
        Assert.Equal((epsg, name, isGeographic, $"EPSG:{epsg}"), (crs.Epsg!.Value, crs.Name, crs.IsGeographic, crs.ToString()));
        Assert.Equal(metresPerUnit, crs.MetresPerUnit);
    }

    [Fact]
    public void A_code_that_is_not_built_in_is_refused_with_the_fix()
    {
        var error = Assert.Throws<AsmException>(() => Crs.FromEpsg(2180));
        Assert.StartsWith("EPSG:2180: this code is not built in\n  expected: one of 4326, 32601-32660", error.Message, StringComparison.Ordinal);
        Assert.Contains("gdalsrsinfo --single-line -o wkt1 EPSG:CODE", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"EPSG\",\"32630\"]", "[\"EPSG\",\"2100\"]", "500000", "400000")]
    [InlineData("SPHEROID[", "TOWGS84[1,2,3,0,0,0,0],SPHEROID[", "500000", "500000")]
    public void A_system_is_told_by_its_code_only_where_the_code_is_built_in_and_says_all_of_it(string from, string to, string easting, string other)
    {
        Assert.Equal("EPSG:32630", Crs.FromWkt(GdalUtm30).ToText());
        Crs crs = Crs.FromWkt(GdalUtm30.Replace(from, to, StringComparison.Ordinal).Replace(easting, other, StringComparison.Ordinal));
        Assert.True(crs.IsSameAs(Crs.Parse(crs.ToText())));
        Assert.Equal(crs.Wkt, Crs.Parse(crs.ToText()).Wkt);
    }

    [Fact]
    public void GDALs_text_ESRIs_text_and_the_code_are_one_system()
    {
        Crs crs = Crs.Utm(30, north: true);
        Assert.Same(crs, Crs.FromWkt(GdalUtm30));
        Assert.Same(crs, Crs.FromWkt(EsriUtm30));
        Assert.Same(crs, Crs.FromWkt(crs.Wkt));
        Assert.False(crs.IsSameAs(Crs.Utm(31, north: true)));
        Assert.False(crs.IsSameAs(Crs.Utm(30, north: false)));
        Assert.False(crs.IsSameAs(null));
    }

    [Fact]
    public void Every_built_in_system_is_read_back_from_its_text_with_and_without_its_label()
    {
        foreach (int epsg in (int[])[4326, 4258, 4269, 4674, 4168, 4250, 3857, 3035, 2136, 25000, 32601, 32760, 25832, 26917, 31972, 31982])
        {
            string wkt = Crs.FromEpsg(epsg).Wkt;
            Assert.Equal(epsg, Crs.FromWkt(wkt).Epsg);
            Assert.Equal(epsg, Crs.FromWkt(wkt.Replace($",AUTHORITY[\"EPSG\",\"{epsg}\"]]", "]", StringComparison.Ordinal)).Epsg);
        }
    }

    [Fact]
    public void A_label_that_the_parameters_contradict_is_dropped()
    {
        Crs crs = Crs.FromWkt(GdalUtm30.Replace("\"central_meridian\",-3", "\"central_meridian\",-3.5", StringComparison.Ordinal));
        Assert.Null(crs.Epsg);
        Assert.Equal("WGS 84 / UTM zone 30N", crs.ToString());
        Assert.False(crs.IsSameAs(Crs.Utm(30, north: true)));
        Assert.True(crs.IsSameAs(Crs.FromWkt(crs.Wkt)));
    }

    [Fact]
    public void A_label_that_is_not_built_in_is_kept()
    {
        Crs crs = Crs.FromWkt(GdalUtm30.Replace("-3]", "-3.5]", StringComparison.Ordinal).Replace("\"32630\"", "\"2180\"", StringComparison.Ordinal));
        Assert.Equal(2180, crs.Epsg);
    }

    [Fact]
    public void A_known_datum_brings_its_shift_and_a_given_shift_wins()
    {
        string wkt = Crs.FromEpsg(4168).Wkt;
        Assert.Contains("TOWGS84[-170,33,326,0,0,0,0]", wkt, StringComparison.Ordinal);
        Assert.Same(Crs.FromEpsg(4168), Crs.FromWkt(wkt.Replace("TOWGS84[-170,33,326,0,0,0,0],", "", StringComparison.Ordinal)));
        Assert.Contains("TOWGS84[-199,32,322,0,0,0,0]", Crs.FromWkt(wkt.Replace("[-170,33,326,0,0,0,0]", "[-199,32,322]", StringComparison.Ordinal)).Wkt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PROJCRS[\"x\",BASEGEOGCRS[\"y\"]]", "PROJCRS is well-known text 2")]
    [InlineData("LOCAL_CS[\"x\"]", "LOCAL_CS is not a geographic or projected system")]
    [InlineData("PROJCS[\"x\"", "PROJCS is not closed by ] at character 11")]
    [InlineData("PROJCS[\"x]", "a quoted text has no end")]
    [InlineData("", "no KEYWORD[ at character 1")]
    [InlineData("GEOGCS[\"x\",DATUM[\"d\"]]", "DATUM[\"d\"] has no SPHEROID")]
    [InlineData("GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,?]]]", "SPHEROID[\"e\"] has no number at position 3")]
    [InlineData("GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298]],PRIMEM[\"Paris\",2.3]]", "the prime meridian is Paris, not Greenwich")]
    [InlineData("GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298],TOWGS84[1,2]]]", "TOWGS84 has 2 numbers, not 3 or 7")]
    [InlineData("GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298]],UNIT[\"grad\",0.015707963267949]]", "angles are in units of grad, not degrees")]
    [InlineData("PROJCS[\"x\",GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298]]],PROJECTION[\"Krovak\"],UNIT[\"metre\",1]]", "the projection Krovak is not one of Transverse_Mercator, Mercator_1SP")]
    [InlineData("PROJCS[\"x\",GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298]]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"azimuth\",3],UNIT[\"metre\",1]]", "the projection Transverse_Mercator has a parameter azimuth that is not known")]
    [InlineData("PROJCS[\"x\",GEOGCS[\"x\",DATUM[\"d\",SPHEROID[\"e\",6378137,298]]],PROJECTION[\"Mercator_1SP\"],PARAMETER[\"latitude_of_origin\",3],UNIT[\"metre\",1]]", "the projection Mercator_1SP has its origin off the equator, at 3")]
    public void Text_that_cannot_be_read_is_refused_by_what_is_wrong(string wkt, string reason)
    {
        var error = Assert.Throws<AsmException>(() => Crs.FromWkt(wkt));
        Assert.StartsWith($"CRS: {reason}", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected: well-known text 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_nested_without_end_is_refused() =>
        Assert.Contains("nested more than 32 deep", Assert.Throws<AsmException>(() => Crs.FromWkt(string.Concat(Enumerable.Repeat("A[", 100000)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Random_damage_to_a_text_gives_a_system_or_a_clear_error()
    {
        var random = new Random(4326);
        for (int round = 0; round < 2000; round++)
        {
            char[] text = GdalUtm30.ToCharArray();
            for (int i = 0; i < 3; i++) text[random.Next(text.Length)] = (char)random.Next(32, 127);
            try { Assert.NotEmpty(Crs.FromWkt(new string(text)).Wkt); }
            catch (AsmException e) { Assert.StartsWith("CRS: ", e.Message, StringComparison.Ordinal); }
        }
    }

    [Theory]
    [InlineData("EPSG:32630", 32630)]
    [InlineData(" epsg:32630 ", 32630)]
    [InlineData("32630", 32630)]
    [InlineData("urn:ogc:def:crs:EPSG::32630", 32630)]
    [InlineData("urn:ogc:def:crs:EPSG:9.8.6:32630", 32630)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", 4326)]
    [InlineData("OGC:CRS84", 4326)]
    [InlineData(EsriUtm30, 32630)]
    public void What_a_person_gives_is_understood(string userInput, int epsg) => Assert.Equal(epsg, Crs.Parse(userInput).Epsg);

    [Fact]
    public void A_file_with_text_is_read_and_named_in_errors()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("good.prj"), EsriUtm30 + "\n");
        File.WriteAllText(folder.File("bad.prj"), "nonsense");
        Assert.Equal(32630, Crs.Parse(folder.File("good.prj")).Epsg);
        Assert.StartsWith(folder.File("bad.prj") + ": no KEYWORD[ at character 9", Assert.Throws<AsmException>(() => Crs.Parse(folder.File("bad.prj"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("somewhere")]
    [InlineData("")]
    [InlineData("EPSG:99999999999")]
    public void What_cannot_be_understood_is_refused(string userInput) =>
        Assert.StartsWith($"CRS '{userInput}': is not a known way", Assert.Throws<AsmException>(() => Crs.Parse(userInput)).Message, StringComparison.Ordinal);

    [Fact]
    public void GDAL_finds_the_code_of_every_kind_of_system_in_our_text()
    {
        int[] codes = [4326, 4258, 4269, 4674, 4168, 4250, 3857, 3035, 2136, 25000, 32630, 32748, 25832, 26917, 31982];
        Assert.Equal(codes, Osr.Identify(codes.Select(epsg => Crs.FromEpsg(epsg).Wkt)));
    }

    [Fact]
    public void GDALs_text_of_a_code_is_our_system_of_that_code()
    {
        int[] codes = [4326, 4258, 4269, 4674, 4168, 4250, 3857, 3035, 2136, 25000, 32601, 32748, 25828, 25838, 26901, 26923, 31965, 31976, 31977, 31985];
        foreach ((int epsg, (string gdal, string esri)) in codes.Zip(Osr.Describe(codes.Select(epsg => $"EPSG:{epsg}"))))
        {
            Assert.Same(Crs.FromEpsg(epsg), Crs.FromWkt(gdal));
            Assert.Same(Crs.FromEpsg(epsg), Crs.FromWkt(esri));
        }
    }
}
