using Asm.Raster.Bytes;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Bytes;

public sealed class SystemPathTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SystemPathTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows takes '..' from the text of a path itself");
        Directory.CreateDirectory(_folder.File("a/b/c"));
        Directory.CreateDirectory(_folder.File("here"));
        Directory.CreateSymbolicLink(_folder.File("here/link"), _folder.File("a/b/c"));
        Directory.CreateSymbolicLink(_folder.File("here/again"), "link");
        Directory.CreateSymbolicLink(_folder.File("here/relative"), "../a/b/c");
        Directory.CreateSymbolicLink(_folder.File("loop"), _folder.File("loop"));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("here/link/../x", "a/b/x")]
    [InlineData("here/link/../../x", "a/x")]
    [InlineData("here/again/../x", "a/b/x")]
    [InlineData("here/relative/../x", "a/b/x")]
    [InlineData("here/link/./../c/../x", "a/b/x")]
    public void A_parent_is_that_of_what_a_link_leads_to(string path, string expected)
    {
        Assert.Equal(_folder.File(expected), SystemPath.Full(_folder.File(path)));
        Assert.Equal(_folder.File(expected), SystemPath.Of(_folder.File(path)));
    }

    [Theory]
    [InlineData("here/../x")]
    [InlineData("here/link/x")]
    [InlineData("here/nowhere/../x")]
    [InlineData("loop/../x")]
    public void Other_paths_stay_as_they_are(string path) => Assert.Equal(_folder.File(path), SystemPath.Of(_folder.File(path)));

    [Fact]
    public void A_program_reads_the_file_that_the_system_reads()
    {
        Stacks.Write(_folder.File("a/b/scene.tif"), 8, 8);
        (int exit, string output, string error) = AsmProgram.Run("inspect", _folder.File("here/link/../scene.tif"));
        Assert.True(exit == 0, error);
        Assert.Contains("8 x 8 px", output, StringComparison.Ordinal);
        Assert.NotEqual(0, AsmProgram.Run("inspect", _folder.File("here/../scene.tif")).Exit);
    }
}
