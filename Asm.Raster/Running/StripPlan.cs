using Asm.Raster.Grids;

namespace Asm.Raster.Running;

/// <summary>How high strips are.</summary>
internal static class StripPlan
{
    /// <summary>Lower strips would read every tile of a file too often.</summary>
    private const int Lowest = 64;

    /// <summary>As many rows as the memory allows, of heights that go well with tiles; more than 1,024 make nothing faster.</summary>
    /// <param name="stage">What is being done, for messages.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="pixelBytes">Bytes that a pixel takes in all strips that are held at a time.</param>
    /// <param name="mostBands">Bands of the raster that has most.</param>
    /// <param name="ownBytes">Bytes that sources and sinks hold themselves.</param>
    /// <param name="options">The memory limit.</param>
    /// <exception cref="AsmException">The memory is too little for the lowest strips.</exception>
    public static int Height(string stage, GeoGrid grid, long pixelBytes, int mostBands, long ownBytes, RunOptions options)
    {
        long rowBytes = pixelBytes * grid.Width;
        for (int height = 1024; height >= Lowest; height /= 2)
        {
            int rows = Math.Min(height, grid.Height);
            if (ownBytes + rows * rowBytes <= options.MaxMemoryBytes && (long)rows * grid.Width * mostBands <= Array.MaxLength) return rows;
        }
        throw options.TooLittleMemory($"{stage}: rasters {grid.Width} pixels wide", ownBytes + Math.Min(Lowest, grid.Height) * rowBytes);
    }
}
