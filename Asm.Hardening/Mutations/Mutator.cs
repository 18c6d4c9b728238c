namespace Asm.Hardening.Mutations;

/// <summary>
/// Changes the bytes of a file: anywhere, or where the format has numbers, texts, fields and lengths, so that the change reaches what lies
/// behind the first check. The same random numbers give the same bytes.
/// </summary>
/// <remarks>
/// Of the suite's own making: SharpFuzz finds its way by coverage, which needs afl-fuzz and instrumented assemblies on each machine; this
/// needs nothing, and knows the formats.
/// </remarks>
internal static class Mutator
{
    /// <summary>The changed bytes of a file.</summary>
    public static byte[] Mutate(byte[] original, Random random)
    {
        // One in three changes knows nothing of the format.
        if (original.Length == 0 || random.Next(3) == 0) return Anywhere(original, random);
        byte[]? changed = original switch
        {
            [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..] => TiffFields.Mutate(original, random),
            [(byte)'P', (byte)'K', 3, 4, ..] => ZipEntries.Mutate(original, random),
            [(byte)'S', (byte)'Q', (byte)'L', ..] => null,
            _ when Tokens.IsText(original) => Tokens.Mutate(original, random),
            _ => ProtobufFields.Mutate(original, random),
        };
        return changed ?? Anywhere(original, random);
    }

    private static byte[] Anywhere(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(bytes.Length), length = random.Next(Math.Min(64, bytes.Length - at)) + 1;
        switch (random.Next(7))
        {
            case 0:
                return bytes[..at];
            case 1:
                for (int flips = random.Next(1, 9); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes.AsSpan(at).Fill((byte)random.Next(256));
                return bytes;
            case 3:
                // A number of 1, 2, 4 or 8 bytes, in either order.
                Span<byte> number = stackalloc byte[8];
                BitConverter.TryWriteBytes(number, Nasty.Number(random));
                number = number[..(1 << random.Next(4))];
                if (random.Next(2) == 0) number.Reverse();
                number[..Math.Min(number.Length, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
                return bytes;
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            default:
                int from = random.Next(bytes.Length - length + 1);
                original.AsSpan(from, length).CopyTo(bytes.AsSpan(at));
                return bytes;
        }
    }
}
