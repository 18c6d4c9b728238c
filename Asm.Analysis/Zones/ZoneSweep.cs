using System.Collections.Concurrent;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Zones;

/// <summary>Reads maps on one grid strip by strip and tallies shapes and the whole.</summary>
internal sealed class ZoneSweep
{
    /// <summary>Strips that are held at a time: one being read, one at work.</summary>
    private const int HeldStrips = 2;

    /// <summary>Rows of the whole map that one thread tallies. Fixed, so that sums do not depend on threads and strips.</summary>
    private const int WholeRows = 64;

    private readonly IReadOnlyList<IRasterSource> _sources;
    private readonly IReadOnlyList<ZoneShape> _shapes;
    private readonly GroundArea _ground;
    private readonly RunOptions _run;
    private readonly GeoGrid _grid;
    private readonly bool _withSeen;

    /// <param name="sources">Rasters of codes on one grid.</param>
    /// <param name="withSeen">True also tallies what any of them has seen.</param>
    /// <param name="shapes">What is measured; each has a tally for every raster, and one more for what any of them has seen.</param>
    /// <param name="ground">The areas of the pixels.</param>
    /// <param name="run">Threads, memory, progress and cancellation.</param>
    public ZoneSweep(IReadOnlyList<IRasterSource> sources, bool withSeen,
        IReadOnlyList<ZoneShape> shapes, GroundArea ground, RunOptions run) =>
        (_sources, _withSeen, _shapes, _ground, _run, _grid) = (sources, withSeen, shapes, ground, run, sources[0].Info.Grid);

    /// <summary>Tallies all shapes, and returns the tallies of all pixels: one for each raster, and what any of them has seen.</summary>
    /// <param name="onlyShapes">True leaves out rows that no shape touches; then the whole is not tallied.</param>
    public ClassTally[] Run(bool onlyShapes = false)
    {
        int height = StripHeight();
        ClassTally[] whole = [.. Enumerable.Range(0, _sources.Count + (_withSeen ? 1 : 0)).Select(_ => new ClassTally())];
        var free = new ConcurrentBag<CodeStrip>();
        IEnumerable<CodeStrip> Read()
        {
            byte[] scratch = new byte[CodeStrip.ScratchRows * _grid.Width];
            for (int row = 0; row < _grid.Height; row += height)
            {
                var window = new PixelWindow(0, row, _grid.Width, Math.Min(height, _grid.Height - row));
                if (onlyShapes && !_shapes.Any(shape => Meets(shape, window))) continue;
                if (!free.TryTake(out CodeStrip? strip)) strip = new CodeStrip(_grid.Width, height, _sources.Count, _withSeen);
                strip.Read(_sources, window, scratch);
                yield return strip;
            }
        }
        Pipeline.Run(Read(), strip =>
        {
            Tally(strip, onlyShapes ? null : whole);
            int done = strip.Window.Bottom;
            free.Add(strip);
            return done;
        }, done => _run.Progress?.Report(new("zones", done, _grid.Height)), 0, _run.Cancellation);
        return whole;
    }

    private static bool Meets(ZoneShape shape, PixelWindow window) =>
        shape.Coverage.FirstRow < window.Bottom && shape.Coverage.EndRow > window.Row;

    /// <summary>Shapes are shared out over the threads, so that each of them sums its rows in order.</summary>
    private void Tally(CodeStrip strip, ClassTally[]? whole)
    {
        ZoneShape[] shapes = [.. _shapes.Where(shape => Meets(shape, strip.Window))];
        int blocks = (strip.Window.Height + WholeRows - 1) / WholeRows;
        ClassTally[] parts = [.. Enumerable.Range(0, whole is null ? 0 : blocks * whole.Length).Select(_ => new ClassTally())];
        SharedWork.For(-parts.Length, shapes.Length, _run, i =>
        {
            if (i < 0)
            {
                (int map, int block) = Math.DivRem(-1 - i, blocks);
                TallyWhole(strip, map, block * WholeRows, parts[-1 - i]);
                return;
            }
            var visitor = new TallyVisitor(strip, shapes[i].Tallies, _ground);
            shapes[i].Coverage.Visit(strip.Window.Row, strip.Window.Bottom, ref visitor);
        });
        for (int part = 0; part < parts.Length; part++) whole![part / blocks].Add(parts[part]);
    }

    private void TallyWhole(CodeStrip strip, int map, int first, ClassTally tally)
    {
        int start = strip.Window.Row + first, end = Math.Min(start + WholeRows, strip.Window.Bottom);
        for (int row = start; row < end; row++)
            tally.AddRun(ref System.Runtime.InteropServices.MemoryMarshal.GetReference(strip.Codes(map, row, 0)),
                _grid.Width, row, 0, _ground);
    }

    /// <summary>As many rows as the memory allows, up to 512, the height of the tiles of a Cloud Optimized GeoTIFF.</summary>
    private int StripHeight()
    {
        long own = _sources.Sum(source => source.BufferBytes) + _shapes.Sum(shape => shape.Coverage.MemoryBytes),
            rowBytes = HeldStrips * CodeStrip.RowBytes(_grid.Width, _sources.Count, _withSeen);
        for (int height = 512; height >= 64; height /= 2)
        {
            int rows = Math.Min(height, _grid.Height);
            if (own + rows * rowBytes <= _run.MaxMemoryBytes && (long)rows * _grid.Width <= Array.MaxLength - 64) return rows;
        }
        throw _run.TooLittleMemory($"zones: {_sources.Count} maps {_grid.Width} pixels wide", own + Math.Min(64, _grid.Height) * rowBytes);
    }
}
