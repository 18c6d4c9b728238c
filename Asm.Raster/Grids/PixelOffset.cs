namespace Asm.Raster.Grids;

/// <summary>The position of one pixel in a grid: column from the left, row from the top, both from 0.</summary>
public readonly record struct PixelOffset(int Column, int Row);
