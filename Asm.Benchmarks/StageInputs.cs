using Asm.Raster.GeoTiff.Writing;
using Asm.Raster.Running;
using Asm.Raster.Windows;
using Asm.Simulation;
using Asm.Simulation.Scenes;

namespace Asm.Benchmarks;

/// <summary>
/// Inputs for comparing the stages after prediction with their peers: probability maps of three dates, and class maps of two overlapping
/// tiles in two seasons, as uint8. Their classes are a simulated place's, blurred by smooth noise as a network's are, with clouds. Names
/// are those of the peers' scripts.
/// </summary>
internal static class StageInputs
{
    private const byte NoData = 0;

    /// <summary>Writes g00_p0_d0_prob.tif to g00_p0_d2_prob.tif, and g0T_pS_class.tif for tiles T and seasons S of 0 and 1.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="width">Columns of a tile.</param>
    /// <param name="height">Rows of a tile.</param>
    public static void Write(string folder, int width, int height)
    {
        Directory.CreateDirectory(folder);
        for (int tile = 0; tile < 2; tile++)
        {
            // A tenth of the first tile's columns are in the second one too.
            int offset = tile * (width - width / 10);
            var options = new SimulationOptions
            {
                Width = width,
                Height = height,
                Seed = 7,
                OriginX = 600_000 + 10.0 * offset,
                Offset = new(offset, 0)
            };
            var scene = new SimulatedScene(options);
            for (int season = 0; season < 2; season++)
            {
                int dates = tile == 0 && season == 0 ? 3 : 1;
                for (int date = 0; date < dates; date++)
                    WriteDate(folder, scene.Truth(season), $"g0{tile}_p{season}", date, dates == 3, offset, 10 * season + date);
            }
        }
    }

    private static void WriteDate(string folder, IRasterSource truth, string name, int date, bool probabilities, int offset, int seed)
    {
        string[] names = ["mines", "built", "vegetation"];
        var input = new WindowInput<byte>(truth, readValidity: false);
        var outputs = new List<WindowOutput>();
        WindowOutput<byte>? classes = null, shares = null;
        if (date == 0)
        {
            RasterInfo info = truth.Info with { Metadata = new Dictionary<string, string>() };
            outputs.Add(classes = new(CogSink.Create(Path.Combine(folder, $"{name}_class.tif"),
                info, new CogOptions { Overwrite = true })));
        }
        if (probabilities)
        {
            var info = new RasterInfo
            {
                Grid = truth.Info.Grid,
                SampleType = SampleType.UInt8,
                Bands = [.. names.Select(n => new BandInfo { Name = n, NoData = NoData, Scale = 1.0 / 255 })]
            };
            outputs.Add(shares = new(CogSink.Create(Path.Combine(folder, $"{name}_d{date}_prob.tif"),
                info, new CogOptions { Overwrite = true })));
        }
        WindowRunner.Run($"{name} date {date}", [input], outputs, (in WindowFrame frame) =>
        {
            ReadOnlySpan<byte> truths = frame.Samples(input);
            Span<double> p = stackalloc double[3];
            for (int i = 0; i < truths.Length; i++)
            {
                int x = frame.Window.Column + i % frame.Window.Width + offset, y = frame.Window.Row + i / frame.Window.Width;
                bool cloud = Noise(x, y, 400, seed, 9) > 0.75;
                int best = 0;
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    p[k] = Math.Exp((truths[i] == k + 1 ? 3 : 0) + 3 * Noise(x, y, 14, seed, k) + 0.6 * Hash(x, y, seed, k));
                    sum += p[k];
                    if (p[k] > p[best]) best = k;
                }
                if (classes is not null) frame.Samples(classes)[i] = cloud ? NoData : (byte)(best + 1);
                if (shares is null) continue;
                for (int k = 0; k < 3; k++) frame.Samples(shares, k)[i] = cloud ? NoData : (byte)(1 + Math.Round(254 * p[k] / sum));
            }
        });
    }

    /// <summary>Values 0..1 on a lattice of a cell's width, with straight lines between.</summary>
    private static double Noise(int x, int y, int cell, int seed, int layer)
    {
        (int cx, int cy) = (x / cell, y / cell);
        double fx = x % cell / (double)cell, fy = y % cell / (double)cell;
        double top = double.Lerp(Hash(cx, cy, seed, layer + 16), Hash(cx + 1, cy, seed, layer + 16), fx);
        return double.Lerp(top, double.Lerp(Hash(cx, cy + 1, seed, layer + 16), Hash(cx + 1, cy + 1, seed, layer + 16), fx), fy);
    }

    private static double Hash(int x, int y, int seed, int layer)
    {
        ulong h = ((ulong)(uint)x << 32 | (uint)y) * 0x9E3779B97F4A7C15 + (ulong)(seed * 64 + layer) * 0xC2B2AE3D27D4EB4F;
        h = (h ^ h >> 32) * 0xD6E8FEB86659FD93;
        return ((h ^ h >> 32) & 0xFFFFFF) / (double)0x1000000;
    }
}
