using System.Globalization;
using System.Xml;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Running;

namespace Asm.Analysis.Accuracy.Points;

/// <summary>
/// Points as KML 2.2 (OGC 12-007r2), for viewers of imagery: longitude and latitude on WGS 84, the id as name,
/// class and reference as data.
/// </summary>
internal static class KmlPoints
{
    private const string Namespace = "http://www.opengis.net/kml/2.2";

    // A document of folders of points needs ten.
    private const int MaxDepth = 100;

    /// <summary>Reads the points of all folders.</summary>
    /// <exception cref="AsmException">The file is no KML, or a placemark is no point.</exception>
    public static List<SamplePoint> Read(string path)
    {
        if (!File.Exists(path))
            throw new AsmException(path, Directory.Exists(path) ? "is a folder" : "there is no such file",
                "a KML file of points", "check the path", AsmErrorCode.InputMissing);
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var xml = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            xml.MoveToContent();
            if (xml.LocalName != "kml") throw new XmlException($"its first element is {xml.LocalName}, not kml");
            var points = new List<SamplePoint>();
            bool hasReference = false;
            while (xml.Read())
                if (xml.Depth > MaxDepth) throw new XmlException($"its elements lie deeper than {MaxDepth}");
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "Placemark" })
                    points.Add(ReadPoint(path, xml, points.Count + 1, ref hasReference));
            if (points.Count > 0 && !hasReference)
                throw new AsmException(path, "no placemark has the data 'reference'",
                    "the data id, class and reference, as asm sample writes them", "label the points in a .csv or .gpkg of the sample");
            return points;
        }
        catch (Exception e) when (e is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new AsmException($"{path}: cannot be read as KML: {e.Message}\n  expected: KML with a Placemark for each point"
                + "\n  fix: save it again, or convert it: ogr2ogr OUT.gpkg IN", e, AsmErrorCode.InputFormat);
        }
    }

    /// <summary>Reads a placemark, from its start to its end.</summary>
    private static SamplePoint ReadPoint(string path, XmlReader xml, int row, ref bool hasReference)
    {
        var data = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string name = "", field = "", shape = "";
        MapPoint? position = null;
        int depth = xml.Depth;
        bool isEnd = xml.IsEmptyElement || !xml.Read();
        while (!isEnd && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.Depth > MaxDepth) throw new XmlException($"its elements lie deeper than {MaxDepth}");
            if (xml.NodeType != XmlNodeType.Element)
            {
                isEnd = !xml.Read();
                continue;
            }
            switch (xml.LocalName)
            {
                case "name" when xml.Depth == depth + 1:
                    name = xml.ReadElementContentAsString().Trim();
                    break;
                case "Data":
                    field = xml.GetAttribute("name") ?? "";
                    isEnd = !xml.Read();
                    break;
                case "value":
                    data[field] = xml.ReadElementContentAsString().Trim();
                    break;
                case "SimpleData":
                    field = xml.GetAttribute("name") ?? "";
                    data[field] = xml.ReadElementContentAsString().Trim();
                    break;
                case "Point" or "LineString" or "LinearRing" or "Polygon" or "Model" or "Track" or "MultiTrack":
                    shape = shape.Length == 0 ? xml.LocalName : $"{shape} and {xml.LocalName}";
                    isEnd = !xml.Read();
                    break;
                case "coordinates":
                    position = Position(xml.ReadElementContentAsString());
                    break;
                default:
                    isEnd = !xml.Read();
                    break;
            }
        }
        if (shape != "Point" || position is not { } at)
            throw new AsmException(path, $"placemark {row} {(shape is "" or "Point" ? "has no place" : $"is a {shape}")}",
                "a point in every placemark", "delete it");
        hasReference |= data.ContainsKey("reference");
        return new(row, data.GetValueOrDefault("id", name), at,
            data.GetValueOrDefault("class", ""), data.GetValueOrDefault("reference", ""));
    }

    /// <summary>Longitude and latitude; what follows them is a height.</summary>
    private static MapPoint? Position(string text)
    {
        string[] numbers = text.Trim().Split(',');
        return numbers.Length >= 2 && Number(numbers[0]) is { } longitude && Number(numbers[1]) is { } latitude
            && Math.Abs(longitude) <= 360 && Math.Abs(latitude) <= 90 ? new(longitude, latitude) : null;
        static double? Number(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

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
