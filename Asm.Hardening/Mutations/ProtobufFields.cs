namespace Asm.Hardening.Mutations;

/// <summary>
/// Changes one field of a message in Protocol Buffers' wire format (an ONNX model), at any depth, and corrects the lengths of the messages
/// around it. Without a schema: a field of bytes is taken as a message where it reads as one.
/// </summary>
internal static class ProtobufFields
{
    private const int MaxDepth = 8;

    /// <summary>The changed message; null where the bytes are no message.</summary>
    public static byte[]? Mutate(byte[] original, Random random) => Change(original, random, 0);

    private static byte[]? Change(byte[] message, Random random, int depth)
    {
        if (Fields(message) is not { Count: > 0 } fields) return null;
        int chosen = random.Next(fields.Count);
        Field field = fields[chosen];
        byte[] head = message[..field.Start], tail = message[field.End..], whole = message[field.Start..field.End];
        if (field.Wire == 2 && depth < MaxDepth && random.Next(4) > 0)
        {
            byte[] content = message[field.Content..field.End];
            byte[]? inner = Change(content, random, depth + 1);
            if (inner is null)
                inner = content.Length > 0 && Tokens.IsText(content) ? Tokens.Mutate(content, random) : Bits(content, random);
            return [.. head, .. Varint(field.Key), .. Varint((ulong)inner.Length), .. inner, .. tail];
        }
        return random.Next(4) switch
        {
            0 => [.. head, .. tail],
            1 => [.. head, .. whole, .. whole, .. tail],
            _ when field.Wire == 0 => [.. head, .. Varint(field.Key), .. Varint(Nasty.Number(random)), .. tail],
            2 => [.. head, .. Varint(field.Key ^ (1UL << random.Next(3, 7))), .. message[field.AfterKey..]],
            _ => [.. head, .. Bits(whole, random), .. tail],
        };
    }

    private static byte[] Bits(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        byte[] changed = [.. bytes];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static List<Field>? Fields(byte[] message)
    {
        var fields = new List<Field>();
        for (int at = 0; at < message.Length;)
        {
            int start = at;
            if (ReadVarint(message, ref at) is not { } key || key >> 3 == 0) return null;
            int afterKey = at, content = at;
            long end;
            switch (key & 7)
            {
                case 0:
                    if (ReadVarint(message, ref at) is null) return null;
                    end = at;
                    break;
                case 1: end = at + 8L; break;
                case 5: end = at + 4L; break;
                case 2:
                    if (ReadVarint(message, ref at) is not { } length || length > (ulong)message.Length) return null;
                    content = at;
                    end = at + (long)length;
                    break;
                default: return null;
            }
            if (end > message.Length) return null;
            fields.Add(new(key, (int)(key & 7), start, afterKey, content, at = (int)end));
        }
        return fields;
    }

    private static ulong? ReadVarint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        return null;
    }

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private readonly record struct Field(ulong Key, int Wire, int Start, int AfterKey, int Content, int End);
}
