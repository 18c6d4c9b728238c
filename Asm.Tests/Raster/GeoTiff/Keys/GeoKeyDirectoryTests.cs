using Asm.Raster;
using Asm.Raster.GeoTiff.Keys;
using Asm.Raster.Projections;
using Asm.Tests.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.GeoTiff.Keys;

public sealed class GeoKeyDirectoryTests
{
    private const string Ghana = "+proj=tmerc +lat_0=5 +lon_0=-1 +k=0.9998 +x_0=1000 +y_0=2000 +datum=WGS84 +units=m";

    // What GDAL 3.6 writes for EPSG:32630.
    private static readonly ushort[] Utm30 =
        [1, 1, 0, 7, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 22, 0, 2049, 34737, 7, 22, 2054, 0, 1, 9102, 3072, 0, 1, 32630, 3076, 0, 1, 9001];

    private const string Utm30Ascii = "WGS 84 / UTM zone 30N|WGS 84|";

    // What GDAL 3.6 writes for a Transverse Mercator of its own.
    private static readonly ushort[] Own =
    [
        1, 1, 0, 17, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 8, 0, 2048, 0, 1, 4326, 2049, 34737, 8, 8, 2054, 0, 1, 9102, 2057, 34736, 1, 6, 2059, 34736, 1, 5, 3072, 0, 1, 32767,
        3074, 0, 1, 32767, 3075, 0, 1, 1, 3076, 0, 1, 9001, 3080, 34736, 1, 1, 3081, 34736, 1, 0, 3082, 34736, 1, 3, 3083, 34736, 1, 4, 3092, 34736, 1, 2,
    ];

    private static readonly double[] OwnDoubles = [5, -1, 0.9998, 1000, 2000, 298.257223563, 6378137];

    [Fact]
    public void A_code_is_read() => Assert.Same(Crs.Utm(30, north: true), GeoKeyDirectory.ReadCrs(Utm30, [], Utm30Ascii, "a.tif"));

    [Fact]
    public void A_system_of_its_own_is_read()
    {
        Crs crs = GeoKeyDirectory.ReadCrs(Own, OwnDoubles, "my grid|WGS 84|", "a.tif")!;
        Assert.Equal((null, "my grid"), (crs.Epsg, crs.Name));
        Assert.True(crs.IsSameAs(Crs.FromWkt($"PROJCS[\"other name\",{Crs.Wgs84.Wkt},PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",5],PARAMETER[\"central_meridian\",-1],"
            + "PARAMETER[\"scale_factor\",0.9998],PARAMETER[\"false_easting\",1000],PARAMETER[\"false_northing\",2000],UNIT[\"metre\",1]]")));
    }

    [Theory]
    [InlineData(new ushort[] { 1, 1, 0, 1, 1025, 0, 1, 1 })]
    [InlineData(new ushort[] { 1, 1, 0, 2, 1024, 0, 1, 32767, 1025, 0, 1, 1 })]
    [InlineData(new ushort[] { 1, 1, 0, 0 })]
    public void Keys_that_name_no_system_give_none(ushort[] directory) => Assert.Null(GeoKeyDirectory.ReadCrs(directory, [], "", "a.tif"));

    [Fact]
    public void A_code_that_is_not_built_in_is_refused_with_the_fix()
    {
        ushort[] keys = [.. Utm30];
        keys[Array.IndexOf(keys, (ushort)32630)] = 2180;
        var error = Assert.Throws<RasterFormatException>(() => GeoKeyDirectory.ReadCrs(keys, [], Utm30Ascii, "a.tif"));
        Assert.StartsWith("a.tif: its CRS cannot be read: EPSG:2180: this code is not built in\n", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("gdal_translate -a_srs EPSG:326zz IN OUT", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3075, 5, "its projection method has GeoTIFF code 5, which is not supported")]
    [InlineData(2054, 9105, "its angles are in units of code 9105, not degrees")]
    [InlineData(3076, 9038, "its unit of length has code 9038, which is not supported")]
    [InlineData(1024, 3, "its model type is 3, neither projected (1) nor geographic (2)")]
    public void What_is_not_supported_is_refused_by_name(int key, int value, string reason)
    {
        ushort[] keys = [.. Own];
        for (int i = 4; i < keys.Length; i += 4)
            if (keys[i] == key) keys[i + 3] = (ushort)value;
        var error = Assert.Throws<RasterFormatException>(() => GeoKeyDirectory.ReadCrs(keys, OwnDoubles, "my grid|WGS 84|", "a.tif"));
        Assert.StartsWith($"a.tif: its CRS cannot be read: {reason}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_in_another_unit_than_its_own_is_refused()
    {
        ushort[] keys = [.. Utm30];
        keys[^1] = 9002;
        Assert.Contains("it says EPSG:32630 in units of foot, but that system is in units of metre",
            Assert.Throws<RasterFormatException>(() => GeoKeyDirectory.ReadCrs(keys, [], Utm30Ascii, "a.tif")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new ushort[] { 1, 1 }, "has 2 values")]
    [InlineData(new ushort[] { 2, 1, 0, 0 }, "is of version 2")]
    [InlineData(new ushort[] { 1, 1, 0, 3, 1024, 0, 1, 1 }, "declares 3 keys but has room for 1")]
    [InlineData(new ushort[] { 1, 1, 0, 1, 3080, 34736, 1, 0 }, "says that key 3080 has 1 values from 0 of 0 in tag 34736")]
    [InlineData(new ushort[] { 1, 1, 0, 1, 1026, 34737, 9, 0 }, "says that key 1026 has 9 values from 0 of 3 in tag 34737")]
    [InlineData(new ushort[] { 1, 1, 0, 1, 1026, 99, 9, 0 }, "says that key 1026 lies in tag 99")]
    [InlineData(new ushort[] { 1, 1, 0, 1, 1024, 34737, 1, 0 }, "says that key 1024 lies in tag 34737")]
    public void A_damaged_directory_is_refused(ushort[] directory, string found)
    {
        var error = Assert.Throws<RasterFormatException>(() => GeoKeyDirectory.ReadCrs(directory, [], "ab", "a.tif"));
        Assert.StartsWith($"a.tif: its GeoKey directory {found}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_gives_a_system_none_or_a_clear_error()
    {
        var random = new Random(34735);
        for (int round = 0; round < 20000; round++)
        {
            ushort[] keys = [.. round % 2 == 0 ? Own : Utm30];
            double[] doubles = [.. OwnDoubles];
            for (int i = random.Next(3); i >= 0; i--) keys[random.Next(keys.Length)] = (ushort)random.Next(random.Next(2) == 0 ? 20 : 65536);
            if (random.Next(3) == 0) doubles[random.Next(doubles.Length)] = random.Next(4) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => 0, _ => -1e300 };
            try { GeoKeyDirectory.ReadCrs(keys[..random.Next(keys.Length + 1)], doubles, "my grid|WGS 84|", "a.tif"); }
            catch (RasterFormatException e) { Assert.StartsWith("a.tif: its ", e.Message, StringComparison.Ordinal); }
        }
    }

    [Fact]
    public void What_is_written_for_a_code_is_what_GDAL_writes()
    {
        (ushort[] directory, double[] doubles, string ascii) = GeoKeyDirectory.WriteCrs(Crs.Utm(30, north: true));
        Assert.Equal([1, 1, 0, 7, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 22, 0, 2049, 34737, 7, 22, 2054, 0, 1, 9102, 3072, 0, 1, 32630, 3076, 0, 1, 9001], directory);
        Assert.Empty(doubles);
        Assert.Equal("WGS 84 / UTM zone 30N|WGS 84|", ascii);
    }

    [Fact]
    public void Every_kind_of_system_is_read_back_as_it_was_written()
    {
        foreach (Crs crs in Kinds())
        {
            (ushort[] directory, double[] doubles, string ascii) = GeoKeyDirectory.WriteCrs(crs);
            Crs read = GeoKeyDirectory.ReadCrs(directory, doubles, ascii, "a.tif")!;
            Assert.True(crs.IsSameAs(read), $"{crs.Wkt}\n{read.Wkt}");
            Assert.Equal((crs.Epsg, crs.Name), (read.Epsg, read.Name));
            Assert.True(crs.Definition.HasSameParameters(read.Definition));
        }
    }

    [Fact]
    public void A_system_that_GeoTIFF_cannot_express_is_refused()
    {
        Crs crs = Crs.FromWkt($"PROJCS[\"web\",{Crs.Wgs84.Wkt},PROJECTION[\"Mercator_Auxiliary_Sphere\"],PARAMETER[\"central_meridian\",7],UNIT[\"metre\",1]]");
        Assert.StartsWith("CRS web: its projection Popular_Visualisation_Pseudo_Mercator has no form in GeoTIFF", Assert.Throws<AsmException>(() => GeoKeyDirectory.WriteCrs(crs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GDAL_reads_what_is_written_as_the_same_system()
    {
        using var folder = new TempFolder();
        Crs[] kinds = [.. Kinds()];
        string[] paths = [.. kinds.Select((_, i) => folder.File($"{i}.tif"))];
        for (int i = 0; i < kinds.Length; i++) KeyTags.Write(paths[i], GeoKeyDirectory.WriteCrs(kinds[i]));
        foreach ((Crs crs, string wkt) in kinds.Zip(Osr.ReadFiles(paths)))
        {
            Crs read = Crs.FromWkt(wkt);
            Assert.True(crs.IsSameAs(read), $"{crs.Wkt}\n{read.Wkt}");
            Assert.True(crs.Definition.HasSameProjection(read.Definition), $"{crs.Wkt}\n{read.Wkt}");
            Assert.Equal(crs.Epsg, read.Epsg);
        }
    }

    [Fact]
    public void What_GDAL_writes_is_read_as_the_same_system()
    {
        using var folder = new TempFolder();
        string[] systems =
        [
            "EPSG:4326", "EPSG:4258", "EPSG:4168", "EPSG:3857", "EPSG:3035", "EPSG:2136", "EPSG:25000", "EPSG:32601", "EPSG:32735", "EPSG:25832", "EPSG:26917", "EPSG:31982", Ghana,
            "+proj=lcc +lat_1=45 +lat_2=50 +lat_0=47 +lon_0=3 +x_0=10 +y_0=20 +ellps=GRS80 +towgs84=1,2,3 +units=m",
            "+proj=lcc +lat_1=45 +lat_0=45 +lon_0=3 +k_0=0.99 +datum=WGS84 +units=us-ft", "+proj=laea +lat_0=5 +lon_0=1 +datum=WGS84",
            "+proj=aea +lat_1=1 +lat_2=9 +lat_0=5 +lon_0=1 +datum=WGS84", "+proj=utm +zone=30 +ellps=clrk80 +towgs84=-80,-100,20,0.5,-1,2,3 +units=m",
            "+proj=utm +zone=35 +south +ellps=clrk80", "+proj=longlat +a=6378300 +rf=296", "+proj=longlat +R=6371000 +towgs84=0,0,0", "+proj=merc +lon_0=3 +k=0.9 +datum=WGS84",
            "+proj=merc +lat_ts=5 +datum=WGS84", "+proj=tmerc +lon_0=-1 +ellps=clrk80 +to_meter=0.3", "EPSG:4267",
        ];
        Osr.WriteFiles(folder.FullPath, systems);
        string[] paths = [.. systems.Select((_, i) => folder.File($"{i}.tif"))];
        foreach ((string system, (string path, string wkt)) in systems.Zip(paths.Zip(Osr.ReadFiles(paths))))
        {
            (ushort[] directory, double[] doubles, string ascii) = KeyTags.Read(path);
            Crs read = GeoKeyDirectory.ReadCrs(directory, doubles, ascii, path)!, expected = Crs.FromWkt(wkt);
            Assert.True(read.Definition.HasSameProjection(expected.Definition), $"{system}\n{read.Wkt}\n{expected.Wkt}");
            Assert.Equal(expected.Definition.Geographic.Datum.ToWgs84, read.Definition.Geographic.Datum.ToWgs84);
            Assert.Equal(expected.Epsg, read.Epsg);
        }
    }

    [Theory]
    [InlineData("scenes/thailand-T48QUE/B02.tif", 32648)]
    [InlineData("scenes/amazon-trombetas/sen2_10band_dn10000_u16.tif", 4326)]
    [InlineData("scenes/barbellino-2dates/S2A2A_20170703_022_Barbellino_BOA_10.tif", 32632)]
    [InlineData("scenes/austria-2windows/inference-img.tif", 32633)]
    public void The_keys_of_real_scenes_are_read(string relativePath, int epsg)
    {
        string path = SharedData.Require(relativePath);
        (ushort[] directory, double[] doubles, string ascii) = KeyTags.Read(path);
        Assert.Equal(epsg, GeoKeyDirectory.ReadCrs(directory, doubles, ascii, path)!.Epsg);
    }

    private static IEnumerable<Crs> Kinds()
    {
        foreach (int epsg in (int[])[4326, 4258, 4269, 4674, 4168, 4250, 3857, 3035, 2136, 25000, 32630, 32748, 25832, 26917, 31982]) yield return Crs.FromEpsg(epsg);
        string shifted = "GEOGCS[\"mine\",DATUM[\"my datum\",SPHEROID[\"my ellipsoid\",6378249.145,293.4663],TOWGS84[-80,-100,20,0.5,-1,2,3]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
        yield return Crs.FromWkt(shifted);
        foreach (string geographic in (string[])[Crs.Wgs84.Wkt, Crs.FromEpsg(4168).Wkt, shifted])
        {
            string Projected(string name, string parameters, string unit = "UNIT[\"metre\",1]") => $"PROJCS[\"{name}\",{geographic},PROJECTION[\"{name}\"],{parameters},PARAMETER[\"false_easting\",1000],PARAMETER[\"false_northing\",2000],{unit}]";
            string cone = "PARAMETER[\"latitude_of_origin\",5],PARAMETER[\"central_meridian\",-1]", center = "PARAMETER[\"latitude_of_center\",5],PARAMETER[\"longitude_of_center\",-1]";
            string parallels = ",PARAMETER[\"standard_parallel_1\",2],PARAMETER[\"standard_parallel_2\",8]", scale = ",PARAMETER[\"scale_factor\",0.9997]";
            yield return Crs.FromWkt(Projected("Transverse_Mercator", cone + scale));
            yield return Crs.FromWkt(Projected("Transverse_Mercator", cone + scale, "UNIT[\"link\",0.201168]"));
            yield return Crs.FromWkt(Projected("Lambert_Conformal_Conic_2SP", cone + parallels, "UNIT[\"US survey foot\",0.304800609601219]"));
            yield return Crs.FromWkt(Projected("Lambert_Conformal_Conic_1SP", cone + scale));
            yield return Crs.FromWkt(Projected("Albers_Conic_Equal_Area", center + parallels));
            yield return Crs.FromWkt(Projected("Lambert_Azimuthal_Equal_Area", center));
            yield return Crs.FromWkt(Projected("Mercator_1SP", "PARAMETER[\"central_meridian\",-1]" + scale));
            yield return Crs.FromWkt(Projected("Mercator_2SP", "PARAMETER[\"central_meridian\",-1],PARAMETER[\"standard_parallel_1\",2]"));
        }
    }
}
