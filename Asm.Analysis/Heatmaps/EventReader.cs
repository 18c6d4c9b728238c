using System.Collections.Concurrent;
using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Heatmaps;

/// <summary>
/// Reads which pixels of a map are counted, in blocks that overlap by the reach of the kernel. Every row of the map is read once.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="codes">The codes that are counted.</param>
/// <param name="geometry">The cells.</param>
/// <param name="reachRows">Rows of pixels above and below the centre of a cell that it depends on; half a cell at least.</param>
/// <param name="cellRows">Rows of cells of a block.</param>
internal sealed class EventReader(IRasterSource map, IReadOnlyList<byte> codes, HeatmapGeometry geometry, int reachRows, int cellRows)
{
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>Pixels counted in what was read so far.</summary>
    public long Pixels { get; private set; }

    /// <summary>Rows of pixels of a block of so many rows of cells.</summary>
    public static int RowsOf(HeatmapGeometry geometry, int reachRows, int cellRows) => (cellRows - 1) * geometry.Factor + 2 * reachRows + 1;

    /// <summary>The blocks from top to bottom.</summary>
    public IEnumerable<EventBlock> Read()
    {
        (int width, int height) = (map.Info.Grid.Width, map.Info.Grid.Height);
        var isCounted = new byte[256];
        foreach (byte code in codes) isCounted[code] = 1;
        int most = RowsOf(geometry, reachRows, cellRows);
        var shared = new byte[checked(Math.Max(0, 2 * reachRows + 1 - geometry.Factor) * width)];
        var valid = new byte[checked(most * width)];
        for (int cell = 0, read = 0; cell < geometry.Cells.Height; cell += cellRows)
        {
            int count = Math.Min(cellRows, geometry.Cells.Height - cell),
                first = geometry.Centre(cell) - reachRows, rows = RowsOf(geometry, reachRows, count);
            byte[] selected = _free.TryTake(out byte[]? used) ? used : new byte[most * width];
            int inside = cell == 0 ? -first : 0;
            if (cell == 0) selected.AsSpan(0, inside * width).Clear();
            else
            {
                shared.CopyTo(selected, 0);
                inside = shared.Length / width;
            }
            int end = Math.Clamp(first + rows, read, height);
            if (end > read)
            {
                var window = new PixelWindow(0, read, width, end - read);
                Span<byte> samples = selected.AsSpan(inside * width, (int)window.PixelCount);
                map.ReadWithValidity<byte>(window, [0], samples, valid.AsSpan(0, samples.Length));
                long counted = 0;
                for (int i = 0; i < samples.Length; i++) counted += samples[i] = (byte)(isCounted[samples[i]] & valid[i]);
                Pixels += counted;
                inside += end - read;
                read = end;
            }
            if (inside < rows) selected.AsSpan(inside * width, (rows - inside) * width).Clear();
            selected.AsSpan(rows * width - shared.Length, shared.Length).CopyTo(shared);
            yield return new(cell, count, first, rows, selected);
        }
    }

    /// <summary>Takes the array of a block back that is done with.</summary>
    public void Release(EventBlock block) => _free.Add(block.Selected);
}
