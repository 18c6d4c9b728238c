using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using BenchmarkDotNet.Attributes;

namespace Asm.Benchmarks;

/// <summary>Reading all of a ten-band DEFLATE GeoTIFF, and writing one, 1024 x 1024.</summary>
[MemoryDiagnoser]
public class ReadBenchmarks : IDisposable
{
    private const int Side = 1024;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"asm-benchmark-{Environment.ProcessId}.tif");
    private readonly ushort[] _samples = new ushort[10 * Side * Side];
    private readonly int[] _bands = [.. Enumerable.Range(0, 10)];
    private RasterInfo? _info;

    [GlobalSetup]
    public void Simulate()
    {
        using IRasterSource bands = new SimulatedScene(new SimulationOptions { Width = Side, Height = Side }).Bands(0, 0);
        bands.Read<ushort>(bands.Info.Grid.FullWindow, _bands, _samples);
        _info = bands.Info;
        WriteCog();
    }

    [Benchmark]
    public void ReadAll()
    {
        using GeoTiffSource source = GeoTiffSource.Open(_path);
        source.Read<ushort>(source.Info.Grid.FullWindow, _bands, _samples);
    }

    [Benchmark]
    public void WriteCog()
    {
        using CogSink sink = CogSink.Create(_path, _info!, new CogOptions { Overwrite = true });
        sink.WriteRows<ushort>(Side, _samples);
        sink.Complete();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        File.Delete(_path);
        GC.SuppressFinalize(this);
    }
}
