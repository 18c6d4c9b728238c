using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Asm.Analysis.Accuracy;
using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Files;
using Asm.Raster.Jpeg2000;
using Asm.Raster.Pictures;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;
using NetTopologySuite.Geometries;

namespace Asm.Cli.Installation;

/// <summary>
/// Checks that the program can do its work on this machine: its native libraries, the device, memory, disk, and a
/// scene whose result is known.
/// </summary>
/// <param name="modelPath">The model that comes with the program.</param>
/// <param name="run">Threads and cancellation.</param>
internal sealed class Doctor(string modelPath, RunOptions run)
{
    private const long LeastMemory = 2L << 30, LeastDisk = 5L << 30;

    private const int SceneSide = 256;

    /// <summary>
    /// Pixels of mines, built and vegetation that the shipped model finds in the scene, measured on Linux x64. Processors round otherwise,
    /// which moves a few pixels.
    /// </summary>
    private static readonly long[] ExpectedPixels = [6039, 1643, 57852];

    /// <summary>Of all pixels of the scene: more than rounding can move, far less than a wrong band or a broken library would.</summary>
    private const double Tolerance = 0.005;

    /// <summary>Runs all checks.</summary>
    public IEnumerable<Finding> Examine()
    {
        using var folder = new ScratchFolder();
        string version = typeof(Doctor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        yield return new("program", Health.Good,
            $"AsmOnnx {version}, {RuntimeInformation.FrameworkDescription}, "
            + $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}");
        yield return new("processor", Health.Good, $"{Environment.ProcessorCount} threads");
        yield return Memory();
        yield return Disk();
        yield return Try("ONNX Runtime", "reinstall the program; on Windows install the Visual C++ redistributable", () =>
        {
            using SegmentationModel model = SegmentationModel.Load(modelPath, run.Threads);
            return $"loads {model.Description.Name}";
        });
        yield return Device();
        yield return OpenJpeg();
        yield return Try("pictures (SkiaSharp)", "reinstall the program; on Linux install libfontconfig1", () =>
        {
            using IRasterSource truth = Scene().Truth(0);
            QuickLook.WriteClasses(truth, Path.Combine(folder.Path, "truth.png"),
                colors: [default, new(1, 1, 1), new(2, 2, 2), new(3, 3, 3)], run: run);
            return "draws a PNG";
        });
        yield return Try("GeoPackages (SQLite)", "reinstall the program", () =>
        {
            string path = Path.Combine(folder.Path, "point.gpkg");
            VectorFile.Write(path, new VectorLayer("point", Crs.Utm(30, north: true), ["name"],
                [new(1, new Point(600_000, 700_000), new Dictionary<string, object?> { ["name"] = "a" })]));
            return $"writes and reads {VectorFile.Read(path).Features.Count} feature";
        });
        yield return Try("a simulated scene", "reinstall the program; if that does not help, please report it with this output",
            () => Predict(folder.Path));
    }

    private static SimulatedScene Scene() =>
        new(new SimulationOptions { Width = SceneSide, Height = SceneSide, Seed = 20_261_122, DatesPerSeason = 1 });

    private string Predict(string folder)
    {
        SimulatedScene scene = Scene();
        using SegmentationModel model = SegmentationModel.Load(modelPath, run.Threads);
        using IRasterSource bands = scene.Bands(1, 0), truth = scene.Truth(1);
        var stage = new PredictStage
        {
            Scene = bands.Name,
            Stack = bands,
            ModelPath = modelPath,
            Network = model,
            Directory = folder,
            Name = "scene",
            Outputs = PredictionOutputs.Classes,
        };
        PredictionSummary summary = stage.Run(run).Summary;
        double moved =
            summary.ClassPixels.Zip(ExpectedPixels, (found, expected) => Math.Abs(found - expected)).Sum() / 2.0 / (SceneSide * SceneSide);
        string found = string.Join(", ", model.Description.Classes.Zip(summary.ClassPixels, (c, pixels) => $"{c.Name} {pixels}"));
        if (moved > Tolerance)
            throw new AsmException(
                $"the map of the scene has {found} px, expected {string.Join(", ", ExpectedPixels)} but for {Tolerance:P1} of all pixels");
        using IRasterSource map = run.Open(stage.PathOf("classes"));
        return string.Create(CultureInfo.InvariantCulture, $"{found} px as expected ({moved:P2} moved), "
            + $"overall accuracy {ConfusionMatrix.Of(map, truth, model.Description.Classes.Count).OverallAccuracy:P1}, "
            + $"{summary.TotalTime.TotalSeconds:0.0} s");
    }

    private static Finding Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string text = Gigabytes(bytes);
        return bytes >= LeastMemory
            ? new("memory", Health.Good, text)
            : new("memory", Health.Missing, $"{text}; asm predict takes 1.2 GB for a granule, asm run 2 GB, unless --max-memory says less");
    }

    private static Finding Disk()
    {
        string here = Directory.GetCurrentDirectory();
        long free = new DriveInfo(here).AvailableFreeSpace;
        return free >= LeastDisk
            ? new("disk", Health.Good, $"{Gigabytes(free)} free in {here}")
            : new("disk", Health.Missing, $"{Gigabytes(free)} free in {here}; the maps of a granule and date take about 0.5 GB");
    }

    private Finding Device()
    {
        try
        {
            using SegmentationModel model = SegmentationModel.Load(modelPath, run.Threads, Asm.Inference.Model.Device.Cuda);
            return new("device", Health.Good, "cpu and cuda");
        }
        catch (AsmException)
        {
            return new("device", Health.Good, "cpu (this build or machine has no CUDA, which nothing needs)");
        }
    }

    private static Finding OpenJpeg() => Jpeg2000Source.DecoderVersion is { } version
        ? new("JPEG 2000 (OpenJPEG)", Health.Good, version)
        : new("JPEG 2000 (OpenJPEG)", Health.Missing,
            "not found: .SAFE products and other .jp2 files cannot be read. Debian, Ubuntu: apt install libopenjp2-7; "
            + "macOS: brew install openjpeg; Windows: openjp2.dll beside the program");

    private static Finding Try(string name, string fix, Func<string> check)
    {
        try
        {
            return new(name, Health.Good, check());
        }
        catch (Exception e) when (e is AsmException or DllNotFoundException
            or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            return new(name, Health.Bad, $"{(e.InnerException ?? e).Message}\n  fix: {fix}");
        }
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");
}
