using Asm.Tests.Support;

namespace Asm.Tests.Cli;

public sealed class InspectVerbTests
{
    [Fact]
    public void Tells_a_model_s_halo_and_bands()
    {
        using var folder = new TempFolder();
        (int exit, string output, _) = AsmProgram.Run("inspect", Network.UNet(depth: 4, width: 2).Save(folder.File("model.onnx")));
        Assert.Equal(0, exit);
        Assert.Contains("107 px to every side", output, StringComparison.Ordinal);
        Assert.Contains("112 px, windows aligned to 16 px", output, StringComparison.Ordinal);
        Assert.Contains("B02 B03 B04 B05 B06 B07 B08 B8A B11 B12", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_a_raster_s_grid_and_bands()
    {
        using var folder = new TempFolder();
        (int exit, string output, _) = AsmProgram.Run("inspect", Stacks.Write(folder.File("stack.tif"), 600, 64));
        Assert.Equal(0, exit);
        Assert.Contains("600 x 64 px, 10 bands of UInt16", output, StringComparison.Ordinal);
        Assert.Contains("EPSG:32630", output, StringComparison.Ordinal);
        Assert.Contains("B8A, no data 0, scale 0.0001", output, StringComparison.Ordinal);
        Assert.Contains("DEFLATE, predictor 2", output, StringComparison.Ordinal);
    }
}
