using System.Buffers.Binary;
using System.Text;
using Asm.Raster;
using Asm.Raster.Projections;
using Asm.Raster.Vectors;
using Asm.Tests.Support;
using NetTopologySuite.Geometries;

namespace Asm.Tests.Raster.Vectors;

public sealed class ShapefileTextTests : IDisposable
{
    private const int Unknown = 0;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("UTF8")]
    [InlineData("utf-8")]
    [InlineData("UTF_8\r\n")]
    [InlineData("65001")]
    [InlineData("CP65001")]
    [InlineData("\"UTF-8\"")]
    [InlineData("ISO 88591")]
    [InlineData("ISO88591")]
    [InlineData("88591")]
    [InlineData("8859_1")]
    [InlineData("iso_8859-1")]
    [InlineData("Latin1")]
    [InlineData("latin-9")]
    [InlineData("28591")]
    [InlineData("cp1252")]
    [InlineData("CP 1252")]
    [InlineData("1252")]
    [InlineData("ANSI 1252")]
    [InlineData("Windows-1252")]
    [InlineData("windows_1252")]
    [InlineData("ms1252")]
    [InlineData("OEM 437")]
    [InlineData("IBM437")]
    [InlineData("CP850")]
    [InlineData("GBK")]
    [InlineData("936")]
    public void Every_spelling_of_an_encoding_is_known(string cpg)
    {
        string letters = string.Concat(cpg.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        Encoding encoding = letters.Contains("UTF", StringComparison.Ordinal) || letters.Contains("65001", StringComparison.Ordinal) ? Encoding.UTF8
            : letters.EndsWith("437", StringComparison.Ordinal) ? Page(437) : letters.EndsWith("850", StringComparison.Ordinal) ? Page(850)
            : letters is "GBK" or "936" ? Page(936) : Page(1252);
        Make(Unknown, encoding.GetBytes("Niué"));
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Equal("Niué", Names(out _)[0]);
    }

    [Theory]
    [InlineData(0x57, 1252, "Niño")]
    [InlineData(0x03, 1252, "Ñandú")]
    [InlineData(0x01, 437, "Niño")]
    [InlineData(0x02, 850, "Ñandú")]
    [InlineData(0xC9, 1251, "Жила")]
    [InlineData(0x26, 866, "Жила")]
    [InlineData(0x4D, 936, "金矿")]
    [InlineData(0x13, 932, "金山")]
    [InlineData(0xC8, 1250, "Łódź")]
    public void Without_a_cpg_the_language_of_the_table_decides(int language, int page, string name)
    {
        Make(language, Page(page).GetBytes(name));
        Assert.Equal(name, Names(out VectorLayer layer)[0]);
        Assert.Empty(layer.Notes);
    }

    [Fact]
    public void Without_cpg_and_language_text_is_utf8_where_it_is_and_windows_1252_elsewhere_and_that_is_told()
    {
        Make(Unknown, "Kpalimé"u8.ToArray(), "Lomé"u8.ToArray());
        Assert.Equal(["Kpalimé", "Lomé"], Names(out VectorLayer layer));
        Assert.Equal("no .cpg file says how its text is encoded: it was read as UTF-8, which it is", Assert.Single(layer.Notes));
        Make(Unknown, Page(1252).GetBytes("Kpalimé"), "Lomé"u8.ToArray());
        Assert.Equal(["Kpalimé", "LomÃ©"], Names(out layer));
        Assert.Contains("was read as Windows-1252", Assert.Single(layer.Notes), StringComparison.Ordinal);
        Make(Unknown, "plain"u8.ToArray());
        Assert.Equal(["plain"], Names(out layer));
        Assert.Empty(layer.Notes);
    }

    [Theory]
    [InlineData("SYSTEM")]
    [InlineData("System\r\n")]
    [InlineData("LDID/0")]
    public void A_cpg_that_says_nothing_leaves_it_to_the_language_and_to_the_text(string cpg)
    {
        Make(0x57, Page(1252).GetBytes("Forêt"));
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Equal(["Forêt"], Names(out VectorLayer layer));
        // A language that is no code page: the text decides, and that is told.
        Assert.Equal(cpg.StartsWith("LDID", StringComparison.Ordinal) ? 1 : 0, layer.Notes.Count);
        Make(Unknown, Page(1252).GetBytes("Forêt"));
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Equal(["Forêt"], Names(out layer));
        Assert.Contains("it is no UTF-8 and was read as Windows-1252", Assert.Single(layer.Notes), StringComparison.Ordinal);
        Make(Unknown, "Forêt"u8.ToArray());
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Equal(["Forêt"], Names(out layer));
        Assert.Contains("was read as UTF-8, which it is", Assert.Single(layer.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LDID/87", 1252, "Forêt")]
    [InlineData("ldid/201", 1251, "Жила")]
    public void A_cpg_may_give_the_number_of_a_language(string cpg, int page, string name)
    {
        Make(0x4D, Page(page).GetBytes(name));
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Equal([name], Names(out VectorLayer layer));
        Assert.Empty(layer.Notes);
    }

    [Fact]
    public void Names_that_differ_in_broken_letters_only_stay_two()
    {
        Make(Unknown, [.. "Zone "u8, 0xE9], [.. "Zone "u8, 0xE8]);
        File.WriteAllText(_folder.File("a.cpg"), "UTF-8");
        Assert.Equal([@"Zone \xE9", @"Zone \xE8"], Names(out VectorLayer layer));
        Assert.Equal(@"its text is not all utf-8 (row 1 is the first): bytes that are no letters stand as \xNN", Assert.Single(layer.Notes));
        File.WriteAllText(_folder.File("a.cpg"), "US-ASCII");
        Assert.Equal([@"Zone \xE9", @"Zone \xE8"], Names(out _));
        Make(Unknown, [.. "Zone "u8, 0x81], [.. "Zone "u8, 0x8D]);
        Assert.Equal(2, Names(out _).Distinct().Count());
        Make(0x4D, [.. "Zone "u8, 0xFF], [.. "Zone "u8, 0xFE]);
        Assert.Equal(2, Names(out _).Distinct().Count());
    }

    [Fact]
    public void A_full_field_that_cuts_a_letter_of_utf8_is_still_utf8()
    {
        Make(Unknown, [.. "Abidjan Attié"u8[..^1]], [.. "Comoé        "u8[..13]]);
        Assert.Equal([@"Abidjan Atti\xC3", "Comoé"], Names(out _));
    }

    [Theory]
    [InlineData("KLINGON")]
    [InlineData("1200")]
    [InlineData("UTF-16")]
    [InlineData("99999")]
    [InlineData("LDID/0x57")]
    [InlineData("LDID/256")]
    public void An_encoding_that_cannot_be_meant_is_refused(string cpg)
    {
        Make(Unknown, "a"u8.ToArray());
        File.WriteAllText(_folder.File("a.cpg"), cpg);
        Assert.Contains($"names the encoding '{cpg}', which is not known", Assert.Throws<AsmException>(() => Names(out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_says_which_shape_belongs_to_which_row()
    {
        Make(Unknown, "first"u8.ToArray(), "second"u8.ToArray(), "third"u8.ToArray());
        byte[] index = File.ReadAllBytes(_folder.File("a.shx"));
        byte[] swapped = [.. index];
        index.AsSpan(100, 8).CopyTo(swapped.AsSpan(116));
        index.AsSpan(116, 8).CopyTo(swapped.AsSpan(100));
        File.WriteAllBytes(_folder.File("a.shx"), swapped);
        VectorLayer layer = VectorFile.Read(_folder.File("a.shp"));
        Assert.Equal(["third 0", "second 1", "first 2"], layer.Features.OrderBy(f => f.Geometry.Coordinate.X).Select((f, i) => $"{f.Attributes["name"]} {i}"));
        Assert.Contains("POINT (2 0)", PeerTool.Run("ogrinfo", "-al", "-where", "name = 'first'", _folder.File("a.shp")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 7, "says that the shape of row 1 is at byte 14, where none is")]
    [InlineData(24, 10, "is said to have 20 bytes")]
    [InlineData(24, 1 << 20, "is cut short: it has 124 of 2097152 bytes")]
    public void An_index_at_odds_with_the_shapes_is_refused_and_without_it_the_file_is_read(int at, int value, string found)
    {
        Make(Unknown, "first"u8.ToArray(), "second"u8.ToArray(), "third"u8.ToArray());
        byte[] index = File.ReadAllBytes(_folder.File("a.shx"));
        BinaryPrimitives.WriteInt32BigEndian(index.AsSpan(at), value);
        File.WriteAllBytes(_folder.File("a.shx"), index);
        var error = Assert.Throws<AsmException>(() => Names(out _));
        Assert.Contains(found.Replace("byte 14,", "byte 14 of a.shp,", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
        Assert.Contains("remove the .shx", error.Message, StringComparison.Ordinal);
        File.Delete(_folder.File("a.shx"));
        Assert.Equal(["first", "second", "third"], Names(out _));
    }

    [Theory]
    [InlineData(24, unchecked((int)0xA0000000), "is said to have -3221225472 bytes")]
    [InlineData(24, 0, "is said to have 0 bytes")]
    [InlineData(104, -1, "record 1 is said to have -2 bytes")]
    [InlineData(104, int.MaxValue, "record 1 is said to have 4294967294 bytes")]
    public void Lengths_that_cannot_be_are_refused_before_memory_is_taken(int at, int value, string found)
    {
        Make(Unknown, "first"u8.ToArray());
        byte[] shapes = File.ReadAllBytes(_folder.File("a.shp"));
        BinaryPrimitives.WriteInt32BigEndian(shapes.AsSpan(at), value);
        File.WriteAllBytes(_folder.File("a.shp"), shapes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(found, Assert.Throws<AsmException>(() => Names(out _)).Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void A_table_of_fewer_rows_than_shapes_is_refused()
    {
        Make(Unknown, "first"u8.ToArray(), "second"u8.ToArray());
        byte[] table = File.ReadAllBytes(_folder.File("a.dbf"));
        table[4] = 1;
        File.WriteAllBytes(_folder.File("a.dbf"), table);
        Assert.Contains("has 2 shapes, and the .dbf beside it 1 rows", Assert.Throws<AsmException>(() => Names(out _)).Message, StringComparison.Ordinal);
    }

    private static Encoding Page(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page)!;

    private string?[] Names(out VectorLayer layer)
    {
        layer = VectorFile.Read(_folder.File("a.shp"));
        return [.. layer.Features.Select(feature => (string?)feature.Attributes["name"])];
    }

    /// <summary>A Shapefile of points with names of given bytes, in a column of 13 bytes, without a .cpg.</summary>
    private void Make(int language, params byte[][] names)
    {
        var layer = new VectorLayer("a", Crs.Utm(30, north: true), ["name"], [.. names.Select((_, i) => new VectorFeature(i + 1, new Point(i, 0),
            new Dictionary<string, object?> { ["name"] = new string('#', 13) }))]);
        VectorFile.Write(_folder.File("a.shp"), layer, overwrite: true);
        File.Delete(_folder.File("a.cpg"));
        byte[] table = File.ReadAllBytes(_folder.File("a.dbf"));
        table[29] = (byte)language;
        int headerBytes = BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(8)), rowBytes = BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(10));
        for (int i = 0; i < names.Length; i++)
        {
            Span<byte> field = table.AsSpan(headerBytes + i * rowBytes + 1, 13);
            field.Fill((byte)' ');
            names[i].CopyTo(field);
        }
        File.WriteAllBytes(_folder.File("a.dbf"), table);
    }
}
