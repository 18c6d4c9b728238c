using System.Diagnostics;
using Asm.Raster;
using Asm.Raster.Running;
using Asm.Tests.Support;

namespace Asm.Tests.Raster.Running;

public sealed class AsideFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_unfinished_is_for_nobody_else_and_what_is_finished_has_the_rights_of_new_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights");
            return;
        }
        File.WriteAllText(_folder.File("other"), "");
        using AsideFile file = AsideFile.Create(_folder.File("map.tif"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(((FileStream)file.Stream).Name));
        file.Complete();
        Assert.Equal(File.GetUnixFileMode(_folder.File("other")), File.GetUnixFileMode(_folder.File("map.tif")));
        Assert.Equal(["map.tif", "other"], _folder.Names);
    }

    [Fact]
    public void Pipes_devices_and_links_are_never_replaced_nor_read()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no such files");
        Process.Start("mkfifo", [_folder.File("pipe")]).WaitForExit();
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("nothing"));
        File.CreateSymbolicLink(_folder.File("to-pipe"), _folder.File("pipe"));
        foreach ((string path, string found) in new[]
        {
            (_folder.File("pipe"), "is a pipe"), ("/dev/null", "is a device"), (_folder.File("link"), "is a symbolic link"), (_folder.FullPath, "is a folder"),
        })
            Assert.Contains(found, Assert.Throws<AsmException>(() => AsideFile.Create(path, overwrite: true)).Message, StringComparison.Ordinal);
        foreach ((string path, string found) in new[] { (_folder.File("pipe"), "is a pipe"), (_folder.File("to-pipe"), "is a pipe"), ("/dev/zero", "is a device") })
            Assert.Contains(found, Assert.Throws<AsmException>(() => InputPath.OpenRead(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_changes_is_told_and_one_that_stays_is_not()
    {
        string path = _folder.File("in.tif");
        foreach ((Action change, string found) in new (Action, string)[]
        {
            (() => File.AppendAllText(path, "x"), "it had 3 bytes and has 4"),
            (() => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch), "it has been written, or replaced"),
            (() => File.Delete(path), "it has gone"),
        })
        {
            File.WriteAllText(path, "abc");
            var watch = new InputWatch();
            watch.Add(path);
            watch.RequireUnchanged();
            change();
            string message = Assert.Throws<AsmException>(watch.RequireUnchanged).Message;
            Assert.StartsWith($"{path}: changed while it was read: {found}", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Other_bytes_with_the_size_and_time_of_before_are_a_change()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows does not tell when a file was changed");
        string path = _folder.File("in.tif");
        File.WriteAllText(path, "abc");
        DateTime time = File.GetLastWriteTimeUtc(path);
        var watch = new InputWatch();
        watch.Add(path);
        Thread.Sleep(20);
        File.WriteAllText(path, "xyz");
        File.SetLastWriteTimeUtc(path, time);
        Assert.Throws<AsmException>(watch.RequireUnchanged);
    }
}
