using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// Decompresses whole zlib streams (RFC 1950, RFC 1951) from memory to memory, faster than <see cref="System.IO.Compression.ZLibStream"/>:
/// a code and its extra bits are dropped in one step, and nothing is checked more than once in a few symbols.
/// </summary>
internal sealed unsafe class Inflater
{
    /// <summary>Bytes that must be readable after the source: the bit buffer is filled eight bytes at a time.</summary>
    public const int SourceSlack = 8;

    private const int LastBlock = 1, Stored = 0, Fixed = 1, Dynamic = 2, EndOfBlock = 256;

    /// <summary>The longest copy, and what it may write too far.</summary>
    private const int OutputSlack = 258 + 16;

    private readonly HuffmanTable _literals = new(HuffmanTable.LiteralBits, 288);
    private readonly HuffmanTable _distances = new(HuffmanTable.DistanceBits, 32), _lengthCodes = new(HuffmanTable.LengthCodeBits, 0);
    private byte* _source, _sourceEnd, _start, _output, _outputEnd;
    private ulong _bits;
    private int _bitCount;

    /// <summary>Decodes until the destination is full or the stream ends, and returns the bytes written.</summary>
    /// <param name="source">The stream, followed by <see cref="SourceSlack"/> bytes of anything.</param>
    /// <param name="length">Bytes of the stream.</param>
    /// <param name="destination">Receives the bytes; where the stream ends with it, the checksum is verified.</param>
    /// <exception cref="InvalidDataException">The stream is damaged.</exception>
    public int Decode(ReadOnlySpan<byte> source, int length, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, source.Length - SourceSlack);
        if (length < 2 || (source[0] & 0x0F) != 8 || source[0] >> 4 > 7
            || (source[0] << 8 | source[1]) % 31 != 0 || (source[1] & 0x20) != 0)
            throw new InvalidDataException("no zlib stream");
        fixed (byte* from = source, to = destination)
        {
            _source = from + 2;
            _sourceEnd = from + length;
            _start = _output = to;
            _outputEnd = to + destination.Length;
            (_bits, _bitCount) = (0, 0);
            bool ended = Run();
            if (ended) Verify(destination[..(int)(_output - to)]);
            return (int)(_output - to);
        }
    }

    /// <summary>Decodes block after block; false where the output was full before the stream ended.</summary>
    private bool Run()
    {
        bool last;
        do
        {
            uint header = Take(3);
            last = (header & LastBlock) != 0;
            bool ended;
            switch (header >> 1)
            {
                case Stored:
                    ended = CopyStored();
                    break;
                case Fixed:
                    _literals.Build(HuffmanTable.FixedLiterals, HuffmanTable.LiteralSymbols);
                    _distances.Build(HuffmanTable.FixedDistances, HuffmanTable.DistanceSymbols);
                    ended = DecodeBlock();
                    break;
                case Dynamic:
                    ReadCodes();
                    ended = DecodeBlock();
                    break;
                default:
                    throw new InvalidDataException("deflate block of an unknown kind");
            }
            if (!ended) return false;
        }
        while (!last);
        return true;
    }

    private bool CopyStored()
    {
        Take(_bitCount & 7);
        uint length = Take(16), complement = Take(16);
        if ((length ^ complement) != 0xFFFF) throw new InvalidDataException("deflate block with a damaged length");
        // Whole bytes that are in the bit buffer already are given back.
        _source -= _bitCount >> 3;
        (_bits, _bitCount) = (0, 0);
        if (length > _sourceEnd - _source) throw Truncated();
        uint count = (uint)Math.Min(length, _outputEnd - _output);
        Unsafe.CopyBlockUnaligned(_output, _source, count);
        _output += count;
        _source += count;
        return count == length;
    }

    /// <summary>Reads the code lengths of a dynamic block (RFC 1951, 3.2.7).</summary>
    private void ReadCodes()
    {
        int literalCount = (int)Take(5) + 257, distanceCount = (int)Take(5) + 1, lengthCount = (int)Take(4) + 4;
        if (literalCount > 286 || distanceCount > 30) throw new InvalidDataException("deflate block with too many codes");
        Span<byte> lengths = stackalloc byte[286 + 30];
        lengths.Clear();
        ReadOnlySpan<byte> order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        for (int i = 0; i < lengthCount; i++) lengths[order[i]] = (byte)Take(3);
        _lengthCodes.Build(lengths[..19], HuffmanTable.PlainSymbols);
        lengths.Clear();

        for (int i = 0; i < literalCount + distanceCount;)
        {
            Fill();
            uint entry = _lengthCodes.Entries[(int)_bits & ((1 << HuffmanTable.LengthCodeBits) - 1)];
            if (entry == 0) throw new InvalidDataException("deflate code that stands for nothing");
            Drop((byte)entry);
            int symbol = (int)(entry >> HuffmanTable.ValueShift);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }
            if (symbol == 16 && i == 0) throw new InvalidDataException("deflate code length that repeats nothing");
            byte value = symbol == 16 ? lengths[i - 1] : (byte)0;
            int repeat = symbol switch { 16 => 3 + (int)Take(2), 17 => 3 + (int)Take(3), _ => 11 + (int)Take(7) };
            if (repeat > literalCount + distanceCount - i) throw new InvalidDataException("deflate code lengths that run too far");
            lengths.Slice(i, repeat).Fill(value);
            i += repeat;
        }
        if (lengths[EndOfBlock] == 0) throw new InvalidDataException("deflate block without an end");
        _literals.Build(lengths[..literalCount], HuffmanTable.LiteralSymbols);
        _distances.Build(lengths.Slice(literalCount, distanceCount), HuffmanTable.DistanceSymbols);
    }

    /// <summary>Decodes one compressed block; false where the output was full before the block ended.</summary>
    /// <remarks>Compiled once and well: the slow first version would run for the first seconds of each program.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeBlock()
    {
        fixed (uint* literals = _literals.Entries, distances = _distances.Entries)
        {
            // Fields are copied to locals, which stay in registers.
            byte* source = _source, output = _output, start = _start, sourceEnd = _sourceEnd,
                fastOutputEnd = _outputEnd - _start > OutputSlack ? _outputEnd - OutputSlack : _start;
            ulong bits = _bits;
            int bitCount = _bitCount;
            const uint LiteralMask = (1u << HuffmanTable.LiteralBits) - 1, DistanceMask = (1u << HuffmanTable.DistanceBits) - 1;
            bool ended = false;
            if (source <= sourceEnd && output < fastOutputEnd)
            {
                Refill(ref source, ref bits, ref bitCount);
                uint entry = literals[(uint)bits & LiteralMask];
                while (true)
                {
                    // There are 56 bits or more: enough for four literals, and to know the entry after them.
                    for (int literal = 0; literal < 4 && (entry & HuffmanTable.LiteralFlag) != 0; literal++)
                    {
                        bits >>= (int)entry;
                        bitCount -= (byte)entry;
                        *output++ = (byte)(entry >> HuffmanTable.ValueShift);
                        entry = literals[(uint)bits & LiteralMask];
                    }
                    if (source > sourceEnd || output >= fastOutputEnd) break;
                    // Fills in above the bits that the entry was looked up with.
                    Refill(ref source, ref bits, ref bitCount);
                    if ((entry & HuffmanTable.LiteralFlag) != 0) continue;

                    if ((entry & HuffmanTable.LinkFlag) != 0)
                        entry = literals[(entry >> HuffmanTable.ValueShift)
                            + ((uint)(bits >> HuffmanTable.LiteralBits) & HuffmanTable.LinkMask(HuffmanTable.LiteralBits))];
                    ulong before = bits;
                    bits >>= (int)entry;
                    bitCount -= (byte)entry;
                    if ((entry & HuffmanTable.LiteralFlag) != 0) *output++ = (byte)(entry >> HuffmanTable.ValueShift);
                    else if ((entry & HuffmanTable.EndFlag) != 0)
                    {
                        ended = true;
                        break;
                    }
                    else
                    {
                        int length = Value(entry, before);
                        uint other = distances[(uint)bits & DistanceMask];
                        if ((other & HuffmanTable.LinkFlag) != 0)
                            other = distances[(other >> HuffmanTable.ValueShift)
                                + ((uint)(bits >> HuffmanTable.DistanceBits) & HuffmanTable.LinkMask(HuffmanTable.DistanceBits))];
                        int distance = Value(other, bits);
                        bits >>= (int)other;
                        bitCount -= (byte)other;
                        if (entry == 0 || other == 0 || distance > output - start) throw Invalid();
                        Copy(output, distance, length);
                        output += length;
                    }
                    if (source > sourceEnd || output >= fastOutputEnd) break;
                    Refill(ref source, ref bits, ref bitCount);
                    entry = literals[(uint)bits & LiteralMask];
                }
            }
            if (source > sourceEnd)
            {
                // The last bytes that were read are none of the stream's.
                bitCount -= 8 * (int)(source - sourceEnd);
                source = sourceEnd;
                if (bitCount < 0) throw Truncated();
            }
            // Bits above the count are copies of bytes that are read again.
            _source = source;
            _output = output;
            _bitCount = bitCount;
            _bits = bits & ((1UL << bitCount) - 1);
            return ended || DecodeRest(literals, distances);
        }
    }

    /// <summary>Reads eight bytes and keeps as many as the bit buffer has room for: 56 to 63 bits are in it then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Refill(ref byte* source, ref ulong bits, ref int bitCount)
    {
        bits |= BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(source, 8)) << bitCount;
        source += (uint)(63 - bitCount) >> 3;
        bitCount |= 56;
    }

    /// <summary>The same, symbol by symbol, where input or output come to their ends.</summary>
    private bool DecodeRest(uint* literals, uint* distances)
    {
        while (true)
        {
            uint entry = TakeSymbol(literals, HuffmanTable.LiteralBits, out ulong before);
            if ((entry & HuffmanTable.EndFlag) != 0) return true;
            if (_output == _outputEnd) return false;
            if ((entry & HuffmanTable.LiteralFlag) != 0)
            {
                *_output++ = (byte)(entry >> HuffmanTable.ValueShift);
                continue;
            }
            int length = Value(entry, before);
            entry = TakeSymbol(distances, HuffmanTable.DistanceBits, out before);
            int distance = Value(entry, before);
            if (distance > _output - _start) throw Invalid();
            for (; length > 0; length--)
            {
                if (_output == _outputEnd) return false;
                *_output = *(_output - distance);
                _output++;
            }
        }
    }

    private uint TakeSymbol(uint* table, int tableBits, out ulong before)
    {
        Fill();
        before = _bits;
        uint entry = table[(uint)_bits & ((1u << tableBits) - 1)];
        if ((entry & HuffmanTable.LinkFlag) != 0)
            entry = table[(entry >> HuffmanTable.ValueShift) + ((uint)(_bits >> tableBits) & HuffmanTable.LinkMask(tableBits))];
        if (entry == 0) throw Invalid();
        Drop((byte)entry);
        return entry;
    }

    /// <summary>
    /// A length or distance: its base and what the extra bits after the code add, taken from the bits before they were dropped.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Value(uint entry, ulong before) =>
        (int)(entry >> HuffmanTable.ValueShift)
        + (int)((before & ((1UL << (byte)entry) - 1)) >> ((int)(entry >> HuffmanTable.CodeShift) & 15));

    /// <summary>Copies bytes that were written before; may write 16 bytes too far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(byte* to, int distance, int length)
    {
        // No call in here: it would drive the decoder's variables out of their registers.
        byte* from = to - distance, end = to + length;
        if (distance >= 8)
        {
            do
            {
                *(ulong*)to = *(ulong*)from;
                from += 8;
                to += 8;
            }
            while (to < end);
        }
        else if (distance == 1)
        {
            ulong run = 0x0101_0101_0101_0101UL * *from;
            do
            {
                *(ulong*)to = run;
                to += 8;
            }
            while (to < end);
        }
        else
        {
            do *to++ = *from++;
            while (to < end);
        }
    }

    private uint Take(int count)
    {
        Fill();
        uint value = (uint)(_bits & ((1UL << count) - 1));
        Drop(count);
        return value;
    }

    /// <summary>Fills the bit buffer byte by byte; after the end with zeros that must not be used.</summary>
    private void Fill()
    {
        for (; _bitCount <= 56 && _source < _sourceEnd; _bitCount += 8) _bits |= (ulong)*_source++ << _bitCount;
    }

    private void Drop(int count)
    {
        if (count > _bitCount) throw Truncated();
        _bits >>= count;
        _bitCount -= count;
    }

    private void Verify(ReadOnlySpan<byte> decoded)
    {
        Take(_bitCount & 7);
        uint stored = BinaryPrimitives.ReverseEndianness(Take(16) | Take(16) << 16);
        if (stored != Adler32.Compute(decoded)) throw new InvalidDataException("the checksum differs");
    }

    private static InvalidDataException Invalid() => new("deflate code that stands for nothing");

    private static InvalidDataException Truncated() => new("the stream ends too early");
}
