using Asm.Maps.Stages;
using Asm.Raster;
using Asm.Tests.Support;

namespace Asm.Tests.Maps.Stages;

public sealed class OutputSetTests
{
    [Fact]
    public void What_a_failed_command_made_goes_with_all_its_folders_and_what_was_there_stays()
    {
        using var folder = new TempFolder();
        string fresh = folder.File("a/b/c/new.txt"), old = folder.File("old.txt");
        File.WriteAllText(old, "before");
        using (var outputs = new OutputSet([fresh, old], overwrite: true, new RunOptions()))
        {
            outputs.MakeFolder(folder.File("a/b/c"));
            outputs.File(fresh).Write(stream => stream.WriteByte(1));
            outputs.File(old).Write(stream => stream.WriteByte(2));
            outputs.Appear();
            Assert.True(File.Exists(fresh));
        }
        Assert.False(Directory.Exists(folder.File("a")));
        Assert.Equal([2], File.ReadAllBytes(old));
    }
}
