using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ZstdSharp;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>Reads one block of an image and turns it into samples in the byte order of this machine. Safe for concurrent calls.</summary>
internal sealed class BlockDecoder(TiffFile file, TiffImage image)
{
    [ThreadStatic]
    private static Decompressor? s_zstd;

    [ThreadStatic]
    private static Inflater? s_inflater;

    /// <summary>Refuses a block that is too short for its rows, so that no memory is taken for it.</summary>
    public void RequireBytes(int block, int rows)
    {
        long stored = (long)rows * image.StoredRowBytes, byteCount = image.Location(block).ByteCount;
        if (stored > Math.Clamp(byteCount, 0, file.Length) * image.Compression.MaxExpansion())
            throw file.Damaged($"block {block} has {byteCount} bytes in {image.Compression.GdalName()}",
                $"enough for {stored} bytes of samples");
    }

    /// <summary>Decodes a block that is stored and passes <see cref="RequireBytes"/>.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="samples">Receives the rows that the block stores, <see cref="TiffImage.RowBytes"/> each.</param>
    /// <exception cref="RasterFormatException">The block is damaged.</exception>
    public void Decode(int block, Span<byte> samples)
    {
        int rows = samples.Length / image.RowBytes;
        if (image.BitsPerSample != 1)
        {
            ReadStored(block, samples);
            Undo(samples);
            return;
        }
        byte[] packed = ArrayPool<byte>.Shared.Rent(rows * image.StoredRowBytes);
        try
        {
            ReadStored(block, packed.AsSpan(0, rows * image.StoredRowBytes));
            for (int row = 0; row < rows; row++)
                for (int column = 0; column < image.RowBytes; column++)
                    samples[row * image.RowBytes + column] =
                        (byte)(packed[row * image.StoredRowBytes + column / 8] >> (7 - column % 8) & 1);
        }
        finally { ArrayPool<byte>.Shared.Return(packed); }
    }

    private void ReadStored(int block, Span<byte> stored)
    {
        (long offset, long byteCount) = image.Location(block);
        string what = $"block {block}";
        if (image.Compression == TiffCompression.None)
        {
            file.Read(offset, stored, what);
            return;
        }
        if (byteCount <= 0 || offset < 0 || offset > file.Length - byteCount)
            throw file.Damaged($"{what} lies at byte {offset} and is {byteCount} bytes long, but the file has {file.Length} bytes",
                "all of it inside of the file");
        // A block may be followed by slack, but no compression makes it longer than this.
        int used = (int)Math.Min(byteCount, 2L * stored.Length + 4096);
        byte[] source = ArrayPool<byte>.Shared.Rent(used + Inflater.SourceSlack);
        try
        {
            file.Read(offset, source.AsSpan(0, used), what);
            int written = Decompress(source, used, stored);
            if (written < stored.Length) throw file.Damaged($"{what} ends after {written} bytes of samples", $"{stored.Length}");
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException)
        {
            throw file.Damaged($"{what} cannot be decompressed: {e.Message}",
                $"{stored.Length} bytes of samples in {image.Compression.GdalName()}");
        }
        finally { ArrayPool<byte>.Shared.Return(source); }
    }

    private int Decompress(byte[] source, int length, Span<byte> destination)
    {
        switch (image.Compression)
        {
            case TiffCompression.Lzw: return Lzw.Decode(source.AsSpan(0, length), destination);
            case TiffCompression.PackBits: return PackBits.Decode(source.AsSpan(0, length), destination);
            case TiffCompression.Zstd:
                s_zstd ??= new Decompressor();
                return s_zstd.Unwrap(source.AsSpan(0, length), destination);
            default:
                s_inflater ??= new Inflater();
                return s_inflater.Decode(source, length, destination);
        }
    }

    /// <summary>Undoes byte order and predictor.</summary>
    private void Undo(Span<byte> samples)
    {
        int sampleBytes = image.BitsPerSample / 8;
        if (image.Predictor == 3)
        {
            PredictorDecoder.UndoFloatingPoint(samples, image.RowBytes, sampleBytes, image.SamplesPerBlockPixel);
            return;
        }
        if (file.IsLittleEndian != BitConverter.IsLittleEndian) Reverse(samples, sampleBytes);
        if (image.Predictor == 2) PredictorDecoder.UndoHorizontal(samples, image.RowBytes, sampleBytes, image.SamplesPerBlockPixel);
    }

    private static void Reverse(Span<byte> samples, int sampleBytes)
    {
        switch (sampleBytes)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(samples);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(samples);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(samples);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
