using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>Small Sentinel-2 products on disk: the layout and the metadata that matter.</summary>
internal static class SafeFolder
{
    public const string Name = "S2A_MSIL2A_20230115T102341_N0509_R065_T30NWM_20230115T163702.SAFE";
    public const string Granule = "L2A_T30NWM_A039530_20230115T102945";

    private static readonly string[] Fine = ["B02", "B03", "B04", "B08"];

    /// <summary>MTD_MSIL2A.xml or MTD_MSIL1C.xml.</summary>
    public static string ProductXml(string level = "2A", string baseline = "05.09", int? offset = -1000, string extra = "")
    {
        (string list, string element, string quantification) = level == "2A" ? ("BOA_ADD_OFFSET_VALUES_LIST", "BOA_ADD_OFFSET", "BOA_QUANTIFICATION_VALUE") : ("Radiometric_Offset_List", "RADIO_ADD_OFFSET", "QUANTIFICATION_VALUE");
        string offsets = offset is null ? "" : $"<{list}>{string.Concat(Enumerable.Range(0, 13).Select(id => $"<{element} band_id=\"{id}\">{offset}</{element}>"))}</{list}>";
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            {extra}<n1:Level-{level}_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-{level}.xsd"><n1:General_Info><Product_Info>
            <PRODUCT_START_TIME>2023-01-15T10:23:41.024Z</PRODUCT_START_TIME><PRODUCT_URI>{Name.Replace("2A_2", level + "_2", StringComparison.Ordinal)}</PRODUCT_URI><PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE></Product_Info>
            <Product_Image_Characteristics><{quantification} unit="none">10000</{quantification}>{offsets}</Product_Image_Characteristics></n1:General_Info>
            <n1:Quality_Indicators_Info><Cloud_Coverage_Assessment>12.5</Cloud_Coverage_Assessment></n1:Quality_Indicators_Info></n1:Level-{level}_User_Product>
            """;
    }

    /// <summary>MTD_TL.xml for a tile of 60 x 40 pixels of 10 m.</summary>
    public static string TileXml() => """
        <?xml version="1.0" encoding="UTF-8"?>
        <n1:Level-2A_Tile_ID xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/S2_PDI_Level-2A_Tile_Metadata.xsd"><n1:General_Info><TILE_ID>S2A_OPER_MSI_L2A_TL_2APS_20230115T163702_A039530_T30NWM_N05.09</TILE_ID></n1:General_Info>
        <n1:Geometric_Info><Tile_Geocoding><HORIZONTAL_CS_CODE>EPSG:32630</HORIZONTAL_CS_CODE><Size resolution="10"><NROWS>40</NROWS><NCOLS>60</NCOLS></Size><Size resolution="20"><NROWS>20</NROWS><NCOLS>30</NCOLS></Size>
        <Geoposition resolution="10"><ULX>600000</ULX><ULY>700020</ULY><XDIM>10</XDIM><YDIM>-10</YDIM></Geoposition><Geoposition resolution="20"><ULX>600000</ULX><ULY>700020</ULY><XDIM>20</XDIM><YDIM>-20</YDIM></Geoposition></Tile_Geocoding>
        <Tile_Angles><Mean_Sun_Angle><ZENITH_ANGLE unit="deg">32.5</ZENITH_ANGLE><AZIMUTH_ANGLE unit="deg">138.25</AZIMUTH_ANGLE></Mean_Sun_Angle></Tile_Angles></n1:Geometric_Info></n1:Level-2A_Tile_ID>
        """;

    /// <summary>The DNs of one band of the product: 60 x 40 at 10 m, or 30 x 20 at 20 m, with some pixels without data.</summary>
    public static MemoryRaster<ushort> Band(string band)
    {
        bool fine = Fine.Contains(band);
        var raster = Jp2.Noise(fine ? 60 : 30, fine ? 40 : 20, band.GetHashCode(StringComparison.Ordinal) & 0xFF, 9000, fine ? 10 : 20);
        for (int i = 0; i < raster.Samples.Length; i += 97) raster.Samples[i] = 0;
        return raster;
    }

    /// <summary>Writes a product whose bands are GeoTIFFs, which need no other program, or JPEG 2000 files; returns its folder.</summary>
    public static string Write(TempFolder folder, string? productXml = null, bool jpeg2000 = false, string name = Name)
    {
        string root = folder.File(name), granule = Path.Combine(root, "GRANULE", Granule);
        foreach (string band in Stacks.BandNames)
        {
            int metres = Fine.Contains(band) ? 10 : 20;
            string images = Path.Combine(granule, "IMG_DATA", $"R{metres}m"), stem = Path.Combine(images, $"T30NWM_20230115T102341_{band}_{metres}m");
            Directory.CreateDirectory(images);
            using MemoryRaster<ushort> raster = Band(band);
            if (jpeg2000) Jp2.Write(stem + ".jp2", raster, 32, "GMLJP2=NO", "GeoJP2=NO");
            else WriteTiff(stem + ".tif", raster);
        }
        Directory.CreateDirectory(Path.Combine(granule, "QI_DATA"));
        File.WriteAllText(Path.Combine(granule, "QI_DATA", "MSK_DETFOO_B02.jp2"), "no band");
        File.WriteAllText(Path.Combine(granule, "MTD_TL.xml"), TileXml());
        File.WriteAllText(Path.Combine(root, "MTD_MSIL2A.xml"), productXml ?? ProductXml());
        return root;
    }

    /// <summary>Writes the bands as GeoTIFFs into one folder, unless it is there.</summary>
    public static string WriteFlat(string root, Func<string, string>? fileName = null)
    {
        if (Directory.Exists(root)) return root;
        Directory.CreateDirectory(root);
        foreach (string band in Stacks.BandNames)
        {
            using MemoryRaster<ushort> raster = Band(band);
            WriteTiff(Path.Combine(root, fileName?.Invoke(band) ?? band + ".tif"), raster);
        }
        return root;
    }

    private static void WriteTiff(string path, MemoryRaster<ushort> raster)
    {
        using CogSink sink = CogSink.Create(path, raster.Info);
        RasterCopy.Run(raster, sink);
    }
}
