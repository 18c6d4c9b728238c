using System.Globalization;
using System.Xml;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;
using Asm.Raster.Projections;

namespace Asm.Raster.Jpeg2000;

/// <summary>Where a raster lies, as a GMLJP2 box says it: a RectifiedGrid whose origin is the centre of the first pixel.</summary>
internal static class GmlPlace
{
    /// <summary>The grid that an XML box describes; null where it describes none.</summary>
    /// <exception cref="RasterFormatException">It describes one, but not a usable one.</exception>
    public static GeoGrid? Read(byte[] xml, int width, int height, Jpeg2000File file)
    {
        string? system = null;
        double[]? origin = null;
        var steps = new List<double[]>();
        try
        {
            // Boxes end with a zero byte now and then, which is no XML.
            using var reader = XmlReader.Create(new MemoryStream(xml, 0, xml.AsSpan().LastIndexOfAnyExcept((byte)0) + 1), SafeXml.Settings);
            bool inGrid = false;
            while (!reader.EOF)
            {
                if (!reader.Read()) break;
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.LocalName == "RectifiedGrid") inGrid = true;
                if (!inGrid) continue;
                if (reader.LocalName is "RectifiedGrid" or "Point" or "offsetVector") system ??= reader.GetAttribute("srsName");
                if (reader.LocalName is "pos" or "coordinates") origin ??= Numbers(SafeXml.ReadText(reader));
                else if (reader.LocalName == "offsetVector" && Numbers(SafeXml.ReadText(reader)) is { } step) steps.Add(step);
            }
        }
        // XML boxes hold metadata of all kinds; one that cannot be read tells no place.
        catch (XmlException) { return null; }
        if (origin is not { Length: 2 } || steps is not [{ Length: 2 }, { Length: 2 }] || system is null) return null;
        return Grid(system, origin, steps[0], steps[1], width, height, file);
    }

    private static GeoGrid Grid(string system, double[] origin, double[] right, double[] down, int width, int height, Jpeg2000File file)
    {
        if (!int.TryParse(system.AsSpan(system.LastIndexOfAny([':', '#', '/']) + 1), NumberStyles.None,
            CultureInfo.InvariantCulture, out int code) || !system.Contains("EPSG", StringComparison.OrdinalIgnoreCase))
            throw file.Unsupported($"its place is given in the system '{system}'", "an EPSG code");
        Crs crs = Crs.OfFile($"EPSG:{code}", file.Name);
        // By their authority's definition, geographic systems have the latitude first.
        if (crs.IsGeographic && system.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            (origin, right, down) = (Swap(origin), Swap(right), Swap(down));
        if (!(right[0] > 0 && right[1] == 0 && down[0] == 0 && down[1] < 0 && double.IsFinite(right[0]) && double.IsFinite(down[1])))
            throw file.Unsupported("its grid is rotated or does not run from north to south", "a north-up grid");
        return new(width, height, new(origin[0] - right[0] / 2, origin[1] - down[1] / 2), right[0], -down[1], crs);
    }

    private static double[] Swap(double[] pair) => [pair[1], pair[0]];

    private static double[]? Numbers(string text)
    {
        string[] words = text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
                return null;
        return numbers;
    }
}
