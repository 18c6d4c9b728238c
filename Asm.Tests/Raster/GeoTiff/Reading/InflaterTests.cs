using System.IO.Compression;
using System.Text;
using Asm.Raster.GeoTiff.Reading;

namespace Asm.Tests.Raster.GeoTiff.Reading;

/// <summary>The decompressor against the one of .NET.</summary>
public sealed class InflaterTests
{
    private static readonly ZLibCompressionStrategy[] Strategies =
        [ZLibCompressionStrategy.Default, ZLibCompressionStrategy.Fixed, ZLibCompressionStrategy.HuffmanOnly, ZLibCompressionStrategy.RunLengthEncoding, ZLibCompressionStrategy.Filtered];

    [Fact]
    public void The_checksum_of_the_encyclopaedia_example_is_known() =>
        Assert.Equal(0x11E6_0398u, Adler32.Compute(Encoding.ASCII.GetBytes("Wikipedia")));

    [Fact]
    public void The_checksum_of_many_large_bytes_does_not_overflow()
    {
        byte[] bytes = new byte[100_003];
        bytes.AsSpan().Fill(255);
        ulong a = 1, b = 0;
        foreach (byte value in bytes) (a, b) = ((a + value) % 65521, (b + a + value) % 65521);
        Assert.Equal((uint)(b << 16 | a), Adler32.Compute(bytes));
    }

    [Fact]
    public void Every_stream_gives_its_bytes()
    {
        var random = new Random(11);
        var inflater = new Inflater();
        for (int round = 0; round < 200; round++)
        {
            byte[] plain = Data(random, random.Next(4) == 0 ? random.Next(1, 40) : random.Next(1, 60_000));
            byte[] stream = Compress(plain, random.Next(10), Strategies[round % Strategies.Length]);
            byte[] decoded = new byte[plain.Length];
            Assert.Equal(plain.Length, Decode(inflater, stream, stream.Length, decoded));
            Assert.True(plain.AsSpan().SequenceEqual(decoded), $"round {round}");

            // Less room gives the first bytes, more room shows where the stream ends.
            byte[] part = new byte[random.Next(plain.Length + 1)], more = new byte[plain.Length + 300];
            Assert.Equal(part.Length, Decode(inflater, stream, stream.Length, part));
            Assert.True(plain.AsSpan(0, part.Length).SequenceEqual(part), $"round {round}");
            Assert.Equal(plain.Length, Decode(inflater, stream, stream.Length, more));
            Assert.True(plain.AsSpan().SequenceEqual(more.AsSpan(0, plain.Length)), $"round {round}");

            // What lies after a stream that was cut plays no part.
            int cut = random.Next(stream.Length);
            Assert.Throws<InvalidDataException>(() => Decode(inflater, stream, cut, new byte[plain.Length + 1]));
        }
    }

    [Fact]
    public void Damaged_streams_are_refused_or_are_what_dotnet_makes_of_them()
    {
        var random = new Random(12);
        var inflater = new Inflater();
        int refused = 0;
        for (int round = 0; round < 2000; round++)
        {
            byte[] plain = Data(random, random.Next(1, 2000));
            byte[] stream = Compress(plain, random.Next(10), Strategies[round % Strategies.Length]);
            for (int flips = random.Next(1, 4); flips > 0; flips--) stream[random.Next(Math.Min(stream.Length, random.Next(2) == 0 ? 80 : 4000))] ^= (byte)(1 << random.Next(8));
            byte[] decoded = new byte[4000];
            int count = -1;
            try { count = Decode(inflater, stream, stream.Length, decoded); }
            catch (InvalidDataException) { refused++; }
            if (count is < 0 or 4000) continue;
            using var oracle = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress);
            byte[] expected = new byte[4000];
            Assert.Equal(oracle.ReadAtLeast(expected, 4000, throwOnEndOfStream: false), count);
            Assert.True(expected.AsSpan(0, count).SequenceEqual(decoded.AsSpan(0, count)));
        }
        Assert.InRange(refused, 1500, 2000);
    }

    private static int Decode(Inflater inflater, byte[] stream, int length, byte[] destination)
    {
        // The bytes after the stream are the worst there can be: more of the same stream where it was cut.
        byte[] withSlack = [.. stream, .. Enumerable.Repeat((byte)0xAA, Inflater.SourceSlack)];
        byte[] guarded = new byte[destination.Length + 64];
        guarded.AsSpan(destination.Length).Fill(0x5C);
        int count = inflater.Decode(withSlack, length, guarded.AsSpan(0, destination.Length));
        Assert.False(guarded.AsSpan(destination.Length).ContainsAnyExcept((byte)0x5C), "wrote after the end");
        guarded.AsSpan(0, destination.Length).CopyTo(destination);
        return count;
    }

    private static byte[] Compress(byte[] plain, int level, ZLibCompressionStrategy strategy)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy }, leaveOpen: true)) zlib.Write(plain);
        return stream.ToArray();
    }

    /// <summary>Noise, text of few letters, runs, repeats at every distance, and letters so unevenly frequent that codes reach 15 bits.</summary>
    private static byte[] Data(Random random, int length)
    {
        byte[] data = new byte[length];
        int kind = random.Next(5), period = random.Next(1, 300);
        for (int i = 0; i < length; i++)
            data[i] = kind switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)random.Next(4),
                2 => (byte)(i / period),
                3 => i < period || random.Next(50) == 0 ? (byte)random.Next(256) : data[i - period],
                _ => (byte)(-Math.Log2(1 - random.NextDouble()) * 1.5),
            };
        return data;
    }
}
