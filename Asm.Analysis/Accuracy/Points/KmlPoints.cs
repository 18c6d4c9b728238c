using System.Globalization;
using System.Xml;
using Asm.Raster.Projections;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// Writes points as KML 2.2 (OGC 12-007r2) for viewers of imagery: longitude and latitude on WGS 84, the id as name,
/// class and reference as data.
/// </summary>
internal static class KmlPoints
{
    private const string Namespace = "http://www.opengis.net/kml/2.2";

    public static void Write(string path, PointTable table, bool overwrite)
    {
        CoordinateTransform transform = CoordinateTransform.Between(PointsFile.RequireCrs(path, table), Crs.Wgs84);
        AsideFile.Write(path, overwrite, stream =>
        {
            using XmlWriter xml = XmlWriter.Create(stream,
                new XmlWriterSettings { Indent = true, NewLineChars = "\n", CloseOutput = false });
            xml.WriteStartElement("kml", Namespace);
            xml.WriteStartElement("Document", Namespace);
            xml.WriteElementString("name", Namespace, Path.GetFileNameWithoutExtension(path));
            foreach (SamplePoint point in table.Points) WritePoint(xml, point, transform.Transform(point.Position));
        });
    }

    private static void WritePoint(XmlWriter xml, SamplePoint point, MapPoint at)
    {
        xml.WriteStartElement("Placemark", Namespace);
        xml.WriteElementString("name", Namespace, point.Id);
        xml.WriteStartElement("ExtendedData", Namespace);
        WriteData(xml, "class", point.Stratum);
        WriteData(xml, "reference", point.Reference);
        xml.WriteEndElement();
        xml.WriteStartElement("Point", Namespace);
        xml.WriteElementString("coordinates", Namespace,
            string.Create(CultureInfo.InvariantCulture, $"{at.X:0.########},{at.Y:0.########}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteData(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("Data", Namespace);
        xml.WriteAttributeString("name", name);
        xml.WriteElementString("value", Namespace, value);
        xml.WriteEndElement();
    }
}
