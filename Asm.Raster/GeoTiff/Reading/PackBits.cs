namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Byte runs (TIFF 6.0, section 9).</summary>
internal static class PackBits
{
    /// <summary>Decodes until the destination is full or the source ends, and returns the bytes written.</summary>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        int written = 0, read = 0;
        while (written < destination.Length && read + 1 < source.Length)
        {
            int head = (sbyte)source[read++];
            if (head >= 0)
            {
                int count = Math.Min(Math.Min(head + 1, source.Length - read), destination.Length - written);
                source.Slice(read, count).CopyTo(destination[written..]);
                read += count;
                written += count;
            }
            else if (head != -128)
            {
                int count = Math.Min(1 - head, destination.Length - written);
                destination.Slice(written, count).Fill(source[read++]);
                written += count;
            }
        }
        return written;
    }
}
