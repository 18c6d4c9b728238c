using Asm.Maps.Classes;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Grids;

namespace Asm.Analysis.Ensembling;

/// <summary>
/// How the grid is cut: into strips, which are written, of blocks, which threads compute. A block is about a tile of the dates' files, so
/// that few tiles are decoded twice.
/// </summary>
/// <param name="StripRows">Rows of a strip.</param>
/// <param name="BlockWidth">Columns of a block.</param>
/// <param name="BlockRows">Rows of a block.</param>
/// <param name="Threads">Blocks at work at a time.</param>
internal readonly record struct EnsemblePlan(int StripRows, int BlockWidth, int BlockRows, int Threads)
{
    private const int TallestStrip = 512, LowestStrip = 64, Tile = 512;

    /// <summary>The fastest plan that fits the memory.</summary>
    /// <exception cref="AsmException">None fits.</exception>
    public static EnsemblePlan Of(GeoGrid grid, IReadOnlyList<ProbabilityMap> maps, EnsembleSinks sinks, RunOptions run)
    {
        // Files in strips have blocks as wide as the file: windows of the width of a tile would decode each of them many times.
        int widest = maps.Max(m => m.Source is GeoTiffSource file ? file.Layout.BlockWidth : Tile);
        int blockWidth = Math.Min(grid.Width, Math.Max(Tile, widest));
        long own = sinks.All.Sum(s => s.BufferBytes) + maps.Sum(m => m.Source.BufferBytes);
        long stripBytes = EnsembleStrip.BytesPerPixel(sinks) * grid.Width,
            blockBytes = EnsembleBlock.BytesPerPixel(maps[0].Classes.Count, maps.Count);
        long need = 0;
        for (int rows = TallestStrip; rows >= LowestStrip; rows /= 2)
        {
            int blockRows = Math.Clamp(Tile * Tile / blockWidth, 1, rows);
            for (int threads = run.Threads; threads >= 1; threads /= 2)
            {
                need = own + stripBytes * rows + threads * blockBytes * blockWidth * blockRows;
                if (need <= run.MaxMemoryBytes) return new(rows, blockWidth, blockRows, threads);
            }
        }
        throw run.TooLittleMemory($"ensemble: rasters {grid.Width} pixels wide", need, ", or ask for fewer `outputs`");
    }

    /// <summary>True where blocks of usual size hold whole tiles of a file.</summary>
    public static bool HoldsTilesOf(GeoTiffLayout layout) =>
        layout.IsTiled && Tile % layout.BlockWidth == 0 && Tile % layout.BlockHeight == 0;

    /// <summary>The blocks of a strip, column after column: blocks of one column share tiles.</summary>
    public IReadOnlyList<PixelWindow> Blocks(PixelWindow strip)
    {
        var blocks = new List<PixelWindow>();
        for (int column = 0; column < strip.Width; column += BlockWidth)
            for (int row = strip.Row; row < strip.Bottom; row += BlockRows)
                blocks.Add(new(column, row, Math.Min(BlockWidth, strip.Width - column), Math.Min(BlockRows, strip.Bottom - row)));
        return blocks;
    }
}
