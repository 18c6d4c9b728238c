using System.IO.Compression;
using Asm.Raster.Bytes;

namespace Asm.Tests.Raster.Bytes;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void The_checksum_is_that_of_the_standard(string text, uint expected) => Assert.Equal(expected, Crc32.Append(0, System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Pieces_give_the_checksum_of_the_whole() =>
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(Crc32.Append(0, "12345"u8), ""u8), "6789"u8));

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public void A_flipped_checksum_is_found_with_the_last_byte(CompressionLevel level)
    {
        byte[] content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7 / 3))];
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream entry = archive.CreateEntry("a", level).Open()) entry.Write(content);
        Assert.Equal(content, Read(file.ToArray()));
        byte[] bytes = file.ToArray();
        bytes[bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 16] ^= 1;
        Assert.Contains("a has the CRC-32", Assert.Throws<InvalidDataException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    private static byte[] Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using Stream entry = CheckedEntry.Open(archive.Entries[0]);
        byte[] content = new byte[5000];
        entry.ReadExactly(content);
        return content;
    }
}
