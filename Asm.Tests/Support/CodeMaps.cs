using Asm.Maps.Classes;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Projections;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Tests.Support;

/// <summary>Small maps of codes, in memory or on disk.</summary>
internal static class CodeMaps
{
    public static readonly string[] Names = ["no data", "mines", "built", "vegetation"];

    /// <summary>A class map in memory.</summary>
    public static ClassMap Of(int width, byte[] codes, string name = "map.tif", IReadOnlyList<string>? names = null, Crs? crs = null, IReadOnlyDictionary<string, string>? metadata = null) =>
        ClassMap.Of(Raster(width, codes, name, names, crs, metadata));

    /// <summary>A raster of codes in memory: pixels of 10 m whose corner is at (600000, 700020) of UTM zone 30 north.</summary>
    public static MemoryRaster<byte> Raster(int width, byte[] codes, string name = "map.tif", IReadOnlyList<string>? names = null, Crs? crs = null, IReadOnlyDictionary<string, string>? metadata = null) =>
        new(new RasterInfo
        {
            Grid = new GeoGrid(width, codes.Length / width, new(600_000, 700_020), 10, 10, crs ?? Crs.Utm(30, north: true)),
            SampleType = SampleType.UInt8,
            Bands = [new BandInfo { Name = "class", NoData = 0 }],
            ClassNames = names ?? Names,
            Metadata = metadata ?? new Dictionary<string, string>(),
        }, codes, name);

    /// <summary>A change map in memory.</summary>
    public static ClassMap Change(int width, byte[] codes) =>
        Of(width, codes, "change.tif", [], metadata: new Dictionary<string, string> { [ClassMap.ChangeClassesKey] = """["mines","built","vegetation"]""" });

    /// <summary>Writes a raster as a file.</summary>
    public static string Save(this IRasterSource raster, string path)
    {
        using CogSink sink = CogSink.Create(path, raster.Info);
        RasterCopy.Run(raster, sink);
        return path;
    }
}
