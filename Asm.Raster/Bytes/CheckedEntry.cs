using System.IO.Compression;

namespace Asm.Raster.Bytes;

/// <summary>The bytes of an entry of a ZIP file, which end with an error where they are not those that were packed.</summary>
/// <remarks>Neither the length nor the CRC-32 of an entry is looked at by <see cref="ZipArchive"/>.</remarks>
internal sealed class CheckedEntry : Stream
{
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _bytes;
    private uint _crc;
    private long _count;

    private CheckedEntry(ZipArchiveEntry entry) => (_entry, _bytes) = (entry, entry.Open());

    /// <summary>Opens an entry for reading from its start to its end.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged; reading throws it too.</exception>
    public static Stream Open(ZipArchiveEntry entry) => new CheckedEntry(entry);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _entry.Length;

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        int read = _bytes.Read(buffer);
        _count += read;
        _crc = Crc32.Append(_crc, buffer[..read]);
        if (_count > _entry.Length || read == 0 && _count < _entry.Length)
            throw new InvalidDataException($"{_entry.FullName} has {_count:N0} bytes, not the {_entry.Length:N0} that were packed");
        // The last byte is not handed out before all are known to be right: who reads as many as there should be asks for no more.
        if (_count == _entry.Length && _crc != _entry.Crc32)
            throw new InvalidDataException(
                $"{_entry.FullName} has the CRC-32 {_crc:x8}, not {_entry.Crc32:x8}: its bytes are not those that were packed");
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _bytes.Dispose();
        base.Dispose(disposing);
    }
}
