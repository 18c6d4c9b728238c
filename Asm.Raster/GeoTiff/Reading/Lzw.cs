namespace Asm.Raster.GeoTiff.Reading;

/// <summary>LZW as TIFF uses it: codes of 9 to 12 bits, most significant bit first, one code early (TIFF 6.0, section 13).</summary>
internal static class Lzw
{
    private const int Clear = 256, End = 257, First = 258, MaxCodes = 4096;

    /// <summary>Decodes until the destination is full or the codes end, and returns the bytes written.</summary>
    /// <exception cref="InvalidDataException">A code stands for nothing.</exception>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length >= 2 && source[0] == 0 && (source[1] & 1) != 0)
            throw new InvalidDataException(
                "LZW of the old kind with its bits reversed; rewrite the file with gdal_translate -co COMPRESS=DEFLATE");

        // The string of a code is the string of the code before it and one byte more. Both lie together in the output already, so a place
        // and a length in the output are all that the table keeps.
        Span<int> starts = stackalloc int[MaxCodes];
        Span<int> lengths = stackalloc int[MaxCodes];
        int written = 0, read = 0, next = First, width = 9, available = 0, lastStart = 0, lastLength = 0;
        ulong bits = 0;
        while (written < destination.Length)
        {
            while (available < width)
            {
                if (read == source.Length) return written;
                bits = bits << 8 | source[read++];
                available += 8;
            }
            available -= width;
            int code = (int)(bits >> available) & ((1 << width) - 1);
            if (code == End) return written;
            if (code == Clear)
            {
                (next, width, lastLength) = (First, 9, 0);
                continue;
            }

            // The new code is known before its last byte is: that byte is the first one of the string that comes now.
            if (lastLength > 0 && next < MaxCodes)
            {
                starts[next] = lastStart;
                lengths[next++] = lastLength + 1;
            }
            int length = 1;
            if (code < Clear) destination[written] = (byte)code;
            else
            {
                if (code >= next) throw new InvalidDataException($"LZW code {code} of {next} known ones");
                length = Math.Min(lengths[code], destination.Length - written);
                Copy(destination, starts[code], written, length);
            }
            (lastStart, lastLength) = (written, length);
            written += length;
            if (next >= (1 << width) - 1 && width < 12) width++;
        }
        return written;
    }

    /// <summary>Copies within the output. Source and target may share bytes, and then the source grows as it is copied.</summary>
    private static void Copy(Span<byte> output, int from, int to, int length)
    {
        if (length >= 16 && from + length <= to) output.Slice(from, length).CopyTo(output[to..]);
        else
            for (int i = 0; i < length; i++) output[to + i] = output[from + i];
    }
}
