using Asm.Raster.Running;

namespace Asm.Raster.GeoTiff.Writing;

/// <summary>
/// A nameless file for compressed tiles in the order in which they get ready. Its name is taken away at once, so that nothing stays behind
/// even when the process is killed. Safe for concurrent calls.
/// </summary>
internal sealed class TileSpool : IDisposable
{
    private readonly FileStream _file;
    private long _length;

    /// <summary>Creates the file beside the output: that is where space for it must be anyway.</summary>
    public TileSpool(string outputPath)
    {
        string path = AsideFile.NameBeside(outputPath, "spool");
        _file = AsideFile.NewFile(path, share: FileShare.ReadWrite | FileShare.Delete);
        File.Delete(path);
        Leftovers.Remove(path);
    }

    /// <summary>Stores bytes and returns where they lie.</summary>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long at = Interlocked.Add(ref _length, bytes.Length) - bytes.Length;
        RandomAccess.Write(_file.SafeFileHandle, bytes, at);
        return at;
    }

    /// <summary>Reads bytes that were stored.</summary>
    public void Read(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (count == 0) throw new EndOfStreamException("the temporary file ends early");
            offset += count;
            bytes = bytes[count..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
