namespace Asm.Tests.Fixes;

/// <summary>Fixes of paths, of outputs and of what the system grants.</summary>
public sealed class PathFixTests : FixTrial
{
    public PathFixTests() => MapInputs.Write(PathOf("map.tif"));

    [Fact]
    [Fix("give a name in that folder with `output`")]
    [Fix("give another folder with `output`")]
    public void An_output_gets_a_name_and_a_folder_that_can_be_made()
    {
        Fails("mosaic", "map.tif", "-o", "out/");
        Works("mosaic", "map.tif", "-o", "out/m.tif");
        Fails("mosaic", "map.tif", "-o", "out/m.tif/n.tif");
        Works("mosaic", "map.tif", "-o", "out/other/n.tif");
    }

    [Fact]
    [Fix("save what comes from there to a file, and give that")]
    [Fix("give another path")]
    public void What_comes_from_a_pipe_is_saved_to_a_file()
    {
        Run("mkfifo", "pipe.tif");
        Fails("mosaic", "pipe.tif", "-o", "m.tif");
        Run("bash", "-c", "cat map.tif > pipe.tif & cat pipe.tif > saved.tif; wait");
        Works("mosaic", "saved.tif", "-o", "m.tif");
        Fails("mosaic", "map.tif", "-o", "pipe.tif");
        Works("mosaic", "map.tif", "-o", "n.tif");
    }

    [Fact]
    [Fix("raise the limit, as with ulimit -n 1024, in the shell that starts the program")]
    [Fix("raise the limit, as with ulimit -n 4096, or give fewer files")]
    public void The_limit_of_open_files_is_raised_or_fewer_are_given()
    {
        MapInputs.WriteProbabilities(PathOf("date0.tif"));
        string[] dates = [.. Enumerable.Range(0, 60).Select(date => $"date{date}.tif")];
        foreach (string date in dates[1..]) File.Copy(PathOf("date0.tif"), PathOf(date));
        FailsIn("ulimit -n 150", "mosaic", "map.tif", "-o", "m.tif");
        WorksIn("ulimit -n 1024", "mosaic", "map.tif", "-o", "m.tif");
        FailsIn("ulimit -n 200", ["ensemble", .. dates, "-o", "a"]);
        WorksIn("ulimit -n 200", ["ensemble", .. dates[..20], "-o", "a"]);
        WorksIn("ulimit -n 4096", ["ensemble", .. dates, "-o", "b"]);
    }
}
