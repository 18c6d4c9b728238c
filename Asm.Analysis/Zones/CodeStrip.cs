using Asm.Raster.Grids;
using Asm.Raster.Windows;

namespace Asm.Analysis.Zones;

/// <summary>Codes of some rows of maps on one grid; 0 where there is no data.</summary>
/// <param name="width">Columns.</param>
/// <param name="mostRows">Rows that there is room for.</param>
/// <param name="maps">How many maps.</param>
/// <param name="withSeen">True adds a layer behind the maps that is 1 where any of them has data.</param>
internal sealed class CodeStrip(int width, int mostRows, int maps, bool withSeen)
{
    /// <summary>Bytes that may be read past the end of a run: see <see cref="ClassTally.AddRun"/>.</summary>
    private const int Padding = 64;

    /// <summary>Rows whose mask is read at a time: so few that it stays in the processor's cache.</summary>
    public const int ScratchRows = 16;

    private readonly byte[][] _codes = [.. Enumerable.Range(0, maps + (withSeen ? 1 : 0))
        .Select(_ => new byte[width * mostRows + Padding])];

    /// <summary>The rows that are held.</summary>
    public PixelWindow Window { get; private set; }

    /// <summary>Bytes that a row takes.</summary>
    public static long RowBytes(int width, int maps, bool withSeen) => (maps + (withSeen ? 1L : 0)) * width;

    /// <summary>The codes of a row from a column on; behind those of the maps is what any of them has seen.</summary>
    public ReadOnlySpan<byte> Codes(int map, int row, int column) => _codes[map].AsSpan((row - Window.Row) * width + column);

    /// <summary>Reads rows.</summary>
    /// <param name="sources">The maps.</param>
    /// <param name="window">The rows, at full width.</param>
    /// <param name="scratch">Room for a byte a pixel of <see cref="ScratchRows"/>.</param>
    public void Read(IReadOnlyList<IRasterSource> sources, PixelWindow window, byte[] scratch)
    {
        Window = window;
        int count = (int)window.PixelCount;
        Span<byte> seen = withSeen ? _codes[maps].AsSpan(0, count) : [];
        seen.Clear();
        for (int map = 0; map < maps; map++)
        {
            Span<byte> codes = _codes[map].AsSpan(0, count);
            sources[map].Read(window, [0], codes);
            for (int row = 0; row < window.Height; row += ScratchRows)
                ClearMasked(sources[map], new(0, window.Row + row, width, Math.Min(ScratchRows, window.Height - row)),
                    codes[(row * width)..], scratch);
            for (int i = 0; i < seen.Length; i++) seen[i] |= codes[i] != 0 ? (byte)1 : (byte)0;
        }
    }

    private static void ClearMasked(IRasterSource source, PixelWindow rows, Span<byte> codes, byte[] scratch)
    {
        Span<byte> valid = scratch.AsSpan(0, (int)rows.PixelCount);
        source.ReadMask(rows, valid);
        if (!valid.Contains((byte)0)) return;
        for (int i = 0; i < valid.Length; i++) codes[i] = valid[i] == 0 ? (byte)0 : codes[i];
    }
}
