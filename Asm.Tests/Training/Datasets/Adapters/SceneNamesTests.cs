using Asm.Raster;
using Asm.Training.Datasets.Adapters;

namespace Asm.Tests.Training.Datasets.Adapters;

public sealed class SceneNamesTests
{
    [Theory]
    [InlineData("/d/x.tif /d/y.tif", "x y")]
    [InlineData("/a/x.tif /b/x.tif /b/y.tif", "a_x b_x y")]
    [InlineData("/a/scenes/x.tif /b/scenes/x.tif", "a_scenes_x b_scenes_x")]
    [InlineData("/a/scenes/x.tif /b/scenes/x.tif /c/x.tif", "a_scenes_x b_scenes_x c_x")]
    [InlineData("/a/x.tif /b/X.tif", "a_x b_X")]
    [InlineData("/a/x.tif /a/x.tiff", "a_x a_x_2")]
    [InlineData("/x.tif /x.tiff /x_2.tif", "x x_3 x_2")]
    public void Files_of_one_name_are_told_apart_by_folders_and_else_by_a_number(string paths, string names) => Assert.Equal(names, string.Join(' ', SceneNames.Of(paths.Split(' '))));

    [Fact]
    public void A_file_given_twice_is_an_error()
    {
        var error = Assert.Throws<AsmException>(() => SceneNames.Of(["/a/x.tif", "/a/y.tif", "/a/../a/x.tif"]));
        Assert.Equal("/a/x.tif: is given 2 times\n  expected: each image once\n  fix: leave one out", error.Message);
    }
}
