using Asm.Raster;
using Asm.Tests.Support;
using Asm.Training.Export;

namespace Asm.Tests.Training.Export;

public sealed class ModelOutputTests
{
    [Theory]
    [InlineData("fresh.json")]
    [InlineData("fresh.JSON")]
    public void A_model_does_not_take_the_name_of_its_item(string path) =>
        Assert.Equal($"{path}: is the name of the STAC item, which is written beside the model\n  expected: a model's file, which ends in .onnx\n  fix: give fresh.onnx", Assert.Throws<AsmException>(() => ModelOutput.RequireFree(path, overwrite: true)).Message);

    [Fact]
    public void Neither_of_the_two_files_is_replaced_unasked()
    {
        using var folder = new TempFolder();
        ModelOutput.RequireFree(folder.File("a.onnx"), overwrite: false);
        File.WriteAllText(folder.File("a.json"), "{}");
        Assert.StartsWith($"{folder.File("a.json")}: is there already\n", Assert.Throws<AsmException>(() => ModelOutput.RequireFree(folder.File("a.onnx"), overwrite: false)).Message, StringComparison.Ordinal);
        ModelOutput.RequireFree(folder.File("a.onnx"), overwrite: true);
    }

    [Fact]
    public void A_name_comes_from_the_file_unless_it_is_given_and_errors_say_so()
    {
        Assert.Equal("unet", ModelOutput.Name("out/unet.onnx", null));
        Assert.Equal("asm small", ModelOutput.Name("q1.onnx", "asm small"));
        Assert.StartsWith("q1.onnx: 'q1' is no name of a model\n", Assert.Throws<AsmException>(() => ModelOutput.Name("q1.onnx", null)).Message, StringComparison.Ordinal);
        Assert.EndsWith("fix: give the model a name of its own with --name, or the file another one", Assert.Throws<AsmException>(() => ModelOutput.Name("q1.onnx", null)).Message, StringComparison.Ordinal);
        Assert.StartsWith("--name: '2nd' is no name of a model\n", Assert.Throws<AsmException>(() => ModelOutput.Name("unet.onnx", "2nd")).Message, StringComparison.Ordinal);
    }
}
