using System.Text;
using Asm.Tests.Support;
using Asm.Training.Native;

namespace Asm.Tests.Training.Native;

public sealed class ElfVersionNeedsTests
{
    private const string Library = "libLibTorchSharp.so";

    [Fact]
    public void The_newest_version_becomes_weak_and_nothing_else_changes()
    {
        byte[] before = NativeLibrary();
        byte[] after = [.. before];
        Assert.Equal(1, ElfVersionNeeds.MakeWeak(after, "GLIBCXX_3.4.32"));
        int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
        Assert.Single(changed);
        Assert.Equal(0, before[changed[0]]);
        Assert.Equal(2, after[changed[0]]);
    }

    [Fact]
    public void Readelf_sees_the_weak_flag()
    {
        byte[] bytes = NativeLibrary();
        ElfVersionNeeds.MakeWeak(bytes, "GLIBCXX_3.4.32");
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File(Library), bytes);
        string line = PeerTool.Run("readelf", "-V", "-W", folder.File(Library)).Split('\n').Single(l => l.Contains("Name: GLIBCXX_3.4.32", StringComparison.Ordinal));
        Assert.Contains("Flags: WEAK", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_asked_for_changes_nothing()
    {
        byte[] bytes = NativeLibrary();
        Assert.Equal(0, ElfVersionNeeds.MakeWeak(bytes, "GLIBCXX_3.4"[..^1]));
        Assert.Equal(NativeLibrary(), bytes);
    }

    [Fact]
    public void What_is_no_ELF_file_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(Encoding.ASCII.GetBytes(new string('x', 100)), "GLIBCXX_3.4.32"));
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(new byte[3], "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Damaged_files_are_refused_or_left_and_never_read_out_of_bounds()
    {
        byte[] whole = NativeLibrary();
        var random = new Random(1);
        for (int i = 0; i < 50; i++)
        {
            byte[] damaged = whole[..random.Next(1, whole.Length)];
            for (int flips = 0; flips < 20; flips++) damaged[random.Next(Math.Min(64, damaged.Length))] = (byte)random.Next(256);
            try { ElfVersionNeeds.MakeWeak(damaged, "GLIBCXX_3.4.32"); }
            catch (InvalidDataException)
            {
                // the refusal that is wanted
            }
        }
    }

    private static byte[] NativeLibrary()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", Library);
        Assert.SkipUnless(File.Exists(path), $"needs {Library} of the Linux build of TorchSharp");
        return File.ReadAllBytes(path);
    }
}
