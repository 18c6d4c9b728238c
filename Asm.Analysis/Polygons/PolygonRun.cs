using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Vectors;
using Asm.Raster.Windows;

namespace Asm.Analysis.Polygons;

/// <summary>One run of <see cref="ClassPolygons"/>: reads ahead, traces, and writes behind.</summary>
internal sealed class PolygonRun
{
    private readonly ClassMap _map;
    private readonly IRasterSource? _confidence;
    private readonly IFeatureSink _sink;
    private readonly PolygonOptions _options;
    private readonly RunOptions _run;
    private readonly byte[] _codeOf = new byte[256];
    private readonly IRasterSource _codes;
    private readonly double _pixelHectares;
    private readonly RingAssembly _assembly;
    private long _regions, _pixels, _droppedRegions, _droppedPixels;

    /// <summary>The pixels of a strip; codes that are not asked for are 0, confidence is NaN where there is none.</summary>
    private sealed record Strip(PixelWindow Window, byte[] Codes, float[] Confidence);

    public PolygonRun(ClassMap map, IReadOnlyList<byte> codes, IRasterSource? confidence,
        IFeatureSink sink, PolygonOptions options, RunOptions run)
    {
        (_map, _confidence, _sink, _options, _run) = (map, confidence, sink, options, run);
        GeoGrid grid = map.Source.Info.Grid;
        if (confidence is not null) grid.RequireSame(confidence.Info.Grid, map.Source.Name, confidence.Name);
        double metres = Ground.MetresPerUnit(map.Source, "an area in hectares");
        _pixelHectares = grid.PixelWidth * metres * grid.PixelHeight * metres / 10_000;
        foreach (byte code in codes) _codeOf[code] = code;
        // Who asks for every code gets those without a name too.
        _codes = codes.Count < byte.MaxValue ? AssumedClasses.Check(map) : map.Source;
        _codeOf[0] = 0;
        _assembly = new(grid);
    }

    /// <summary>Runs, in strips of about so many pixels.</summary>
    public PolygonSummary Execute(int stripPixels)
    {
        GeoGrid grid = _map.Source.Info.Grid;
        int rows = Math.Clamp(stripPixels / grid.Width, 1, grid.Height);
        long need = _map.Source.BufferBytes + (_confidence?.BufferBytes ?? 0) + 4L * rows * grid.Width * (_confidence is null ? 2 : 7);
        if (need > _run.MaxMemoryBytes)
            throw _run.TooLittleMemory($"polygons: a map {grid.Width} pixels wide", need);
        var tracer = new RegionTracer(grid.Width, _options.Connectivity);
        Pipeline.Run(Read(grid, rows), strip =>
        {
            var finished = new List<FinishedRegion>();
            for (int row = 0; row < strip.Window.Height; row++)
            {
                ReadOnlySpan<float> confidence = _confidence is null ? [] : strip.Confidence.AsSpan(row * grid.Width, grid.Width);
                tracer.AddRow(strip.Codes.AsSpan(row * grid.Width, grid.Width), confidence, finished);
            }
            if (strip.Window.Bottom == grid.Height) tracer.Finish(finished);
            return (strip.Window.Bottom, Regions: finished);
        }, traced =>
        {
            foreach (FinishedRegion region in traced.Regions) Write(region);
            _run.Progress?.Report(new("polygons", traced.Bottom, grid.Height));
        }, 1, _run.Cancellation);
        _run.Inputs?.RequireUnchanged();
        _sink.Complete();
        return new(_regions, _pixels, _pixels * _pixelHectares, _droppedRegions, _droppedPixels);
    }

    private IEnumerable<Strip> Read(GeoGrid grid, int rows)
    {
        var valid = new byte[rows * grid.Width];
        for (int row = 0; row < grid.Height; row += rows)
        {
            var window = new PixelWindow(0, row, grid.Width, Math.Min(rows, grid.Height - row));
            int count = (int)window.PixelCount;
            var codes = new byte[count];
            _codes.ReadWithValidity<byte>(window, [0], codes, valid.AsSpan(0, count));
            for (int i = 0; i < count; i++) codes[i] = valid[i] != 0 ? _codeOf[codes[i]] : (byte)0;
            yield return new(window, codes, _confidence is null ? [] : ReadConfidence(_confidence, window, valid.AsSpan(0, count)));
        }
    }

    private static float[] ReadConfidence(IRasterSource source, PixelWindow window, Span<byte> valid)
    {
        BandInfo band = source.Info.Bands[0];
        var values = new float[window.PixelCount];
        source.ReadWithValidity<float>(window, [0], values, valid);
        for (int i = 0; i < values.Length; i++) values[i] = valid[i] != 0 ? (float)(values[i] * band.Scale + band.Offset) : float.NaN;
        return values;
    }

    private void Write(FinishedRegion region)
    {
        _run.Cancellation.ThrowIfCancellationRequested();
        double hectares = region.Pixels * _pixelHectares;
        if (hectares < _options.MinAreaHectares)
        {
            _droppedRegions++;
            _droppedPixels += region.Pixels;
            return;
        }
        _regions++;
        _pixels += region.Pixels;
        object?[] values = [_map.NameOf(region.Code), (long)region.Code, hectares, region.Pixels];
        _sink.Add(_assembly.Build(region.Rings), _confidence is null ? values : [.. values, region.MeanConfidence]);
    }
}
