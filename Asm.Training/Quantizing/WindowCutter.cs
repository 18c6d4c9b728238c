using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Windows;
using Asm.Training.Configuration;
using Asm.Training.Patches;

namespace Asm.Training.Quantizing;

/// <summary>Cuts the windows that a network is calibrated and compared on. Windows of one stack do not overlap.</summary>
internal sealed class WindowCutter(ModelDescription model, ulong seed)
{
    private const int LeastCells = 4;

    private readonly int _alignment = model.ReceptiveField?.AlignmentPixels
        ?? throw new AsmException(model.Name, $"its view is not bounded: {model.Unbounded}",
            "a fully convolutional network", "quantise a model that asm-train export wrote");

    /// <summary>Windows drawn at random from a stack, at least half of each with data.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="count">The most windows wanted; fewer where the stack has fewer.</param>
    /// <exception cref="AsmException">The stack lacks a band, or has no two such windows.</exception>
    public List<CalibrationWindow> Draw(IRasterSource stack, int count)
    {
        ModelBands bands = ModelBands.Match(stack, model);
        PixelWindow[] cells = Cells(stack.Info.Grid);
        PatchHash.Generator(seed, 0).Shuffle(cells);
        List<CalibrationWindow> windows = [.. cells.Select(c => Read(stack, bands, c))
            .Where(w => w.Valid.Count((byte)1) >= w.Valid.Length / 2).Take(count)];
        if (windows.Count < 2)
            throw new AsmException(stack.Name, $"has {windows.Count} windows of {cells[0].Width} px of which half or more are data",
                "2 or more", "give a stack with more data");
        return windows;
    }

    /// <summary>The most windows that <see cref="All"/> gives of a stack.</summary>
    public int Count(IRasterSource stack) => Cells(stack.Info.Grid).Length;

    /// <summary>All of a stack, window after window.</summary>
    /// <exception cref="AsmException">The stack lacks a band, or has no data.</exception>
    public IEnumerable<CalibrationWindow> All(IRasterSource stack)
    {
        ModelBands bands = ModelBands.Match(stack, model);
        bool any = false;
        foreach (PixelWindow cell in Cells(stack.Info.Grid))
        {
            CalibrationWindow window = Read(stack, bands, cell);
            if (!window.Valid.Contains((byte)1)) continue;
            any = true;
            yield return window;
        }
        if (!any) throw new AsmException(stack.Name, "has no pixel with data", "a stack with data", "give another stack");
    }

    /// <summary>Windows of simulated scenes, each another place with another radiometry.</summary>
    /// <param name="first">Number of the first; other numbers are other places.</param>
    /// <param name="count">How many.</param>
    public IEnumerable<CalibrationWindow> Simulate(int first, int count)
    {
        int side = Side;
        var patches = new SimulatedPatches(new SimulatedPatchConfig(), side, seed);
        int[] bands = [.. model.Bands.Select(name => patches.BandNames.ToList().IndexOf(name))];
        if (bands.Contains(-1))
            throw new AsmException(model.Name, $"its bands are {string.Join(' ', model.Bands)}",
                $"some of {string.Join(' ', patches.BandNames)}, which the simulation has",
                "give a stack that has them: --calibrate STACK.tif");
        int plane = side * side;
        var all = new float[patches.BandNames.Count * plane];
        for (int i = first; i < first + count; i++)
        {
            var label = new byte[plane];
            patches.Read(i, all, label);
            var reflectance = new float[bands.Length * plane];
            for (int b = 0; b < bands.Length; b++) all.AsSpan(bands[b] * plane, plane).CopyTo(reflectance.AsSpan(b * plane));
            var valid = new byte[plane];
            for (int p = 0; p < plane; p++) valid[p] = all[p] > 0 ? (byte)1 : (byte)0;
            FillInvalid(reflectance, valid);
            yield return new(reflectance, valid, side, side);
        }
    }

    private int Side => Math.Max(_alignment, model.WindowPixels / _alignment * _alignment);

    // Small stacks get smaller windows, so that some are left to compare on.
    private PixelWindow[] Cells(GeoGrid grid)
    {
        int side = Side;
        while (side > _alignment && (long)Across(grid.Width, side) * Across(grid.Height, side) < LeastCells) side -= _alignment;
        return [.. Enumerable.Range(0, Across(grid.Height, side))
            .SelectMany(y => Enumerable.Range(0, Across(grid.Width, side)).Select(x => new PixelWindow(x * side, y * side, side, side)))];
    }

    private static int Across(int size, int side) => (size + side - 1) / side;

    /// <summary>Reads a window; what lies outside of the raster is no data.</summary>
    private CalibrationWindow Read(IRasterSource stack, ModelBands bands, PixelWindow window)
    {
        PixelWindow inside = window.Intersect(stack.Info.Grid.FullWindow);
        int count = (int)inside.PixelCount, plane = (int)window.PixelCount;
        var samples = new float[bands.Indices.Length * count];
        var insideValid = new byte[count];
        stack.ReadWithValidity<float>(inside, bands.Indices, samples, insideValid);
        var reflectance = new float[bands.Indices.Length * plane];
        var valid = new byte[plane];
        for (int y = 0; y < inside.Height; y++)
        {
            insideValid.AsSpan(y * inside.Width, inside.Width).CopyTo(valid.AsSpan(y * window.Width));
            for (int b = 0; b < bands.Indices.Length; b++)
            {
                (float scale, float offset) = bands.ToReflectance[b];
                for (int x = 0; x < inside.Width; x++)
                    reflectance[b * plane + y * window.Width + x] = samples[b * count + y * inside.Width + x] * scale + offset;
            }
        }
        FillInvalid(reflectance, valid);
        return new(reflectance, valid, window.Height, window.Width);
    }

    private void FillInvalid(float[] reflectance, byte[] valid)
    {
        for (int i = 0; i < reflectance.Length; i++)
            if (valid[i % valid.Length] == 0) reflectance[i] = model.BandMean[i / valid.Length];
    }
}
