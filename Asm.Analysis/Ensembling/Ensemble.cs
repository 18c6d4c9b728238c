using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.Grids;
using Asm.Raster.Running;
using Asm.Raster.Windows;

namespace Asm.Analysis.Ensembling;

/// <summary>
/// The temporal ensemble of one tile and season: the mean of the class probabilities over the dates with data (Gallwey et
/// al. 2020, equations 1 to 3).
/// </summary>
public static class Ensemble
{
    /// <summary>
    /// The grid of an ensemble: that of the dates, or, where dates cover different parts of a tile, the grid over all of them.
    /// </summary>
    /// <exception cref="AsmException">The pixels of two dates do not coincide, or a date lies apart from all others.</exception>
    public static GeoGrid GridOf(IReadOnlyList<ProbabilityMap> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count == 0) throw new ArgumentException("an ensemble needs a date", nameof(maps));
        PixelWindow[] windows = [.. maps.Select(m => WindowIn(maps[0].Source, m.Source))];
        for (int i = 0; i < windows.Length; i++)
            if (maps.Count > 1 && !windows.Where((w, k) => k != i && !w.Intersect(windows[i]).IsEmpty).Any())
                throw new AsmException(maps[i].Source.Name, "covers no pixel of any other date",
                    "dates of one tile", "put maps of several tiles together with asm mosaic");
        return GridAlignment.Union(maps[0].Source.Info.Grid, windows);
    }

    /// <summary>Runs the ensemble and completes the sinks: all of them, or none where anything fails.</summary>
    /// <param name="maps">
    /// One map a date, of the same classes; see <see cref="GridOf"/> for their grids. Their order does not matter but for rounding of the
    /// last digit of double precision.
    /// </param>
    /// <param name="sinks">Where the results go.</param>
    /// <param name="run">Threads, memory, progress and cancellation; null for the defaults. Results do not depend on them.</param>
    /// <exception cref="AsmException">
    /// The maps do not belong together, a sample is no probability, the memory is too little, or a raster cannot be read or written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static EnsembleSummary Run(IReadOnlyList<ProbabilityMap> maps, EnsembleSinks sinks, RunOptions? run = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(sinks);
        run ??= new RunOptions();
        var clock = Stopwatch.StartNew();
        try
        {
            GeoGrid grid = GridOf(maps);
            foreach (ProbabilityMap map in maps) maps[0].RequireSameClasses(map);
            foreach (IRasterSink sink in sinks.All) grid.RequireSame(sink.Info.Grid, "the ensemble", "the output");
            if (maps.Count > ushort.MaxValue)
                throw new AsmException("ensemble", $"{maps.Count} dates", $"at most {ushort.MaxValue}", "leave some out");
            EnsembleCounts counts = Execute(grid, maps, sinks, EnsemblePlan.Of(grid, maps, sinks, run), run);
            RasterSinks.CompleteAll(sinks.All);
            return new()
            {
                Grid = grid,
                Classes = maps[0].Classes,
                ClassPixels = counts.Codes[1..],
                PixelsByDates = counts.ByDates,
                TotalTime = clock.Elapsed
            };
        }
        catch
        {
            foreach (IRasterSink sink in sinks.All) sink.Dispose();
            throw;
        }
    }

    private static EnsembleCounts Execute(GeoGrid grid, IReadOnlyList<ProbabilityMap> maps,
        EnsembleSinks sinks, EnsemblePlan plan, RunOptions run)
    {
        // Sums of samples are exact for integers, so that ties are ties; they mean the same for every date only where all have one scale.
        bool one = maps.All(m => m.Scale == maps[0].Scale);
        ProbabilityScale plain = new(1, 0), mean = one ? maps[0].Scale : plain;
        EnsembleDate[] dates = [.. maps.Select(m =>
            new EnsembleDate(m, GridAlignment.WindowIn(grid, m.Source.Info.Grid)!.Value, one ? plain : m.Scale))];
        int classes = maps[0].Classes.Count;
        var total = new EnsembleCounts(classes, dates.Length);
        var strip = new EnsembleStrip(sinks, classes, dates.Length, grid.Width, Math.Min(plan.StripRows, grid.Height), mean);
        var idle = new ConcurrentBag<EnsembleBlock>();
        for (int row = 0; row < grid.Height; row += plan.StripRows)
        {
            var window = new PixelWindow(0, row, grid.Width, Math.Min(plan.StripRows, grid.Height - row));
            strip.Begin(window);
            IReadOnlyList<PixelWindow> blocks = plan.Blocks(window);
            void Compute(int i)
            {
                EnsembleBlock block = idle.TryTake(out EnsembleBlock? used)
                    ? used
                    : new(classes, dates.Length, plan.BlockWidth * plan.BlockRows);
                block.Begin(blocks[i]);
                for (int d = 0; d < dates.Length; d++) block.Add(dates[d], d);
                var counts = new EnsembleCounts(classes, dates.Length);
                strip.Fill(block, counts);
                lock (total) total.Add(counts);
                idle.Add(block);
            }
            try
            {
                Parallel.For(0, blocks.Count,
                    new ParallelOptions { MaxDegreeOfParallelism = plan.Threads, CancellationToken = run.Cancellation }, Compute);
            }
            catch (AggregateException e) { ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); }
            strip.Write();
            run.Progress?.Report(new("ensemble", window.Bottom, grid.Height));
        }
        return total;
    }

    private static PixelWindow WindowIn(IRasterSource first, IRasterSource other) =>
        GridAlignment.WindowIn(first.Info.Grid, other.Info.Grid)
            ?? throw new GridMismatchException(first.Info.Grid, first.Name, other.Info.Grid, other.Name,
                "its pixels do not coincide with those of",
                "dates of one tile: the same CRS and pixel size, shifted by whole pixels at most",
                "use dates of one granule, or warp them onto one grid first");
}
