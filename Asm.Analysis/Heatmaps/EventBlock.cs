namespace Asm.Analysis.Heatmaps;

/// <summary>The pixels that a strip of cells needs: those of its own rows and those within the kernel's reach.</summary>
/// <param name="FirstCellRow">The topmost row of cells.</param>
/// <param name="CellRows">Rows of cells.</param>
/// <param name="FirstRow">The map's row that the first row of pixels is; below 0 above the map.</param>
/// <param name="Rows">Rows of pixels; outside of the map they are 0.</param>
/// <param name="Selected">For each pixel 1 or 0, row after row of the map's width; longer than needed.</param>
internal sealed record EventBlock(int FirstCellRow, int CellRows, int FirstRow, int Rows, byte[] Selected);
