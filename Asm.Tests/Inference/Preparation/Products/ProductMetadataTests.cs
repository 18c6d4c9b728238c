using System.Globalization;
using System.Text;
using Asm.Inference.Preparation.Products;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

public sealed class ProductMetadataTests
{
    private const string Stactools = "safe/stactools-l2a/tests/data-files/";

    [Theory]
    [InlineData(Stactools + "S2A_MSIL2A_20190212T192651_N0212_R013_T07HFE_20201007T160857.SAFE/MTD_MSIL2A.xml", "Level2A", "02.12", "07HFE", "2019-02-12T19:26:51.024", 0, 51.580326)]
    [InlineData(Stactools + "esa_S2B_MSIL2A_20210122T133229_N0214_R081_T22HBD_20210122T155500.SAFE/MTD_MSIL2A.xml", "Level2A", "02.14", "22HBD", "2021-01-22T13:32:29.024", 0, 0.447807)]
    [InlineData(Stactools + "S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126.SAFE/MTD_MSIL2A.xml", "Level2A", "04.00", "33XWJ", "2022-04-13T15:07:59.024", -1000, 98.944211)]
    [InlineData(Stactools + "S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE/MTD_MSIL2A.xml", "Level2A", "05.09", "01KAB", "2023-08-21T22:19:41.024", -1000, 59.050727)]
    [InlineData("safe/ghana-30NWM-l1c/MTD_MSIL1C.xml", "Level1C", "05.10", "30NWM", "2024-01-01T10:24:31.024", -1000, 16.896532105784)]
    public void Real_products_say_what_they_are(string path, string level, string baseline, string tile, string time, double offset, double cloud)
    {
        string file = SharedData.Require(path);
        ProductMetadata product = ProductXml.Read(File.ReadAllBytes(file), file);
        Assert.Equal((level, baseline, tile), (product.Level.ToString(), product.Baseline, product.Tile));
        Assert.Equal(DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture), product.SensingTime);
        Assert.Equal(["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B09", "B10", "B11", "B12", "B8A"], product.Offsets.Keys.Order(StringComparer.Ordinal));
        Assert.All(product.Offsets.Values, value => Assert.Equal(offset, value));
        Assert.Equal(10_000, product.Quantification);
        Assert.Equal(cloud, product.CloudPercent!.Value, 9);
    }

    [Theory]
    [InlineData("S2A_MSIL2A_20190212T192651_N0212_R013_T07HFE_20201007T160857.SAFE/GRANULE/L2A_T07HFE_A019029_20190212T192646", "07HFE", 32.707073851362, 600_000, 6_500_020, 32707)]
    [InlineData("esa_S2B_MSIL2A_20210122T133229_N0214_R081_T22HBD_20210122T155500.SAFE/GRANULE/L2A_T22HBD_A020270_20210122T133224", "22HBD", 32.3712311857264, 199_980, 5_900_020, 32722)]
    [InlineData("S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825.SAFE/GRANULE/L2A_T01KAB_A042640_20230821T221944", "01KAB", 38.0, 99_960, 8_200_000, 32701)]
    public void Real_tiles_say_where_they_are_and_how_high_the_sun_was(string folder, string name, double zenith, double x, double y, int epsg)
    {
        string file = SharedData.Require(Stactools + folder + "/MTD_TL.xml");
        TileXml tile = TileXml.Read(File.ReadAllBytes(file), file);
        Assert.Equal(name, tile.Tile);
        Assert.InRange(tile.SunZenithDegrees!.Value, zenith - 0.5, zenith + 0.5);
        Assert.Equal([(10_980, 10.0), (5490, 20.0), (1830, 60.0)], tile.Grids.Select(grid => (grid.Width, grid.PixelWidth)));
        Assert.All(tile.Grids, grid => Assert.Equal((new MapPoint(x, y), epsg), (grid.Origin, grid.Crs!.Epsg)));
    }

    [Fact]
    public void A_product_from_before_2018_names_its_elements_otherwise()
    {
        ProductMetadata product = ProductXml.Read(Encoding.UTF8.GetBytes("""
            <n1:Level-2A_User_Product xmlns:n1="x"><n1:General_Info><L2A_Product_Info><PRODUCT_URI_1C>S2A_MSIL1C_20171231T103431_N0206_R108_T30NWM_20171231T142031.SAFE</PRODUCT_URI_1C>
            <PRODUCT_URI_2A>S2A_MSIL2A_20171231T103431_N0206_R108_T30NWM_20171231T142031.SAFE</PRODUCT_URI_2A><PROCESSING_BASELINE>02.06</PROCESSING_BASELINE></L2A_Product_Info>
            <L1C_L2A_Quantification_Values_List><L1C_QUANTIFICATION_VALUE>1000</L1C_QUANTIFICATION_VALUE><L2A_BOA_QUANTIFICATION_VALUE>10000</L2A_BOA_QUANTIFICATION_VALUE></L1C_L2A_Quantification_Values_List>
            </n1:General_Info></n1:Level-2A_User_Product>
            """), "MTD_MSIL2A.xml");
        Assert.Equal(("S2A_MSIL2A_20171231T103431_N0206_R108_T30NWM_20171231T142031", "02.06", "30NWM", 10_000.0), (product.Name, product.Baseline, product.Tile, product.Quantification));
        Assert.Equal("MTD_MSIL2A.xml: baseline 02.06, which has none", product.OffsetSource);
    }

    [Fact]
    public void Each_band_has_its_own_offset_by_its_number()
    {
        string xml = SafeFolder.ProductXml().Replace("band_id=\"8\">-1000", "band_id=\"8\">-1234", StringComparison.Ordinal);
        ProductMetadata product = ProductXml.Read(Encoding.UTF8.GetBytes(xml), "MTD_MSIL2A.xml");
        Assert.Equal((-1234, -1000, -1000), (product.Offsets["B8A"], product.Offsets["B08"], product.Offsets["B09"]));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "cannot be read as XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>", "cannot be read as XML")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/evil.dtd\">", "cannot be read as XML")]
    public void XML_with_a_document_type_is_refused(string extra, string expected)
    {
        string xml = SafeFolder.ProductXml(extra: extra);
        Assert.Contains(expected, Assert.Throws<AsmException>(() => ProductXml.Read(Encoding.UTF8.GetBytes(xml), "MTD_MSIL2A.xml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1000<", "-1000x<", "BOA_ADD_OFFSET is '-1000x'")]
    [InlineData("band_id=\"3\"", "band_id=\"30\"", "names a band_id '30'")]
    [InlineData(">10000<", ">0<", "the quantification value is 0")]
    [InlineData("05.09<", "five<", "PROCESSING_BASELINE is 'five'")]
    [InlineData("Level-2A_User_Product", "Level-0_User_Product", "describes a Level-0_User_Product")]
    [InlineData("</n1:General_Info>", "", "cannot be read as XML")]
    public void Damaged_metadata_are_refused_with_what_was_found(string from, string to, string expected)
    {
        string xml = SafeFolder.ProductXml().Replace(from, to, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<AsmException>(() => ProductXml.Read(Encoding.UTF8.GetBytes(xml), "MTD_MSIL2A.xml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_product_says_goes_through_the_item_of_a_raster_and_back()
    {
        ProductMetadata product = ProductXml.Read(Encoding.UTF8.GetBytes(SafeFolder.ProductXml()), "MTD_MSIL2A.xml") with { SunZenithDegrees = 32.5, IsOffsetRemoved = true };
        ProductMetadata read = ProductMetadataJson.Read(new Dictionary<string, string> { ["ASM_PRODUCT"] = ProductMetadataJson.Write(product) })!;
        Assert.Equal(product.Offsets.OrderBy(o => o.Key), read.Offsets.OrderBy(o => o.Key));
        Assert.Equal(product, read with { Offsets = product.Offsets });
        Assert.Null(ProductMetadataJson.Read(new Dictionary<string, string> { ["ASM_PRODUCT"] = "{\"cloudPercent\":\"many\"}" }));
        Assert.Null(ProductMetadataJson.Read(new Dictionary<string, string>()));
    }
}
