namespace Asm.Raster.GeoTiff.Reading;

/// <summary>
/// A table that decodes a prefix code of deflate: indexed with the next bits of the stream; longer codes go on in a second table.
/// </summary>
/// <remarks>
/// An entry: bits 0 to 7 how many bits to drop, with the extra bits that follow the code; bits 8 to 11 the bits of the code alone; bit
/// 12 end of block; bit 13 link to a second table; bits 16 to 30 a literal, the base of a length or distance, or the index of the second
/// table; bit 31 literal. Entry 0 stands for no symbol.
/// </remarks>
internal sealed class HuffmanTable(int tableBits, int longCodes)
{
    public const int LiteralBits = 11, DistanceBits = 9, LengthCodeBits = 7, MaxBits = 15;
    public const int CodeShift = 8, ValueShift = 16;
    public const uint EndFlag = 1 << 12, LinkFlag = 1 << 13, LiteralFlag = 1u << 31;

    /// <summary>
    /// Entries of the symbols 0 to 285 of literals and lengths (RFC 1951, 3.2.5); the bits of the code are added for each code.
    /// </summary>
    public static readonly uint[] LiteralSymbols = MakeLiteralSymbols();

    /// <summary>Entries of the distance symbols 0 to 29.</summary>
    public static readonly uint[] DistanceSymbols = MakeDistanceSymbols();

    /// <summary>Entries of symbols that stand for themselves.</summary>
    public static readonly uint[] PlainSymbols = [.. Enumerable.Range(0, 19).Select(i => (uint)i << ValueShift)];

    /// <summary>
    /// Code lengths of fixed blocks (RFC 1951, 3.2.6); the last two symbols of each are never used but complete the code.
    /// </summary>
    public static readonly byte[] FixedLiterals = [.. Enumerable.Range(0, 288)
        .Select(i => (byte)(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))];

    /// <summary>See <see cref="FixedLiterals"/>.</summary>
    public static readonly byte[] FixedDistances = [.. Enumerable.Repeat((byte)5, 32)];

    /// <summary>The table. No long code is alone in its second table, so there are at most half as many of these as long codes.</summary>
    public uint[] Entries { get; } = new uint[(1 << tableBits) + longCodes / 2 * (1 << (MaxBits - tableBits))];

    /// <summary>Mask for the index in a second table.</summary>
    public static uint LinkMask(int tableBits) => (1u << (MaxBits - tableBits)) - 1;

    /// <summary>Builds the table from the length of each symbol's code.</summary>
    /// <param name="lengths">Bits of the code of each symbol, 0 where it has none.</param>
    /// <param name="symbols">What each symbol stands for; symbols beyond it stand for nothing.</param>
    /// <exception cref="InvalidDataException">The lengths make no prefix code.</exception>
    public void Build(ReadOnlySpan<byte> lengths, uint[] symbols)
    {
        Span<int> counts = stackalloc int[MaxBits + 1], next = stackalloc int[MaxBits + 1];
        counts.Clear();
        foreach (byte length in lengths) counts[length]++;
        counts[0] = 0;
        int code = 0, used = 0, room = 1;
        for (int bits = 1; bits <= MaxBits; bits++)
        {
            code = (code + counts[bits - 1]) << 1;
            next[bits] = code;
            used += counts[bits];
            room = (room << 1) - counts[bits];
            if (room < 0) throw new InvalidDataException("deflate code that is over-subscribed");
        }
        // Only a single code of one bit, or none at all, may leave room (RFC 1951, 3.2.7).
        if (room > 0 && !(used == 0 || (used == 1 && counts[1] == 1))) throw new InvalidDataException("deflate code that is incomplete");

        uint[] entries = Entries;
        Array.Clear(entries, 0, 1 << tableBits);
        int free = 1 << tableBits;
        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0) continue;
            int reversed = Reverse(next[length]++, length);
            uint entry = symbol < symbols.Length ? symbols[symbol] + (uint)(length | length << CodeShift) : 0;
            if (length <= tableBits)
            {
                for (int i = reversed; i < 1 << tableBits; i += 1 << length) entries[i] = entry;
                continue;
            }
            int first = reversed & ((1 << tableBits) - 1);
            if (entries[first] == 0)
            {
                entries[first] = LinkFlag | (uint)free << ValueShift;
                free += 1 << (MaxBits - tableBits);
            }
            int second = (int)(entries[first] >> ValueShift);
            for (int i = reversed >> tableBits; i < 1 << (MaxBits - tableBits); i += 1 << (length - tableBits)) entries[second + i] = entry;
        }
    }

    private static int Reverse(int code, int length)
    {
        // Swaps neighbours, then pairs, then fours, then bytes of 16 bits.
        code = (code & 0x5555) << 1 | (code >> 1 & 0x5555);
        code = (code & 0x3333) << 2 | (code >> 2 & 0x3333);
        code = (code & 0x0F0F) << 4 | (code >> 4 & 0x0F0F);
        code = (code & 0x00FF) << 8 | code >> 8;
        return code >> (16 - length);
    }

    private static uint[] MakeLiteralSymbols()
    {
        uint[] symbols = new uint[286];
        for (int i = 0; i < 256; i++) symbols[i] = LiteralFlag | (uint)i << ValueShift;
        symbols[256] = EndFlag;
        uint length = 3;
        for (int i = 257; i < 285; i++)
        {
            int extra = i < 265 ? 0 : (i - 261) / 4;
            symbols[i] = (uint)extra | length << ValueShift;
            length += 1u << extra;
        }
        symbols[285] = 258u << ValueShift;
        return symbols;
    }

    private static uint[] MakeDistanceSymbols()
    {
        uint[] symbols = new uint[30];
        uint distance = 1;
        for (int i = 0; i < 30; i++)
        {
            int extra = i < 4 ? 0 : (i - 2) / 2;
            symbols[i] = (uint)extra | distance << ValueShift;
            distance += 1u << extra;
        }
        return symbols;
    }
}
