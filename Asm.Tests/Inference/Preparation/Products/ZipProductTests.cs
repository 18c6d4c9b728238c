using System.IO.Compression;
using Asm.Inference.Preparation;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Inference.Preparation.Products;

public sealed class ZipProductTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, CompressionLevel.Fastest)]
    [InlineData(false, CompressionLevel.NoCompression)]
    public void A_zipped_product_gives_the_stack_of_its_folder(bool withFolder, CompressionLevel level)
    {
        string root = SafeFolder.Write(_folder, jpeg2000: true), zip = _folder.File("p.zip");
        ZipFile.CreateFromDirectory(root, zip, level, withFolder);
        string[] before = Directory.GetFileSystemEntries(Path.GetTempPath(), "asm-*.tmp");
        using StackSource folder = StackSource.Open([root]), zipped = StackSource.Open([zip]);
        Assert.Equal(Jp2.ReadAll<ushort>(folder), Jp2.ReadAll<ushort>(zipped));
        Assert.Equal([zip], zipped.Files);
        Assert.Equal("05.09", zipped.Product!.Baseline);
        if (!OperatingSystem.IsWindows()) Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetTempPath(), "asm-*.tmp"));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("p.SAFE/GRANULE/../../../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("C:\\evil.txt")]
    [InlineData("p.SAFE\\..\\..\\evil.txt")]
    public void Names_that_lead_out_are_refused(string name) => Refused($"has an entry named '{name}', which leads out of its folder", archive => archive.CreateEntry(name));

    [Fact]
    public void A_bomb_is_refused_by_what_it_says_and_by_what_it_unpacks_to()
    {
        string root = SafeFolder.Write(_folder), xml = "p.SAFE/MTD_MSIL2A.xml";
        byte[] bytes = Make(archive =>
        {
            AddFolder(archive, root, skip: "MTD_MSIL2A.xml");
            using Stream entry = archive.CreateEntry(xml, CompressionLevel.Fastest).Open();
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 40; i++) entry.Write(zeros);
        });
        Assert.InRange(bytes.Length, 1, 1 << 20);
        File.WriteAllBytes(_folder.File("bomb.zip"), bytes);
        Assert.Contains("MTD_MSIL2A.xml: unpacks to 41,943,040 bytes or more", Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("bomb.zip")])).Message, StringComparison.Ordinal);

        // The same, but the directory of the file claims 100 bytes.
        int at = bytes.AsSpan().LastIndexOf("p.SAFE/MTD_MSIL2A.xml"u8) - 46;
        BitConverter.GetBytes(100).CopyTo(bytes, at + 24);
        File.WriteAllBytes(_folder.File("liar.zip"), bytes);
        Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("liar.zip")]));
    }

    [Fact]
    public void A_band_of_100_GB_is_refused_before_it_is_unpacked()
    {
        string root = SafeFolder.Write(_folder);
        byte[] bytes = Make(archive =>
        {
            AddFolder(archive, root, skip: "_B02_10m.tif");
            using Stream entry = archive.CreateEntry("p.SAFE/GRANULE/" + SafeFolder.Granule + "/IMG_DATA/R10m/T30NWM_B02_10m.jp2").Open();
            entry.Write(new byte[1000]);
        });
        int at = bytes.AsSpan().LastIndexOf("T30NWM_B02_10m.jp2"u8);
        while (!bytes.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8)) at--;
        BitConverter.GetBytes(0xF000_0000).CopyTo(bytes, at + 24);
        File.WriteAllBytes(_folder.File("big.zip"), bytes);
        Assert.Contains("B02_10m.jp2: unpacks to 4,026,531,840 bytes or more", Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("big.zip")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_nested_foreign_cut_and_crowded_files_are_refused()
    {
        string root = SafeFolder.Write(_folder);
        byte[] whole = Make(archive => AddFolder(archive, root));
        byte[] encrypted = [.. whole];
        for (int at = 0; (at = encrypted.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is >= 0 and var step ? at + step : -1) >= 0; at += 4) encrypted[at + 8] |= 1;
        for (int at = 0; (at = encrypted.AsSpan(at).IndexOf("PK\u0003\u0004"u8) is >= 0 and var step ? at + step : -1) >= 0; at += 4) encrypted[at + 6] |= 1;
        RefusedBytes("is encrypted", encrypted);
        Refused("holds other zip files", archive => archive.CreateEntry("S2A.SAFE.zip"));
        Refused("holds no .SAFE folder", archive => archive.CreateEntry("readme.txt"));
        Refused("holds 2 products: a.SAFE, b.SAFE", archive => new[] { "a.SAFE/GRANULE/x", "b.SAFE/GRANULE/x" }.ToList().ForEach(name => archive.CreateEntry(name)));
        Refused("lists 10,001 entries in ", archive => Enumerable.Range(0, 10_001).ToList().ForEach(i => archive.CreateEntry($"a.SAFE/{i}")));
        Refused("lists 200 entries in ", archive => Enumerable.Range(0, 200).ToList().ForEach(i => archive.CreateEntry($"a.SAFE/{i}{new string('x', 50_000)}")));
        RefusedBytes("cannot be read as a zip file", whole[..(whole.Length / 2)]);
        RefusedBytes("cannot be read as a zip file", [1, 2, 3]);
        Assert.Contains("does not exist", Assert.Throws<AsmException>(() => StackSource.Open([_folder.File("none.zip")])).Message, StringComparison.Ordinal);
    }

    private void Refused(string expected, Action<ZipArchive> fill) => RefusedBytes(expected, Make(fill));

    private void RefusedBytes(string expected, byte[] zip)
    {
        string path = _folder.File("bad.zip");
        File.WriteAllBytes(path, zip);
        string[] before = _folder.Names;
        Assert.Contains(expected, Assert.Throws<AsmException>(() => new PrepareStage { Sources = [path], OutputPath = _folder.File("stack.tif") }.Run()).Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Names);
    }

    private static byte[] Make(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true)) fill(archive);
        return bytes.ToArray();
    }

    private static void AddFolder(ZipArchive archive, string root, string skip = "nothing")
    {
        foreach (string file in Directory.GetFiles(root, "*", SearchOption.AllDirectories))
            if (!file.EndsWith(skip, StringComparison.Ordinal)) archive.CreateEntryFromFile(file, "p.SAFE/" + Path.GetRelativePath(root, file).Replace('\\', '/'));
    }
}
