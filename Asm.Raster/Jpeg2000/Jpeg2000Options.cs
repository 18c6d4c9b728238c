using Asm.Raster.Grids;

namespace Asm.Raster.Jpeg2000;

/// <summary>How a JPEG 2000 file is read.</summary>
public sealed record Jpeg2000Options
{
    /// <summary>Rows of decoded tiles that are kept for the next call, 0 or more.</summary>
    /// <remarks>
    /// One is enough for strips that follow each other from top to bottom, two where they overlap by a few rows: each
    /// tile is then decoded once.
    /// </remarks>
    public int KeptTileRows { get; init; } = 2;

    /// <summary>
    /// Grids that the file may have where it does not tell its place itself: the one with as many columns and rows is taken.
    /// </summary>
    public IReadOnlyList<GeoGrid> Grids { get; init; } = [];

    /// <summary>Bounds the threads of several files that are read at a time; null: each call uses the threads of the run.</summary>
    public TaskScheduler? Scheduler { get; init; }
}
