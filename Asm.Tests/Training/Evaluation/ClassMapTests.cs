using Asm.Inference.Model;
using Asm.Inference.Prediction;
using Asm.Raster;
using Asm.Raster.GeoTiff.Reading;
using Asm.Raster.Windows;
using Asm.Tests.Support;
using Asm.Training.Evaluation;
using OnnxNetwork = Asm.Tests.Support.Network;

namespace Asm.Tests.Training.Evaluation;

public sealed class ClassMapTests
{
    [Theory]
    [InlineData(Tiling.Blend, 1 << 24)]
    [InlineData(Tiling.Blend, 0)]
    [InlineData(Tiling.Exact, 1 << 24)]
    public void The_map_is_that_of_asm_predict_bit_for_bit(Tiling tiling, long mostPixelsInMemory)
    {
        using var folder = new TempFolder();
        string stack = Stacks.Write(folder.File("stack.tif"), 300, 270), model = OnnxNetwork.UNet(width: 4).Save(folder.File("unet.onnx"));
        (int exit, _, string error) = AsmProgram.Run("predict", stack, "-o", folder.File("maps"), "--model", model, "--tiling", tiling.ToString(), "--outputs", "classes", "--threads", "1");
        Assert.True(exit == 0, error);
        using SegmentationModel network = SegmentationModel.Load(model, threads: 1);
        using IRasterSource source = GeoTiffSource.Open(stack), predicted = GeoTiffSource.Open(Path.Combine(folder.File("maps"), "stack.classes.tif"));
        using IRasterSource map = ClassMap.Predict(source, network, folder.File("map.tif"), new PredictionOptions { Tiling = tiling }, new RunOptions { Threads = 1, Cancellation = TestContext.Current.CancellationToken }, mostPixelsInMemory);
        Assert.Equal(mostPixelsInMemory == 0, File.Exists(folder.File("map.tif")));
        byte[] expected = Read(predicted), found = Read(map);
        Assert.Equal(expected, found);
        Assert.True(expected.Distinct().Count() > 1, "the map has one class only, which would prove little");
    }

    private static byte[] Read(IRasterSource map)
    {
        var codes = new byte[map.Info.Grid.FullWindow.PixelCount];
        map.Read<byte>(map.Info.Grid.FullWindow, [0], codes);
        return codes;
    }
}
