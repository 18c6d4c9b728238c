using Asm.Analysis.Ensembling;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Tests.Analysis.Ensembling;

/// <summary>Dates and ensembles in memory.</summary>
internal static class Dates
{
    public static readonly string[] Classes = ["mines", "built", "vegetation"];

    /// <summary>A float32 date; samples are band after band.</summary>
    public static ProbabilityMap Floats(GeoGrid grid, params float[] samples) =>
        ProbabilityMap.Of(new MemoryRaster<float>(grid, [.. Classes.Select(n => new BandInfo { Name = n, NoData = -1 })], samples, "floats"));

    /// <summary>A date as this product writes it; samples are band after band.</summary>
    public static ProbabilityMap Bytes(GeoGrid grid, params byte[] samples) =>
        ProbabilityMap.Of(new MemoryRaster<byte>(grid, [.. Classes.Select(n => new BandInfo { Name = n, NoData = 0, Scale = 1.0 / 255 })], samples, "bytes"));

    /// <summary>Probabilities that add up to about 1, a third of the pixels without data.</summary>
    public static float[] RandomFloats(int seed, int pixels)
    {
        var random = new Random(seed);
        var samples = new float[3 * pixels];
        for (int i = 0; i < pixels; i++)
        {
            float a = random.NextSingle(), b = random.NextSingle(), c = random.NextSingle(), sum = a + b + c;
            (samples[i], samples[pixels + i], samples[2 * pixels + i]) = random.Next(3) == 0 ? (-1, -1, -1) : (a / sum, b / sum, c / sum);
        }
        return samples;
    }

    /// <summary>Probabilities 1..255 that add up to 255, a third of the pixels without data.</summary>
    public static byte[] RandomBytes(int seed, int pixels)
    {
        var random = new Random(seed);
        var samples = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++)
        {
            if (random.Next(3) == 0) continue;
            int first = random.Next(1, 254), second = random.Next(1, 255 - first);
            (samples[i], samples[pixels + i], samples[2 * pixels + i]) = ((byte)first, (byte)second, (byte)(255 - first - second));
        }
        return samples;
    }

    /// <summary>All outputs of an ensemble.</summary>
    public sealed class Result
    {
        public Result(GeoGrid grid, bool floats = false)
        {
            RasterInfo Share(string name, int bands = 1) => new() { Grid = grid, SampleType = SampleType.UInt8, Bands = [.. Enumerable.Repeat(new BandInfo { Name = name, NoData = 0 }, bands)] };
            (Classes, Agreement, Confidence, Entropy, Margin, Counts) = (new(Share("classes")), new(Share("agreement")), new(Share("confidence")), new(Share("entropy")), new(Share("margin")), new(Share("dates")));
            if (floats) Floats = new(Share("p", 3) with { SampleType = SampleType.Float32 });
            else Bytes = new(Share("p", 3));
        }

        public MemoryRaster<byte> Classes { get; }

        public MemoryRaster<byte> Agreement { get; }

        public MemoryRaster<byte> Confidence { get; }

        public MemoryRaster<byte> Entropy { get; }

        public MemoryRaster<byte> Margin { get; }

        public MemoryRaster<byte> Counts { get; }

        public MemoryRaster<byte>? Bytes { get; }

        public MemoryRaster<float>? Floats { get; }

        public EnsembleSinks Sinks => new() { Classes = Classes, Agreement = Agreement, Confidence = Confidence, Entropy = Entropy, Margin = Margin, Dates = Counts, Probabilities = (IRasterSink?)Bytes ?? Floats };

        /// <summary>Everything but probabilities in one sequence, to compare.</summary>
        public byte[] All => [.. Classes.Samples, .. Agreement.Samples, .. Confidence.Samples, .. Entropy.Samples, .. Margin.Samples, .. Counts.Samples, .. Bytes?.Samples ?? []];
    }

    /// <summary>Runs an ensemble into memory.</summary>
    public static Result Run(ProbabilityMap[] maps, bool floats = false, RunOptions? run = null)
    {
        var result = new Result(Ensemble.GridOf(maps), floats);
        Ensemble.Run(maps, result.Sinks, run);
        return result;
    }
}
