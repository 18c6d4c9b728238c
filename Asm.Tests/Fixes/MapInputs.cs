using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Windows;
using Asm.Tests.Support;

namespace Asm.Tests.Fixes;

/// <summary>Small maps that trials of fixes work on.</summary>
internal static class MapInputs
{
    public const int Side = 24;

    /// <summary>Codes of mines, built and vegetation in turns, with a pixel without data now and then.</summary>
    public static byte[] Codes { get; } = CodesOf(Side, 1);

    private static byte[] CodesOf(int width, int first) =>
        [.. Enumerable.Range(0, Side * width).Select(i => (byte)(i % 97 == 0 ? 0 : 1 + (first - 1 + i / 5) % 3))];

    /// <summary>A class map of 24 x 24 pixels.</summary>
    /// <param name="path">Where it is written.</param>
    /// <param name="west">Its western edge in UTM zone 30 north.</param>
    /// <param name="crs">Its CRS; null is UTM zone 30 north.</param>
    /// <param name="names">The classes; null are mines, built and vegetation.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="first">The code with which the turns begin.</param>
    /// <param name="pixelHeight">The height of a pixel in metres.</param>
    public static string Write(string path, double west = 600_000, Crs? crs = null, string[]? names = null, double pixelHeight = 10, int width = Side, int first = 1)
    {
        var info = new RasterInfo
        {
            Grid = new GeoGrid(width, Side, new(west, 700_020), 10, pixelHeight, crs ?? Crs.Utm(30, north: true)),
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }],
            ClassNames = names ?? CodeMaps.Names,
        };
        return new MemoryRaster<byte>(info, CodesOf(width, first)).Save(path);
    }

    /// <summary>A class map without any georeference.</summary>
    public static string WriteUnplaced(string path)
    {
        var info = new RasterInfo
        {
            Grid = new GeoGrid(Side, Side, new(600_000, 700_020), 10, 10, null),
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }],
            ClassNames = CodeMaps.Names,
        };
        return new MemoryRaster<byte>(info, Codes).Save(path);
    }

    /// <summary>Probabilities of three classes as asm predict writes them, in 255ths.</summary>
    public static string WriteProbabilities(string path, double west = 600_000)
    {
        int plane = Side * Side;
        var samples = new byte[3 * plane];
        for (int i = 0; i < plane; i++)
            for (int k = 0; k < 3; k++) samples[k * plane + i] = Codes[i] == 0 ? (byte)255 : k + 1 == Codes[i] ? (byte)154 : (byte)50;
        var info = new RasterInfo
        {
            Grid = new GeoGrid(Side, Side, new(west, 700_020), 10, 10, Crs.Utm(30, north: true)),
            SampleType = SampleType.UInt8,
            Bands = [.. CodeMaps.Names.Skip(1).Select(name => new BandInfo { Name = name, NoData = 255, Scale = 1 / 254.0 })],
        };
        return new MemoryRaster<byte>(info, samples).Save(path);
    }

    /// <summary>Two zones over the western maps.</summary>
    public const string Zones = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"name":"north","id":"a"},"geometry":{"type":"Polygon","coordinates":[[[-2.0957,6.3324],[-2.0938,6.3324],[-2.0938,6.3315],[-2.0957,6.3315],[-2.0957,6.3324]]]}},
        {"type":"Feature","properties":{"name":null,"id":"b"},"geometry":{"type":"Polygon","coordinates":[[[-2.0957,6.3315],[-2.0938,6.3315],[-2.0938,6.3306],[-2.0957,6.3306],[-2.0957,6.3315]]]}}]}
        """;
}
