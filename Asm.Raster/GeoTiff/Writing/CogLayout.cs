namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// Puts a Cloud Optimized GeoTIFF together: header, all directories from the full resolution down, then the tiles from the smallest
/// overview up to the full resolution. That is the order in which GDAL's validator wants them.
/// </summary>
internal static class CogLayout
{
    private const int CopyBytes = 1 << 20;

    /// <summary>Writes the file.</summary>
    /// <param name="describe">Makes the directory of a level without the places of its tiles, for BigTIFF or classic TIFF.</param>
    /// <param name="levels">The resolutions, the full one first.</param>
    /// <param name="spool">Holds the tiles.</param>
    /// <param name="classicLimitBytes">A longer file becomes a BigTIFF.</param>
    /// <param name="to">Receives the file.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static void Write(Func<int, bool, TiffDirectoryBuilder> describe, IReadOnlyList<PyramidLevel> levels,
        TileSpool spool, long classicLimitBytes, Stream to, CancellationToken cancellation)
    {
        bool isBig = Place(describe, levels, isBig: false).Length > classicLimitBytes;
        (TiffDirectoryBuilder[] directories, int headerBytes, long length) = Place(describe, levels, isBig);
        to.SetLength(length);
        to.Write(isBig ? [0x49, 0x49, 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0] : [0x49, 0x49, 42, 0, 8, 0, 0, 0]);
        long at = headerBytes;
        for (int i = 0; i < directories.Length; i++)
        {
            byte[] bytes = directories[i].ToBytes(at, i == directories.Length - 1);
            to.Write(bytes);
            at += bytes.Length;
        }

        byte[] buffer = new byte[CopyBytes];
        for (int i = levels.Count - 1; i >= 0; i--)
            foreach (int index in levels[i].FileOrder())
            {
                cancellation.ThrowIfCancellationRequested();
                (long offset, int count) = levels[i][index];
                if (buffer.Length < count) buffer = new byte[count];
                spool.Read(offset, buffer.AsSpan(0, count));
                to.Write(buffer, 0, count);
            }
    }

    /// <summary>Directories with the places of the tiles, and the length of the whole.</summary>
    private static (TiffDirectoryBuilder[] Directories, int HeaderBytes, long Length) Place(Func<int, bool, TiffDirectoryBuilder> describe,
        IReadOnlyList<PyramidLevel> levels, bool isBig)
    {
        int headerBytes = isBig ? 16 : 8;
        TiffDirectoryBuilder[] directories = [.. levels.Select((_, i) => describe(i, isBig))];
        // How long a directory is depends on how many tiles it lists, not on where they are.
        for (int i = 0; i < levels.Count; i++) SetTiles(directories[i], levels[i], new long[levels[i].TileCount]);
        long at = headerBytes + directories.Sum(d => d.ByteCount);
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            var offsets = new long[levels[i].TileCount];
            foreach (int index in levels[i].FileOrder())
            {
                offsets[index] = at;
                at += levels[i][index].Length;
            }
            // Too large for classic TIFF: the caller sees it from the length.
            if (isBig || at <= uint.MaxValue) SetTiles(directories[i], levels[i], offsets);
        }
        return (directories, headerBytes, at);
    }

    private static void SetTiles(TiffDirectoryBuilder directory, PyramidLevel level, long[] offsets)
    {
        directory.SetOffsets(TiffTag.TileOffsets, offsets);
        directory.Set(TiffTag.TileByteCounts, [.. Enumerable.Range(0, level.TileCount).Select(i => (uint)level[i].Length)]);
    }
}
