using System.Globalization;
using Asm.Raster.Projections;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Projections;

/// <summary>GDAL's and PROJ's view of coordinate systems, many to one start of Python.</summary>
internal static class Osr
{
    private const string Common =
        "import sys\nfrom osgeo import gdal,osr\ngdal.UseExceptions()\nosr.UseExceptions()\n"
        + "def srs(text):\n s=osr.SpatialReference()\n s.SetFromUserInput(text)\n s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)\n return s\n";

    /// <summary>The WKT1 texts of systems, and the same in ESRI's dialect.</summary>
    public static (string Gdal, string Esri)[] Describe(IEnumerable<string> systems) =>
        [.. Run("for a in sys.argv[1:]:\n print(srs(a).ExportToWkt(['FORMAT=WKT1'])+'\\t'+srs(a).ExportToWkt(['FORMAT=WKT1_ESRI']))\n", systems).Select(line => line.Split('\t')).Select(pair => (pair[0], pair[1]))];

    /// <summary>The EPSG code that GDAL is surest of for each text; 0 for none.</summary>
    public static int[] Identify(IEnumerable<string> texts) =>
        [.. Run("for a in sys.argv[1:]:\n m=srs(a).FindMatches()\n print(m[0][0].GetAuthorityCode(None) if m else 0)\n", texts).Select(int.Parse)];

    /// <summary>The WKT1 texts of the systems of raster files.</summary>
    public static string[] ReadFiles(IEnumerable<string> paths) => Run("for a in sys.argv[1:]:\n print(gdal.Open(a).GetSpatialRef().ExportToWkt(['FORMAT=WKT1']))\n", paths);

    /// <summary>Writes a GeoTIFF for each system, named 0.tif, 1.tif, ...</summary>
    public static void WriteFiles(string folder, IEnumerable<string> systems) =>
        Run("for i,a in enumerate(sys.argv[2:]):\n d=gdal.GetDriverByName('GTiff').Create('%s/%d.tif'%(sys.argv[1],i),2,2)\n d.SetGeoTransform([0,1,0,2,0,-1])\n d.SetSpatialRef(srs(a))\n d=None\n", [folder, .. systems]);

    /// <summary>Projects longitudes and latitudes on WGS 84, for each system its own.</summary>
    public static MapPoint[][] Project(IEnumerable<(string System, MapPoint[] Points)> tasks)
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("tasks.txt"), tasks.Select(task => $"{task.System}\t{string.Join(' ', task.Points.Select(point => $"{point.X:R} {point.Y:R}"))}"));
        const string script = "for l in open(sys.argv[1]):\n t,n=l.split('\\t')\n v=list(map(float,n.split()))\n c=osr.CoordinateTransformation(srs('EPSG:4326'),srs(t))\n"
            + " print(*(repr(x) for i in range(0,len(v),2) for x in c.TransformPoint(v[i],v[i+1])[:2]))\n";
        return [.. Run(script, [folder.File("tasks.txt")]).Select(line => line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).Chunk(2).Select(pair => new MapPoint(pair[0], pair[1])).ToArray())];
    }

    private static string[] Run(string script, IEnumerable<string> arguments) => PeerTool.Run("/usr/bin/python3", ["-c", Common + script, .. arguments]).Trim().Split('\n');
}
