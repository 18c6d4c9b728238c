using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Evaluation;

/// <summary>A model whose class is the brightest of three bands (mines B02, built B03, vegetation B04), and tiles for it, so that every figure can be counted by hand.</summary>
internal static class BrightestBand
{
    public static readonly string[] Bands = ["B02", "B03", "B04"];

    public static string Save(string path, string[]? bands = null)
    {
        var net = new OnnxNetwork(3, seed: 1);
        net.Finish(net.Softmax(OnnxNetwork.Input, "probabilities"), 3);
        return net.Save(path, bands ?? Bands);
    }

    /// <summary>A model that looks at neighbouring pixels.</summary>
    public static string SaveBlurred(string path)
    {
        var net = new OnnxNetwork(3, seed: 2);
        net.Finish(net.Softmax(net.Conv(OnnxNetwork.Input, 3, 3, 3), "probabilities"), 3);
        return net.Save(path, Bands);
    }

    /// <summary>A stack in which the model finds the given codes; 0 is no data.</summary>
    public static MemoryRaster<ushort> Stack(int width, params byte[] found)
    {
        var samples = new ushort[3 * found.Length];
        for (int i = 0; i < found.Length; i++)
            for (int band = 0; band < 3; band++) samples[band * found.Length + i] = (ushort)(found[i] == 0 ? 0 : found[i] == band + 1 ? 2500 : 300);
        return new(Stacks.Grid(width, found.Length / width), [.. Bands.Select(b => new BandInfo { Name = b, NoData = 0, Scale = 1e-4 })], samples, "stack");
    }

    /// <summary>Labels with names of their own.</summary>
    public static MemoryRaster<byte> Labels(int width, string[] names, params byte[] codes) => new(new RasterInfo
    {
        Grid = Stacks.Grid(width, codes.Length / width),
        SampleType = SampleType.UInt8,
        Bands = [new BandInfo { Name = "class", NoData = 0 }],
        ClassNames = ["no label", .. names],
    }, codes, "labels");

    public static string SaveRaster<T>(MemoryRaster<T> raster, string path) where T : unmanaged, System.Numerics.INumber<T>
    {
        using CogSink sink = CogSink.Create(path, raster.Info);
        sink.WriteRows<T>(raster.Info.Grid.Height, raster.Samples);
        sink.Complete();
        return path;
    }
}
