using Asm.Raster;

namespace Asm.Maps.Stages;

/// <summary>Keeps runs over maps of codes from taking memory that makes nothing faster.</summary>
internal static class StripMemory
{
    /// <summary>Rows of the tiles of most files, and a safe number of strips that a run holds of each raster.</summary>
    private const long TileRows = 512, HeldStrips = 3;

    /// <summary>The options with no more memory than strips of one row of tiles need.</summary>
    /// <param name="run">The options.</param>
    /// <param name="ownBytes">What sources and sinks hold themselves.</param>
    /// <param name="rowBytes">Bytes of a row of all rasters.</param>
    public static RunOptions Of(RunOptions run, long ownBytes, long rowBytes) =>
        run with { MaxMemoryBytes = Math.Min(run.MaxMemoryBytes, ownBytes + HeldStrips * TileRows * rowBytes) };
}
