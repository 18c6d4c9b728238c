using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Asm.Tests.Raster.GeoTiff.Keys;

/// <summary>The smallest TIFF that can carry GeoKeys, and the GeoKeys of a classic TIFF; independent of the product's own reader and writer.</summary>
internal static class KeyTags
{
    /// <summary>Writes one pixel with a georeference and the three tags.</summary>
    public static void Write(string path, (ushort[] Directory, double[] Doubles, string Ascii) keys)
    {
        List<(int Tag, int Type, int Count, byte[] Data)> tags =
        [
            (256, 3, 1, [1, 0, 0, 0]), (257, 3, 1, [1, 0, 0, 0]), (258, 3, 1, [8, 0, 0, 0]), (259, 3, 1, [1, 0, 0, 0]), (262, 3, 1, [1, 0, 0, 0]),
            (273, 4, 1, [8, 0, 0, 0]), (277, 3, 1, [1, 0, 0, 0]), (278, 3, 1, [1, 0, 0, 0]), (279, 4, 1, [1, 0, 0, 0]),
            (33550, 12, 3, Bytes([10, 10, 0])), (33922, 12, 6, Bytes([0, 0, 0, 500000, 700000, 0])),
            (34735, 3, keys.Directory.Length, MemoryMarshal.AsBytes<ushort>(keys.Directory).ToArray()),
        ];
        if (keys.Doubles.Length > 0) tags.Add((34736, 12, keys.Doubles.Length, Bytes(keys.Doubles)));
        if (keys.Ascii.Length > 0) tags.Add((34737, 2, keys.Ascii.Length + 1, Encoding.ASCII.GetBytes(keys.Ascii + '\0')));

        using var file = new BinaryWriter(File.Create(path));
        file.Write("II*\0"u8);
        file.Write(10);
        file.Write((ushort)0);
        file.Write((ushort)tags.Count);
        int dataAt = 12 + 12 * tags.Count + 4;
        foreach ((int tag, int type, int count, byte[] data) in tags)
        {
            file.Write((ushort)tag);
            file.Write((ushort)type);
            file.Write(count);
            if (data.Length <= 4) file.Write(data);
            else
            {
                file.Write(dataAt);
                dataAt += data.Length;
            }
        }
        file.Write(0);
        foreach ((_, _, _, byte[] data) in tags)
            if (data.Length > 4) file.Write(data);
    }

    /// <summary>Reads the three tags of the first image of a little-endian classic TIFF.</summary>
    public static (ushort[] Directory, double[] Doubles, string Ascii) Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal("II*\0"u8, file.AsSpan(0, 4));
        ushort[] directory = [];
        double[] doubles = [];
        string ascii = "";
        int at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        int tags = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        for (int i = 0; i < tags; i++)
        {
            ReadOnlySpan<byte> entry = file.AsSpan(at + 2 + 12 * i, 12);
            int tag = BinaryPrimitives.ReadUInt16LittleEndian(entry), count = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]), offset = BinaryPrimitives.ReadInt32LittleEndian(entry[8..]);
            if (tag == 34735) directory = MemoryMarshal.Cast<byte, ushort>(file.AsSpan(offset, 2 * count)).ToArray();
            if (tag == 34736) doubles = MemoryMarshal.Cast<byte, double>(file.AsSpan(offset, 8 * count)).ToArray();
            if (tag == 34737) ascii = Encoding.ASCII.GetString(file, offset, count).TrimEnd('\0');
        }
        return (directory, doubles, ascii);
    }

    private static byte[] Bytes(double[] values) => MemoryMarshal.AsBytes<double>(values).ToArray();
}
