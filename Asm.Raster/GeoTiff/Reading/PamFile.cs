using System.Xml;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>The file NAME.aux.xml that GDAL keeps beside a raster for what the TIFF has no place for.</summary>
internal static class PamFile
{
    /// <summary>
    /// The names of samples 0, 1, 2, ... of band 1 (CategoryNames), and the nodata values of bands from "1" on; empty where there is no
    /// such file or it has none.
    /// </summary>
    /// <exception cref="RasterFormatException">The file is not well-formed XML, or holds a nodata value that is none.</exception>
    public static (IReadOnlyList<string> ClassNames, IReadOnlyDictionary<string, double> NoData) Read(string rasterPath)
    {
        string path = rasterPath + ".aux.xml";
        var names = new List<string>();
        var noData = new Dictionary<string, double>();
        if (!File.Exists(path)) return (names, noData);
        string band = "1";
        try
        {
            using FileStream stream = InputPath.OpenRead(path);
            using var reader = XmlReader.Create(stream, SafeXml.Settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.Name == "PAMRasterBand") band = reader.GetAttribute("band") ?? "1";
                else if (reader.Name == "Category" && band == "1") names.Add(SafeXml.ReadText(reader));
                else if (reader.Name == "NoDataValue")
                    noData[band] = TiffDescription.ParseNoData(SafeXml.ReadText(reader))
                        ?? throw new XmlException("a NoDataValue is no number");
            }
            return (names, noData);
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new RasterFormatException(path, $"cannot be read: {e.Message}", "XML as GDAL writes it",
                "delete this file, or make it again with GDAL; it holds class names, nodata values and statistics only");
        }
    }
}
