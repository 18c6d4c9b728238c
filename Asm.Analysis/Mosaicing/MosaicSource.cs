using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Mosaicing;

/// <summary>The class codes of a mosaic, computed window by window. Only tiles that meet a window are read for it.</summary>
internal sealed class MosaicSource : IRasterSource
{
    /// <summary>Rows that are put together at a time: those of a tile of most files.</summary>
    private const int PartRows = 512;

    private static readonly int[] OneBand = [0];

    private readonly IReadOnlyList<PlacedTile> _tiles;
    private readonly MosaicRule _rule;

    public MosaicSource(IReadOnlyList<PlacedTile> tiles, RasterInfo info, MosaicRule rule) => (_tiles, Info, _rule) = (tiles, info, rule);

    /// <inheritdoc/>
    public string Name => "mosaic";

    /// <inheritdoc/>
    public RasterInfo Info { get; }

    /// <inheritdoc/>
    public long BufferBytes
    {
        get
        {
            long widest = _tiles.Max(t => (long)t.Map.Extent.Width * (_rule == MosaicRule.MaxProbability ? 4 * t.Bands.Length + 4 : 1));
            return PartRows * (widest + Info.Grid.Width * (_rule == MosaicRule.MaxProbability ? 4L : 0L));
        }
    }

    /// <inheritdoc/>
    public void Read<T>(PixelWindow window, ReadOnlySpan<int> bands, Span<T> destination) where T : unmanaged, INumber<T>
    {
        if (!Info.Grid.FullWindow.Contains(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, $"not inside of {Info.Grid.Width} x {Info.Grid.Height}");
        for (int row = window.Row; row < window.Bottom; row += PartRows)
        {
            PixelWindow part = window with { Row = row, Height = Math.Min(PartRows, window.Bottom - row) };
            int count = checked((int)part.PixelCount);
            // Codes are put together where they are wanted, unless they are wanted as another type.
            Span<T> wanted = destination.Slice((row - window.Row) * window.Width, count);
            byte[] rented = typeof(T) == typeof(byte) ? [] : ArrayPool<byte>.Shared.Rent(count);
            Span<byte> codes = typeof(T) == typeof(byte) ? MemoryMarshal.Cast<T, byte>(wanted) : rented.AsSpan(0, count);
            float[] best = _rule == MosaicRule.MaxProbability ? ArrayPool<float>.Shared.Rent(count) : [];
            try
            {
                codes.Clear();
                foreach (PlacedTile tile in _tiles)
                {
                    PixelWindow met = part.Intersect(tile.Map.Extent);
                    if (met.IsEmpty) continue;
                    if (_rule != MosaicRule.MaxProbability) AddCodes(tile, met, part, codes);
                    else if (tile.Tile.HasProbabilities) AddProbabilities(tile, met, part, codes, best);
                    else AddConfidence(tile, met, part, codes, best);
                }
                if (rented.Length > 0) SampleTypes.Convert<byte, T>(codes, wanted);
            }
            finally
            {
                if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
                if (best.Length > 0) ArrayPool<float>.Shared.Return(best);
            }
        }
    }

    /// <summary>Nothing to release: the tiles are their owner's.</summary>
    public void Dispose() { }

    private void AddCodes(PlacedTile tile, PixelWindow met, PixelWindow part, Span<byte> codes)
    {
        byte[] samples = ArrayPool<byte>.Shared.Rent((int)met.PixelCount);
        try
        {
            ReadCodes(tile, met, samples);
            for (int y = 0; y < met.Height; y++)
            {
                Span<byte> to = codes.Slice(Index(met, part, y), met.Width);
                ReadOnlySpan<byte> from = samples.AsSpan(y * met.Width, met.Width);
                if (_rule == MosaicRule.MaxClass) TensorPrimitives.Max(to, from, to);
                else
                    for (int x = 0; x < to.Length; x++)
                        if (to[x] == 0) to[x] = from[x];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(samples);
        }
    }

    /// <summary>Reads class codes; one that no class has would win over all classes, or name nothing.</summary>
    private static void ReadCodes(PlacedTile tile, PixelWindow met, byte[] samples)
    {
        tile.Map.Read(met, OneBand, samples);
        byte highest = (byte)tile.Tile.Classes[^1].Code;
        int bad = samples.AsSpan(0, (int)met.PixelCount).IndexOfAnyExceptInRange((byte)0, highest);
        if (bad >= 0)
            throw new AsmException(tile.Tile.Map.Name, $"has a pixel of code {samples[bad]}, which is no class",
                $"0 no data, {Asm.Maps.Classes.MapClasses.List(tile.Tile.Classes)}",
                "recode the map, or name its classes in the .aux.xml beside it (CategoryNames)");
    }

    private static void AddConfidence(PlacedTile tile, PixelWindow met, PixelWindow part, Span<byte> codes, float[] best)
    {
        int count = (int)met.PixelCount;
        byte[] samples = ArrayPool<byte>.Shared.Rent(count), valid = ArrayPool<byte>.Shared.Rent(count);
        float[] confidence = ArrayPool<float>.Shared.Rent(count);
        try
        {
            ReadCodes(tile, met, samples);
            tile.Confidence!.Read(met, OneBand, confidence, valid);
            for (int i = 0; i < count; i++)
                if (valid[i] == 0) samples[i] = 0;
            for (int y = 0; y < met.Height; y++)
                Take(tile, samples.AsSpan(y * met.Width, met.Width), confidence.AsSpan(y * met.Width, met.Width),
                    codes.Slice(Index(met, part, y), met.Width), best.AsSpan(Index(met, part, y), met.Width));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(samples);
            ArrayPool<byte>.Shared.Return(valid);
            ArrayPool<float>.Shared.Return(confidence);
        }
    }

    private static void AddProbabilities(PlacedTile tile, PixelWindow met, PixelWindow part, Span<byte> codes, float[] best)
    {
        int count = (int)met.PixelCount;
        float[] samples = ArrayPool<float>.Shared.Rent(checked(count * tile.Bands.Length));
        byte[] winners = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            tile.Map.Read(met, tile.Bands, samples, winners);
            RequireWhole(tile.Tile.Probabilities!, samples, winners, count);
            Span<float> highest = samples.AsSpan(0, count);
            for (int c = 1; c < tile.Bands.Length; c++)
            {
                ReadOnlySpan<float> band = samples.AsSpan(c * count, count);
                for (int i = 0; i < count; i++)
                    if (winners[i] != 0 && band[i] > highest[i]) (highest[i], winners[i]) = (band[i], (byte)(c + 1));
            }
            for (int y = 0; y < met.Height; y++)
                Take(tile, winners.AsSpan(y * met.Width, met.Width), highest.Slice(y * met.Width, met.Width),
                    codes.Slice(Index(met, part, y), met.Width), best.AsSpan(Index(met, part, y), met.Width));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(samples);
            ArrayPool<byte>.Shared.Return(winners);
        }
    }

    /// <summary>Refuses probabilities that do not add up to 1.</summary>
    private static void RequireWhole(Asm.Maps.Classes.ProbabilityMap map, ReadOnlySpan<float> samples, ReadOnlySpan<byte> valid, int count)
    {
        double tolerance = map.SumTolerance;
        for (int i = 0; i < count; i++)
        {
            if (valid[i] == 0) continue;
            double sum = 0;
            for (int at = i; at < count * map.Classes.Count; at += count) sum += samples[at];
            if (!(Math.Abs(map.SumOf(sum) - 1) <= tolerance))
                throw map.Unfit($"the probabilities of the classes of a pixel add up to {map.SumOf(sum):0.######}", sum);
        }
    }

    /// <summary>Takes classes that are more probable than those so far, or as probable and of a lower code.</summary>
    private static void Take(PlacedTile tile, ReadOnlySpan<byte> from, ReadOnlySpan<float> samples, Span<byte> codes, Span<float> best)
    {
        for (int x = 0; x < from.Length; x++)
        {
            if (from[x] == 0) continue;
            double probability = tile.Tile.Scale.Of(samples[x]);
            if (!(probability >= -Asm.Maps.Classes.ProbabilityScale.Tolerance
                && probability <= 1 + Asm.Maps.Classes.ProbabilityScale.Tolerance))
                throw new AsmException((tile.Confidence is null ? tile.Tile.Map : tile.Tile.Confidence!).Name,
                    $"has a probability of {probability:0.######}", "probabilities of 0..1",
                    "if the sample means no data, declare it: gdal_edit.py -a_nodata SAMPLE FILE");
            float p = (float)probability;
            if (codes[x] != 0 && !(p > best[x]) && !(p == best[x] && from[x] < codes[x])) continue;
            (codes[x], best[x]) = (from[x], p);
        }
    }

    private static int Index(PixelWindow met, PixelWindow part, int row) =>
        (met.Row - part.Row + row) * part.Width + met.Column - part.Column;
}
