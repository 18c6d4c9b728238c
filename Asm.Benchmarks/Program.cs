using System.Diagnostics;
using System.Globalization;
using Asm.Benchmarks;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using BenchmarkDotNet.Running;

// granule OUT.tif WIDTH HEIGHT: writes a simulated ten-band granule, the input of the whole-program comparisons.
// read FILE.tif: reads every sample of every band in strips of 512 rows, and prints the seconds.
// stage-inputs FOLDER WIDTH HEIGHT: writes probability and class maps, the inputs of stages.sh.
// train-step [STEPS]: the training step of asm-train against bare TorchSharp; 16 steps of each take two minutes on two quiet cores.
// anything else goes to BenchmarkDotNet, such as --filter *Read*.
switch (args)
{
    case ["granule", string path, string width, string height]:
        var options = new SimulationOptions
        {
            Width = int.Parse(width, CultureInfo.InvariantCulture),
            Height = int.Parse(height, CultureInfo.InvariantCulture),
            Seed = 42,
            CloudCover = 0.05,
            NoDataWedge = true
        };
        using (IRasterSource bands = new SimulatedScene(options).Bands(0, 1))
        using (CogSink sink = CogSink.Create(path, bands.Info, new CogOptions { Overwrite = true }))
            RasterCopy.Run(bands, sink, new RunOptions());
        return;
    case ["read", string path]:
        long started = Stopwatch.GetTimestamp();
        using (GeoTiffSource source = GeoTiffSource.Open(path))
        {
            GeoGrid grid = source.Info.Grid;
            int[] bands = [.. Enumerable.Range(0, source.Info.Bands.Count)];
            var samples = new ushort[bands.Length * 512 * grid.Width];
            for (int row = 0; row < grid.Height; row += 512)
                source.Read<ushort>(new(0, row, grid.Width, Math.Min(512, grid.Height - row)), bands, samples);
        }
        Console.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.00}");
        return;
    case ["stage-inputs", string folder, string width, string height]:
        StageInputs.Write(folder, int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture));
        return;
    case ["train-step"]:
        TrainStep.Run(16);
        return;
    case ["train-step", string steps]:
        TrainStep.Run(int.Parse(steps, CultureInfo.InvariantCulture));
        return;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ReadBenchmarks).Assembly).Run(args);
        return;
}
